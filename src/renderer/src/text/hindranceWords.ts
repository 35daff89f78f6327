/** Why a command can't be given now. */
import { sharedReasons, type Hindrance } from '#shared/commands/kit/possible';
import { anyKey } from './anyKey';
import { readableParams } from './readable';
import type { Words } from './words';

const shared: ReadonlySet<string> = new Set(sharedReasons);

export function hindranceWords(
  words: Words,
  command: string,
  { why, params }: Pick<Hindrance, 'why' | 'params'>,
): string {
  const key = shared.has(why) ? `commandHindrance.${why}` : `command.${command}.notNow.${why}`;
  return anyKey(words.t)(key, readableParams(words, params));
}
