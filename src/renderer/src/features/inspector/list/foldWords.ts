import type { Words } from '../../../text/words';
import type { FoldFacts } from './lines';

/** "12 heartbeats, 20.0 s apart". */
export function foldSentence({ t }: Words, { heartbeats, answers, apart, longest }: FoldFacts): string {
  if (heartbeats === 0) return t('frames.fold.answers', { count: answers });
  const what = t('frames.fold.heartbeats', { count: heartbeats });
  if (apart === null) return what;
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  // Shown if one and a half times the average.
  if (longest > apart * 1.5)
    return t('frames.fold.uneven', { what, apart: seconds(apart), longest: seconds(longest) });
  return t('frames.fold.even', { what, apart: seconds(apart) });
}
