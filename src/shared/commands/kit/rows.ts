/** Questions that are asked of the rows. */
import { commandNames, commands, type CommandName } from '../index';
import type { JsonObject } from '../../model/json';
import type { Platform } from '../../model/machine';
import { goesWithin } from '../../model/restarts';
import { hasStep, openStates, type GivenCommand } from './given';
import { day, minute } from './inputs';
import { sharedSteps } from './steps';
import { hindrance, type MachineContext, type Hindrance } from './possible';
import type { CommandRow, Effect, Risk } from './row';
import { messageId } from './wire';

export const rowOf = (name: CommandName): CommandRow => commands[name];

/** Has words: of every command, or of this one. */
export const hasStepWords = (name: CommandName, step: string): boolean =>
  Object.hasOwn(sharedSteps, step) || Object.hasOwn(rowOf(name).steps, step);

/** May be a step of a sequence, or given to several machines: a package and an order are of one moment and one machine. */
export const isForRuns = (name: CommandName): boolean =>
  rowOf(name).offered !== 'order' && rowOf(name).needs === null;

type Named = GivenCommand & { readonly name: CommandName };

const byMessage = (platform: Platform): ReadonlyMap<string, CommandName> =>
  new Map(commandNames.flatMap((name) => rowOf(name).messages[platform].map((id) => [id, name] as const)));
const allPlatforms: readonly Platform[] = ['linux', 'android'];
const platforms = { linux: byMessage('linux'), android: byMessage('android') };

/** The command whose wire form a message to a machine of this platform is; `null`: of either. */
export function commandOf(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): CommandName | null {
  const id = messageId(body);
  if (platform !== null) return platforms[platform].get(id) ?? null;
  return platforms.linux.get(id) ?? platforms.android.get(id) ?? null;
}

/** A frame of ours after which a machine of this platform restarts; `null`: after which one may. */
export function restartsMachine(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): boolean {
  const name = commandOf(body, platform);
  return name !== null && has(name, 'restarts', platform);
}

/** The same of one after which it may hang up, be it to restart or to connect anew. */
export function endsConnectionOf(
  body: Parameters<typeof messageId>[0],
  platform: Platform | null = null,
): boolean {
  const name = commandOf(body, platform);
  return name !== null && endsConnection(name, platform);
}

/** ms in which a machine that restarts after this message is heard of for the last time. */
export function goesWithinOf(cmd: string): number {
  const name = commandOf({ cmd });
  return name === null ? goesWithin : rowOf(name).goesWithin;
}

/** Where its program is not known, what it does to any. */
const has = (name: CommandName, effect: Effect, platform: Platform | null): boolean =>
  (platform === null ? allPlatforms : [platform]).some((one) => rowOf(name).effects[one].includes(effect));

/** What a command does to a machine of this platform; where that is not known, the graver. */
export function riskOn(name: CommandName, platform: Platform | null): Risk {
  const { linux, android } = rowOf(name).risk;
  if (platform !== null) return platform === 'linux' ? linux : android;
  return linux === 'none' ? android : linux;
}

/** The same of a message to it; of one that its program has no form of, what it does to any. */
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

/** Who takes a machine's number must not open, brew, be paid or set prices by it. */
const needing = ['opens', 'dispenses', 'pays', 'reprices'] as const satisfies readonly Effect[];
export const needsVerified = (name: CommandName, platform: Platform | null): boolean =>
  needing.some((effect) => has(name, effect, platform));

/** Whether a machine of this platform restarts after it, or connects anew. */
export const endsConnection = (name: CommandName, platform: Platform | null): boolean =>
  has(name, 'restarts', platform) || has(name, 'reconnects', platform);

/**
 * Which of the commands that were sent must end before this one is sent; `null`: none. A restart would lose the proof of another;
 * a machine that restarts hears nothing until it is back.
 */
export function goesFirst<C extends Named>(
  next: Pick<Named, 'name'> & { readonly input?: JsonObject },
  sent: readonly C[],
  { platform, now }: { readonly platform: Platform | null; readonly now: number },
): C | null {
  const restarts = endsConnection(next.name, platform);
  return (
    sent.find((one) => {
      // Its place is taken as soon as this one is sent.
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

/** Whether a machine of this platform keeps only one such command at a time; where its program is not known, it may. */
export const hasSlot = (name: CommandName, platform: Platform | null): boolean =>
  platform !== 'linux' && rowOf(name).slot !== null;

/** Somebody waits for it at the machine: a door, or a customer with an order. */
export const isAwaitedThere = (name: CommandName): boolean =>
  rowOf(name).offered === 'order' || has(name, 'opens', null);

/**
 * Waiting behind another, its time does not run: it counts from when it could be sent. It does run where it would surprise whoever
 * stands at the machine later.
 */
export const waitsPatiently = ({ name }: Pick<Named, 'name'>): boolean =>
  !surprising.some((effect) => has(name, effect, null));

/** [ours] ms from now that one may be let wait to be sent: not long where it would surprise whoever stands there then. */
export const longestQueued = (command: Pick<Named, 'name'>): number =>
  waitsPatiently(command) ? day : 10 * minute;
const surprising = ['opens', 'dispenses', 'pays'] as const satisfies readonly Effect[];

/** Of the same kind, and one frame could not tell which of the two it proves. */
export const isSame = (
  earlier: Pick<Named, 'name' | 'input'>,
  name: CommandName,
  input: JsonObject,
): boolean => earlier.name === name && rowOf(name).sameAs(earlier.input, input);

export const isTwin = (earlier: Named, name: CommandName, input: JsonObject): boolean =>
  openStates.has(earlier.state) && isSame(earlier, name, input);

/** Whether a newer one with this input takes its twin's place. */
const givesWay = (twin: Named, input: JsonObject): boolean =>
  twin.state === 'sent' && rowOf(twin.name).replaces(twin, input);

/** Why a command can't be given now; `null`: it can. `running`: commands of this machine. */
export function hindranceOf(
  name: CommandName,
  input: JsonObject,
  running: readonly Named[],
  now: MachineContext,
): Hindrance | null {
  if (running.some((command) => isTwin(command, name, input) && !givesWay(command, input)))
    return hindrance('alreadyRunning');
  const row = rowOf(name);
  const { platform } = now;
  if (platform !== null && !row.has[platform]) return hindrance('notOnPlatform', { platform });
  return row.possible(now, input);
}

/** It was given up for a newer one that took its place. */
export const wasReplaced = ({ name, state, steps }: Named): boolean =>
  state === 'expired' && steps.at(-1)?.what === rowOf(name).replacedBy;

/** The input of another try that may help, and after how many ms without proof; `null`: there is none. */
export function retryOf(command: Named): { readonly after: number; readonly input: JsonObject } | null {
  const { name, state, sentAt } = command;
  const { retry } = rowOf(name);
  if (retry === null || sentAt === null || wasReplaced(command)) return null;
  if (state !== 'sent' && state !== 'expired') return null;
  const input = retry.input(command);
  return input === null ? null : { after: retry.after, input };
}

/** What to give to send it once more, without what was remembered; `null`: its row would not take it today. */
export function againInput({ name, input }: Pick<Named, 'name' | 'input'>): JsonObject | null {
  const { data } = rowOf(name).input.strip().safeParse(input);
  return (data as JsonObject | undefined) ?? null;
}
