/** Decides whether a command is accepted for a machine now, and completes its input. */
import type { CommandName } from '#shared/commands/index';
import { isAcceptable, type AcceptableReason, type MachineContext } from '#shared/commands/kit/possible';
import { hindranceOf, reasonsToAccept, rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command, CommandStep } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import type { CommandQueueDeps } from './queueDeps';

/** Maximum waiting commands per machine. */
const queueLimit = 20;

/** The stored input: checked by its row, with facts of the present. */
export function filledIn(
  { contextOf, packageFacts }: Pick<CommandQueueDeps, 'contextOf' | 'packageFacts'>,
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
  const now = contextOf(vmcNo);
  const refused = row.refuses(given, now.platform);
  if (refused !== null) return { error: refused };
  const known = row.remember(now, given, null);
  if (row.needs !== 'package') return { input: { ...given, ...known } };
  const needed = packageFacts(vmcNo, given);
  return 'code' in needed ? { error: needed } : { input: { ...given, ...known, ...needed.facts } };
}

/** The reason to refuse the command. `running`: commands of its machine that are queued or sent. */
export function refusalOf(
  name: CommandName,
  input: JsonObject,
  running: readonly Command[],
  now: MachineContext,
): AppError | null {
  const hindrance = hindranceOf(name, input, running, now);
  if (hindrance?.why === 'alreadyRunning' || hindrance?.why === 'alreadyQueued')
    return { code: 'commandRunning', params: { name } };
  if (hindrance !== null)
    return { code: 'commandNotPossible', params: { ...hindrance.params, name, why: hindrance.why } };
  return running.filter(({ state }) => state === 'queued').length >= queueLimit
    ? { code: 'commandQueueFull', params: { max: queueLimit } }
    : null;
}

type Obstacle = Pick<CommandStep, 'what' | 'entry' | 'params'>;

/** The reason why the command cannot be sent when its turn comes. */
export function obstacleTo({ name, input, createdAt }: Command, now: MachineContext): Obstacle | null {
  const { platform } = now;
  // The platform was unknown when the command was given.
  if (platform !== null && !rowOf(name).has[platform])
    return { what: 'notOnPlatform', entry: null, params: { platform } };
  const accepted: AcceptableReason[] = [];
  for (;;) {
    const hindrance = rowOf(name).possible({ ...now, accepted }, input);
    if (hindrance?.seen == null) return null;
    const { why, seen, params } = hindrance;
    if (seen.at > createdAt) return { what: 'notNow', entry: seen.entry, params: { ...params, why } };
    // An obstacle known when the command was given was accepted then. A later one may hide behind it.
    if (!isAcceptable(why) || accepted.includes(why)) return null;
    accepted.push(why);
  }
}

/** The reasons that apply and that the user accepted, as steps. */
export function acceptedReasons(
  { name, input }: Pick<Command, 'name' | 'input'>,
  now: MachineContext,
  accepted: readonly AcceptableReason[],
): readonly Obstacle[] {
  if (accepted.length === 0) return [];
  return reasonsToAccept(name, input, [], now)
    .reasons.filter(({ why }) => accepted.includes(why))
    .map(({ why, params, seen }) => ({
      what: 'acceptedReason',
      entry: seen?.entry ?? null,
      params: { ...params, why },
    }));
}

export const notOffered = ({ code }: AppError): Obstacle => ({
  what: 'notOffered',
  entry: null,
  params: { code },
});

/** The command while it waits to be sent, or the reason why it does not wait. */
export const queuedOr = (command: Command | undefined, id: number): Command | AppError => {
  if (command === undefined) return { code: 'unknownCommand', params: { id } };
  return command.state === 'queued' ? command : { code: 'commandSent', params: {} };
};

/** The machine already has the result of this command. */
export function alreadyThere(
  vmcNo: number,
  name: CommandName,
  input: JsonObject,
  now: MachineContext,
): AppError | null {
  const params = rowOf(name).already(now, input);
  return params === null ? null : { code: 'runsAlready', params: { ...params, vmcNo } };
}
