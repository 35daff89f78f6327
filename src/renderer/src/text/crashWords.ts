import type { Crash } from '#shared/model/crash';
import type { Words } from './words';

/** What came after it, and when it was. */
export function crashWords({ t, dateTime }: Words, { what, at, again }: Crash): string {
  const time = dateTime(at);
  if (what === 'app') return t('crash.lastSign', { time });
  if (!again) return t('crash.notAgain', { time });
  return t(what === 'server' ? 'crash.serverAgain' : 'crash.again', { time });
}
