/** Queries over the command rows. */
import { commandNames, commands, type CommandName } from '../index';
import type { JsonObject } from '../../model/json';
import type { Platform } from '../../model/machine';
import { goesWithin } from '../../model/restarts';
import { hasStep, openStates, type GivenCommand } from './given';
import { day, minute } from './inputs';
import { sharedSteps } from './steps';
import {
  hindrance,
  isAcceptable,
  type AcceptableReason,
  type Hindrance,
  type MachineContext,
} from './possible';
import type { Effect, Risk } from './definition';
import type { CommandRow } from './row';
import { messageId } from './wire';

export const rowOf = (name: CommandName): CommandRow => commands[name];

/** Whether the program has the command; `null`: the program is unknown. */
export const isOnPlatform = (name: CommandName, platform: Platform | null): boolean =>
  platform === null || rowOf(name).has[platform];

/** Whether the step has a text: for every command, or for this one. */
export const hasStepWords = (name: CommandName, step: string): boolean =>
  Object.hasOwn(sharedSteps, step) || Object.hasOwn(rowOf(name).steps, step);

/** Whether the command may be a procedure step or a batch command. A package or an order concerns one moment and one machine. */
export const isForRuns = (name: CommandName): boolean =>
  rowOf(name).offered !== 'order' && rowOf(name).needs === null;

export type AcceptedHindrance = Hindrance<AcceptableReason>;
type Named = GivenCommand & { readonly name: CommandName };

const byMessage = (platform: Platform): ReadonlyMap<string, CommandName> =>
  new Map(commandNames.flatMap((name) => rowOf(name).messages[platform].map((id) => [id, name] as const)));
const allPlatforms: readonly Platform[] = ['linux', 'android'];
const platforms = { linux: byMessage('linux'), android: byMessage('android') };

/** The command of a message to a machine of this platform; `null`: of either. */
export function commandOf(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): CommandName | null {
  const id = messageId(body);
  if (platform !== null) return platforms[platform].get(id) ?? null;
  return platforms.linux.get(id) ?? platforms.android.get(id) ?? null;
}

/** Whether a machine of this platform restarts after this frame of Crema; `null`: whether any may. */
export function restartsMachine(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): boolean {
  const name = commandOf(body, platform);
  return name !== null && has(name, 'restarts', platform);
}

/** Whether the machine may close its connection after this frame, to restart or to reconnect. */
export function endsConnectionOf(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): boolean {
  const name = commandOf(body, platform);
  return name !== null && endsConnection(name, platform);
}

/** ms after this message in which a restarting machine is last heard. */
export function goesWithinOf(cmd: string): number {
  const name = commandOf({ cmd });
  return name === null ? goesWithin : rowOf(name).goesWithin;
}

/** Whether the command has the effect; for an unknown platform, on any. */
const has = (name: CommandName, effect: Effect, platform: Platform | null): boolean =>
  (platform === null ? allPlatforms : [platform]).some((one) => rowOf(name).effects[one].includes(effect));

/** The risk of a command on this platform; for an unknown platform, the greater one. */
export function riskOn(name: CommandName, platform: Platform | null): Risk {
  const { linux, android } = rowOf(name).risk;
  if (platform !== null) return platform === 'linux' ? linux : android;
  return linux === 'none' ? android : linux;
}

/** The risk of a message. If its program lacks the form, the risk on any platform. */
export function riskOfMessage(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): Risk | null {
  const own = platform === null ? null : commandOf(body, platform);
  if (own !== null) return riskOn(own, platform);
  const [one, other] = allPlatforms.flatMap((each) => {
    const name = commandOf(body, each);
    return name === null ? [] : [riskOn(name, each)];
  });
  return (one === 'none' ? other : undefined) ?? one ?? null;
}

/** Effects that need a verified machine: a client that takes a machine's number must not open, brew, be paid or set prices. */
const needing = ['opens', 'dispenses', 'pays', 'reprices'] as const satisfies readonly Effect[];
export const needsVerified = (name: CommandName, platform: Platform | null): boolean =>
  needing.some((effect) => has(name, effect, platform));

/** Whether a machine of this platform restarts or reconnects after the command. */
export const endsConnection = (name: CommandName, platform: Platform | null): boolean =>
  has(name, 'restarts', platform) || has(name, 'reconnects', platform);

/**
 * The sent command that must end before this one is sent; `null`: none. A restart would lose the proof of another command, and a machine
 * that restarts receives nothing until it is back.
 */
