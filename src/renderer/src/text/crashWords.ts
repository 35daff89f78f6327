import type { Crash } from '#shared/model/crash';
import type { Words } from './words';

/** The consequence of a crash, and its time. */
export function crashWords({ t, dateTime }: Words, { what, at, again }: Crash): string {
  const time = dateTime(at);
  if (what === 'app') return t('crash.lastSign', { time });
  if (!again) return t('crash.notAgain', { time });
  return t(what === 'server' ? 'crash.serverAgain' : 'crash.again', { time });
}
