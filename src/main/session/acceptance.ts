/** Whether a command may be given to a machine now, and as what it is kept then. */
import type { CommandName } from '#shared/commands/index';
import { hindranceOf, rowOf } from '#shared/commands/kit/rows';
import type { Circumstances } from '#shared/commands/kit/possible';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import type { CommandQueueDeps } from './queueDeps';

/** Commands that may wait for one machine. */
const queueLimit = 20;

/** As it is kept: checked by its row, with what is remembered of now. */
export function filledIn(
  { circumstances, packageFacts }: Pick<CommandQueueDeps, 'circumstances' | 'packageFacts'>,
  vmcNo: number,
  name: CommandName,
  input: JsonObject,
): { readonly input: JsonObject } | { readonly error: AppError } {
  const row = rowOf(name);
  const parsed = row.input.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return { error: { code: 'badInput', params: { name, field } } };
  }
  const given = parsed.data as JsonObject;
  const now = circumstances(vmcNo);
  const refused = row.refuses(given, now.platform);
  if (refused !== null) return { error: refused };
  const known = row.remember(now, given, null);
  if (row.needs !== 'package') return { input: { ...given, ...known } };
  const needed = packageFacts(vmcNo, given);
  return 'code' in needed ? { error: needed } : { input: { ...given, ...known, ...needed.facts } };
}

/** Why it is not taken. `running`: commands of its machine that are queued or sent. */
export function refusalOf(
  name: CommandName,
  input: JsonObject,
  running: readonly Command[],
  now: Circumstances,
): AppError | null {
  const hindrance = hindranceOf(name, input, running, now);
  if (hindrance?.why === 'alreadyRunning') return { code: 'commandRunning', params: { name } };
  if (hindrance !== null)
    return { code: 'commandNotPossible', params: { ...hindrance.params, name, why: hindrance.why } };
  return running.filter(({ state }) => state === 'queued').length >= queueLimit
    ? { code: 'commandQueueFull', params: { max: queueLimit } }
    : null;
}