export function goesFirst<C extends Named>(
  next: Pick<Named, 'name'> & { readonly input?: JsonObject },
  sent: readonly C[],
  { platform, now }: { readonly platform: Platform | null; readonly now: number },
): C | null {
  const restarts = endsConnection(next.name, platform);
  return (
    sent.find((one) => {
      // It is replaced as soon as this one is sent.
      if (next.input !== undefined && isTwin(one, next.name, next.input)) return false;
      const { name, stage, sentAt, platform: form } = one;
      const { alone: alones, outlivesRestart } = rowOf(name);
      if (restarts && !outlivesRestart) return true;
      const alone = alones[form ?? 'linux'];
      if (alone === 0 || hasStep(one, 'startedSometime')) return false;
      const isAway = stage > 0 && !hasStep(one, 'cameBack');
      return isAway || Math.abs(now - (sentAt ?? now)) < alone;
    }) ?? null
  );
}

/** Whether a machine of this platform keeps only one such command at a time; true for unknown programs. */
export const hasSlot = (name: CommandName, platform: Platform | null): boolean =>
  platform !== 'linux' && rowOf(name).slot !== null;

/** Whether somebody waits at the machine: for a door, or as a customer with an order. */
export const isAwaitedThere = (name: CommandName): boolean =>
  rowOf(name).offered === 'order' || has(name, 'opens', null);

/**
 * Whether the waiting time of the command stops while another one goes first. It does not if late execution would surprise someone
 * at the machine.
 */
export const waitsPatiently = ({ name }: Pick<Named, 'name'>): boolean =>
  !surprising.some((effect) => has(name, effect, null));

/** [ours] Maximum waiting time in ms before sending. Short if late execution would surprise someone at the machine. */
export const longestQueued = (command: Pick<Named, 'name'>): number =>
  waitsPatiently(command) ? day : 10 * minute;
const surprising = ['opens', 'dispenses', 'pays'] as const satisfies readonly Effect[];

/** Whether the commands are of the same kind and one frame could prove either. */
export const isSame = (
  earlier: Pick<Named, 'name' | 'input'>,
  name: CommandName,
  input: JsonObject,
): boolean => earlier.name === name && rowOf(name).sameAs(earlier.input, input);

export const isTwin = (earlier: Named, name: CommandName, input: JsonObject): boolean =>
  openStates.has(earlier.state) && isSame(earlier, name, input);

/** Whether a newer command with this input replaces its twin. */
const givesWay = (twin: Named, input: JsonObject): boolean =>
  twin.state === 'sent' && rowOf(twin.name).replaces(twin, input);

/** Why a command cannot be given now; `null`: possible. `running`: commands of this machine. */
export function hindranceOf(
  name: CommandName,
  input: JsonObject,
  running: readonly Named[],
  now: MachineContext,
): Hindrance | null {
  const twins = running.filter((command) => isTwin(command, name, input) && !givesWay(command, input));
  if (twins.length > 0)
    return hindrance(twins.every(({ state }) => state === 'queued') ? 'alreadyQueued' : 'alreadyRunning');
  const row = rowOf(name);
  const { platform } = now;
  if (platform !== null && !row.has[platform]) return hindrance('notOnPlatform', { platform });
  return row.possible(now, input);
}

/**
 * The reasons that a person must accept for this command now, in the order of the row. `refused`: a reason that can't be accepted, or
 * `null`.
 */
export function reasonsToAccept(
  name: CommandName,
  input: JsonObject,
  running: readonly Named[],
  now: MachineContext,
): { readonly refused: Hindrance | null; readonly reasons: readonly AcceptedHindrance[] } {
  const reasons: AcceptedHindrance[] = [];
  for (;;) {
    const accepted = reasons.map(({ why }) => why);
    const found = hindranceOf(name, input, running, { ...now, accepted });
    if (found === null || !isAcceptable(found.why) || accepted.includes(found.why))
      return { refused: found, reasons };
    reasons.push({ ...found, why: found.why });
  }
}

/** The request as text; `null`: the command's name is sufficient, or another version wrote the input. */
export const requestText = (
  name: CommandName,
  input: JsonObject,
  names: Parameters<CommandRow['says']>[2],
): ReturnType<CommandRow['says']> => rowOf(name).says(input, input, names);

/** Whether it was given up because a newer command replaced it. */
export const wasReplaced = ({ name, state, steps }: Pick<Named, 'name' | 'state' | 'steps'>): boolean =>
  state === 'expired' && steps.at(-1)?.what === rowOf(name).replacedBy;

/** The input of another attempt, and the ms without proof before it is offered; `null`: none. */
export function retryOf(command: Named): { readonly after: number; readonly input: JsonObject } | null {
  const { name, state, sentAt } = command;
  const { retry } = rowOf(name);
  if (retry === null || sentAt === null || wasReplaced(command)) return null;
  if (state !== 'sent' && state !== 'expired') return null;
  const input = retry.input(command, command.input);
  return input === null ? null : { after: retry.after, input };
}

/** The input to repeat a command, without its stored facts; `null`: the row no longer accepts it. */
export function againInput({ name, input }: Pick<Named, 'name' | 'input'>): JsonObject | null {
  const { data } = rowOf(name).input.strip().safeParse(input);
  return (data as JsonObject | undefined) ?? null;
}
