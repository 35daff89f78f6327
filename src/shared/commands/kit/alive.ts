/**
 * A question that linux answers immediately [field3]. It precedes a command whose proof has no usable time and looks like other messages.
 * A message received before the answer was sent before the machine read the command.
 */
import type { MachineState } from '../../model/machine';
import { elapsed, together } from '../../model/restarts';
import { hasStep } from './given';
import { isAtOnce, notMine, step, when, type About } from './verdict';
import { bare } from './wire';

/** Statuses that a `machinestatus` reports unprompted. The status in the answer varies: every other value is an answer [field]. */
const reports: ReadonlySet<string> = new Set([
  'clearerror',
  'cupblock',
  'dooropen',
  'doorclose',
  'supply',
  'machinelock',
]);

/** Whether the status is an answer to `statusquery`, which says whether the machine is normal [field]. */
const isNormality = (status: string | null): status is string =>
  status !== null && !reports.has(status.toLowerCase());

export const asksStatus = bare('statusquery');

/** [field3] ms of silence of a machine that receives nothing. linux counts from the last frame that it handled. */
const speaksWithin = { linux: 65_000, android: 35_000 } as const;
/** Fact to store with a command that `isSpeaking` judges later. */
export const heardBefore = (machine: MachineState | null): { readonly heardBefore: number | null } => ({
  heardBefore: machine?.lastHeard ?? null,
});

/** Whether the machine was heard shortly before this frame. After a longer silence a dead link may have held the frame since before the command. */
export function isSpeaking({ at, before, command: given, facts }: About<unknown>): boolean {
  const within = speaksWithin[given.platform ?? 'linux'];
  const silentFrom = (from: number): number => (from === -Infinity ? Infinity : elapsed(before, from, at));
  const silent = silentFrom(before?.lastHeard ?? at);
  if (silent > together) return silent <= within;
  // Data on this connection was not sent before the connection began.
  const since = before?.link.status === 'online' ? before.link.since : -Infinity;
  const heard = facts['heardBefore'];
  return Math.min(silentFrom(since), silentFrom(typeof heard === 'number' ? heard : -Infinity)) <= within;
}

/** Commands that begin with this question. */
const asking: ReadonlySet<string> = new Set(['queryStatus', 'openDoor', 'reboot']);

/** Whether this answers the command's own question, not an earlier one. */
export function answersStatus(status: string | null, about: About<unknown>): status is string {
  const { command: given, running } = about;
  const isOfEarlier = running.some(
    (one) => asking.has(one.name) && one.state === 'sent' && one.id < given.id && !hasStep(one, 'linkAlive'),
  );
  return isNormality(status) && isAtOnce(about) && isSpeaking(about) && !isOfEarlier;
}

export const answersAlive = when('machinestatus', ({ status }, about) =>
  answersStatus(status, about) && !hasStep(about.command, 'linkAlive') ? step('linkAlive') : notMine,
);
