/** The reason why a command is not possible now. */
import { sharedReasons, type Hindrance } from '#shared/commands/kit/possible';
import { anyKey } from './t';
import { i18n } from './index';
import { readableParams } from './readable';
import type { Words } from './words';

const shared: ReadonlySet<string> = new Set(sharedReasons);

export function hindranceWords(
  words: Words,
  command: string,
  { why, params }: Pick<Hindrance, 'why' | 'params'>,
): string {
  const absent = `command.${command}.absent.${String(params['platform'])}`;
  if (why === 'notOnPlatform' && i18n.exists(absent)) return anyKey(words.t)(absent);
  const key = shared.has(why) ? `commandHindrance.${why}` : `command.${command}.notNow.${why}`;
  return anyKey(words.t)(key, readableParams(words, params));
}
