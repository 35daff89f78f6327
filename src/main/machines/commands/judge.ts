/**
 * The life of a command as pure functions: queued, sent, and judged by the machine's messages. Sending
 * never counts as success. Every step names the entry it follows from (docs/protocol/proof.md). The command's row
 * defines its proof (shared/commands).
 */
import type { CommandName } from '#shared/commands/index';
import { givenUpAt, hasStep, lastStep, type GivenFrom } from '#shared/commands/kit/given';
import type { Listing } from '#shared/commands/kit/listed';
import type { Heard } from '#shared/commands/kit/row';
import { plannedEnd, stageTime } from '#shared/commands/kit/judged';
import { commandOf, rowOf, waitsPatiently } from '#shared/commands/kit/rows';
import { step, unconfirmable, type Verdict } from '#shared/commands/kit/verdict';
import { takenBackWithin } from '#shared/limits';
import {
  openStates,
  type Command,
  type CommandState,
  type CommandStep,
  type StepName,
} from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import type { MachineState, Platform } from '#shared/model/machine';
import type { Upload } from '#shared/model/fetched';
import type { Transfer } from '#shared/model/upgrade';
import { isCut } from '../../core/state/cut';
import type { Applied } from '../../core/state/fleet';
import type { Ahead } from './turn';
import { unheardSince } from './unheard';

/** Steps kept per command, because a price list can be reported many times a day. */
const stepsKept = 200;
const firstKept = 5;

export interface NewCommand {
  readonly id: number;
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly input: JsonObject;
  /** The line of the run that gives it. */
  readonly line?: number;
  /** The person at another site who gives it. */
  readonly from?: GivenFrom;
  /** Unguessable and unique: android executes a command again if its id is repeated [field3]. */
  readonly sessionId: string;
}

export function queuedCommand(
  { id, vmcNo, name, input, line, from, sessionId }: NewCommand,
  now: number,
): Command {
  return {
    id,
    vmcNo,
    name,
    ...(line !== undefined && { line }),
    ...(from !== undefined && { from }),
    input,
    state: 'queued',
    createdAt: now,
    sentAt: null,
    endedAt: null,
    until: now + rowOf(name).queueFor,
    sessionId,
    platform: null,
    conn: null,
    stage: 0,
    steps: [],
    awaited: [],
  };
}

export type NewStep = Omit<CommandStep, 'params'> & Partial<CommandStep>;

export function withStep(command: Command, next: NewStep): Command {
  const steps = [...command.steps, { params: {}, ...next }];
  if (steps.length <= stepsKept) return { ...command, steps };
  // Keep the `sent` steps: they identify the frames, and each frame can be proved.
  const gone = steps.findIndex((one, index) => index >= firstKept && !isSentStep(one));
  return { ...command, steps: steps.toSpliced(gone, 1) };
}

const isSentStep = ({ what }: Pick<CommandStep, 'what'>): boolean =>
  what === 'sent' || what === 'sentPerhaps';

function ended(command: Command, state: CommandState, last: NewStep): Command {
  return { ...withStep(command, last), state, endedAt: last.at, until: last.at };
}

/**
 * True if the command is judged at `at`: while it waits, during its planned
 * waiting time, and for a while after it was given up.
 */
export function isJudged(command: Command, at: number): boolean {
  if (command.state === 'sent') return true;
  const gaveUp = givenUpAt(command);
  return gaveUp !== null && (at - gaveUp <= rowOf(command.name).lateFor || at < plannedEnd(command));
}

/** Applies a verdict. `at` and `entry`: its source, unless the verdict has its own. */
export function apply(command: Command, verdict: Verdict, at: number, entry: number | null): Command {
  if (verdict.kind === 'notMine' || !isJudged(command, at)) return command;
  const { kind, params, until, awaited = command.awaited } = verdict;
  // Rows only use their own and shared step names; a check at their definition ensures this.
  const seen = verdict.entry ?? entry;
  const taken = { what: verdict.what as StepName, at: verdict.at ?? at, entry: seen, params };
  const gaveUp = givenUpAt(command);
  if (kind !== 'step' && kind !== 'passed') {
    const late = { what: 'late', at: taken.at, entry, params: { waited: at - (gaveUp ?? at) } } as const;
    return { ...ended(gaveUp === null ? command : withStep(command, late), kind, taken), awaited };
  }
  const next = { ...withStep(command, taken), awaited };
  const stage = kind === 'passed' ? next.stage + 1 : next.stage;
  if (gaveUp !== null) return { ...next, stage };
  const last = kind === 'passed' ? at + stageTime(next, stage) : next.until;
  return { ...next, stage, until: until === undefined ? last : Math.min(last, until) };
}

export interface Sending {
  readonly platform: Platform | null;
  readonly conn: number;
  readonly address?: string | null;
  /** Its first frame. */
  readonly entry: number;
}

/** The state recorded before writing, so that nobody sends the command again after a kill. */
export function aboutToSend(
  command: Command,
  { platform, conn, address = null }: Pick<Command, 'platform' | 'conn' | 'address'>,
  now: number,
): Command {
  const awaited = rowOf(command.name).awaits(command.input);
  const sent: Command = { ...command, state: 'sent', sentAt: now, platform, conn, address, awaited };
  return { ...sent, until: now + stageTime(sent, 0) };
}

/** The command was written. If it can never be proved, that is recorded at once. */
export const sentCommand = (command: Command, { entry, ...to }: Sending, now: number): Command =>
  apply(aboutToSend(command, to, now), step('sent'), now, entry);

/** Not sent, and given by a run that itself waits for the machine. */
export const isOfRun = ({ state, name, line }: Command): boolean =>
  state === 'queued' && line !== undefined && rowOf(name).keptOverRuns;

/** Recorded before writing, with no record of the write. Nobody knows whether it was sent. */
export const isSentPerhaps = ({ state, name, steps }: Command): boolean =>
  state === 'sent' && rowOf(name).keptOverRuns && !steps.some(isSentStep);

export const sentPerhaps = (command: Command, now: number): Command =>
  withStep(command, { what: 'sentPerhaps', at: now, entry: null });

/** Another frame was written. */
export const sentMore = (command: Command, entry: number, now: number): Command =>
  apply(command, step('sent'), now, entry);

/** The last frame was written. If the command can never be proved, that is recorded at once. */
export function sentWhole(command: Command, now: number): Command {
  const { name, input, platform } = command;
  const row = rowOf(name);
  const isProvable = row.stages[platform ?? 'linux'].length > 0 && !row.silent(input, platform);
  return isProvable ? command : apply(command, unconfirmable('cannotProve'), now, null);
}

export function failedToSend(
  command: Command,
  why: Pick<CommandStep, 'what' | 'entry' | 'params'>,
  now: number,
): Command {
  return ended(command, 'failed', { ...why, at: now });
}

/** Expires commands that were not sent or proved in time. `machine`: its current state. */
export function expire(command: Command, now: number, machine: MachineState | null): Command {
  const { name, state, until } = command;
  if (!openStates.has(state) || now < until) return command;
  if (state === 'queued') {
    const last = lastStep(command);
    // A command that waits for another one does not wait for the machine.
    const why: Pick<CommandStep, 'what' | 'params'> =
      last?.what === 'waitsFor' || last?.what === 'waitsForSlot'
        ? { what: 'notItsTurn', params: last.params }
        : { what: last?.what === 'waitsForProof' ? 'notVerified' : 'notSent', params: {} };
    return ended(command, 'expired', { ...why, at: now, entry: null });
  }
  const verdict = rowOf(name).onExpired(command);
  const since = unheardSince(command, machine);
  const params = since === null ? {} : { since };
  return verdict.kind === 'notMine'
    ? ended(command, 'expired', { what: 'noProof', at: now, entry: null, params })
    : apply(command, verdict, now, null);
}

/** A waiting command waits for another that goes first. */
export function held(command: Command, { what, behind }: Ahead, now: number): Command {
  const last = lastStep(command);
  if (last?.what === what && last.params['behind'] === behind) return command;
  return withStep(command, { what, at: now, entry: null, params: { behind } });
}

/** The command waits for the report that the machine sends after a login. */
export const waitingAfterLogin = (command: Command, now: number): Command =>
  lastStep(command)?.what === 'waitsAfterLogin'
    ? command
    : withStep(command, { what: 'waitsAfterLogin', at: now, entry: null });

/**
 * The wait for others is over, so its own time begins, if its row waits
 * patiently. `isOnline`: it is sent at once or after a pause.
 */
export function released(command: Command, isOnline: boolean, now: number): Command {
  const isNoted = isOnline || lastStep(command)?.what === 'queued';
  const next = isNoted ? command : withStep(command, { what: 'queued', at: now, entry: null });
  return standsStill(command) ? { ...next, until: now + rowOf(command.name).queueFor } : next;
}

/** True if its time stands still while others go first. Not after the user set a limit. */
export const standsStill = (command: Command): boolean =>
  waitsPatiently(command) && !hasStep(command, 'waitChanged');

/** The user set the remaining time to wait for sending. */
export const withWait = (command: Command, wait: number, now: number): Command => ({
  ...withStep(command, { what: 'waitChanged', at: now, entry: null, params: { wait } }),
  until: now + wait,
});

/** The user cancelled it, or stopped waiting for its proof, or Crema was closed before it was sent. */
export function end(
  command: Command,
  what: 'cancelled' | 'stoppedWaiting' | 'cremaClosed',
  now: number,
): Command {
  const partly = what === 'stoppedWaiting' && isPartly(command) ? stoppedPartly(command, now) : command;
  return ended(partly, what === 'cancelled' ? 'cancelled' : 'expired', { what, at: now, entry: null });
}

function stoppedPartly(command: Command, now: number): Command {
  const { sent, frames } = written(command);
  return withStep(command, {
    what: 'stoppedPartly',
    at: now,
    entry: null,
    params: { written: sent, frames },
  });
}

/** A newer command replaces it. */
export function replaced(command: Command, now: number): Command {
  const what = rowOf(command.name).replacedBy as StepName;
  return ended(command, 'expired', { what, at: now, entry: null });
}

interface Judging extends Pick<Applied, 'before' | 'after'> {
  /** Commands of its machine that were open before the entry. */
  readonly running: readonly Command[];
  /** When the entry was made. The entry itself has the time of its bytes. */
  readonly now: number;
}

/** Judges the command by one entry of its machine. Returns the same object if nothing changes. */
export function judge(command: Command, entry: Entry, { before, after, running, now }: Judging): Command {
  const heard = heardIn(entry, command);
  if (heard === null || cameBefore(command, entry, now) || !isJudged(command, entry.at)) return command;
  const { at, id, conn } = entry;
  if (isOfOther(command, entry, after)) {
    const isReported = heard.kind === 'closed' || hasStep(command, 'otherAddress');
    return isReported ? command : apply(command, step('otherAddress'), at, id);
  }
  const sequence = entry.kind === 'frame' ? entry.sequence : null;
  const verdicts = rowOf(command.name).judge(heard, { command, at, conn, sequence, before, running });
  return verdicts.reduce((next, verdict) => apply(next, verdict, at, id), command);
}

/**
 * True if another machine may have taken over the number since the command was sent. Its messages then prove
 * nothing unless they name the command. A machine with a new address looks the same, unless its sign proves it.
 * If nobody takes the number back in time, the new connection counts as the machine.
 */
const isOfOther = (
  { name, sentAt, conn: sentOn, platform }: Command,
  { at, conn }: Entry,
  { taken, sign }: MachineState,
): boolean =>
  taken !== null &&
  sign?.kind !== 'matched' &&
  sentAt !== null &&
  taken.at >= sentAt &&
  at - taken.at < takenBackWithin &&
  conn !== sentOn &&
  !rowOf(name).namedByProof[platform ?? 'linux'];

/**
 * The bytes had arrived before the command was sent, and waited to be decoded. If the clock was set back meanwhile, the command lies in
 * the future, and so do these bytes; later bytes do not.
 */
const cameBefore = ({ sentAt }: Command, { at }: Entry, now: number): boolean =>
  sentAt !== null && at < sentAt && (sentAt <= now || at > now);

function heardIn(entry: Entry, { conn }: Command): Heard | null {
  if (entry.kind === 'closed') return entry.conn === conn ? { kind: 'closed', reason: entry.reason } : null;
  if (entry.kind !== 'frame' || entry.message.from !== 'machine') return null;
  // The missing part of a cut frame may contain the refusal.
  if (isCut(entry)) return null;
  return { kind: 'message', body: entry.message.body };
}

/** Judges by a transfer of our HTTP host. */
export function judgeTransfer(command: Command, transfer: Transfer): Command {
  if (transfer.offer !== command.id) return command;
  const verdicts = rowOf(command.name).onTransfer(command, transfer, command.address ?? null);
  return verdicts.reduce((next, verdict) => apply(next, verdict, transfer.startedAt, null), command);
}

/** Judges by an upload to the address given to the machine. */
export function judgeUpload(command: Command, upload: Upload): Command {
  const at = upload.ok ? upload.file.at : upload.at;
  return apply(command, rowOf(command.name).onUpload(command, upload), at, null);
}

/** Judges by a product list that was requested after the command was sent. */
export function judgeProducts(command: Command, { askedAt, at, products }: Listing): Command {
  if (command.sentAt === null || askedAt <= command.sentAt) return command;
  const verdicts = rowOf(command.name).onProducts(command.input, command, products);
  return verdicts.reduce((next, verdict) => apply(next, verdict, at, null), command);
}

/** Counts its written frames. The frames are the same each time, except for package addresses. */
function written({ name, vmcNo, platform, sessionId, input, steps }: Command) {
  const to = { vmcNo, platform, sessionId, upgradeDir: '', upgradeType: null };
  const messages = rowOf(name).wire(input, to);
  const sent = steps.filter(isSentStep).length;
  // A leading query changes nothing.
  const isTaken = messages.slice(0, sent).some((message) => commandOf(message, platform) === name);
  return { sent, frames: messages.length, isTaken };
}

/** True if some of its frames are missing. */
export function isPartly(command: Command): boolean {
  const { sent, frames } = written(command);
  return sent < frames;
}

/** The connection ended before all frames were written. The machine may have accepted the written part. */
export function brokeOff(command: Command, entry: number | null, now: number): Command {
  const { sent, frames, isTaken } = written(command);
  return !isTaken
    ? failedToSend(command, { what: 'sendFailed', entry, params: {} }, now)
    : failedToSend(command, { what: 'sentPartly', entry, params: { written: sent, frames } }, now);
}

/**
 * A frame was not written. A finding in `why` means that it was too long;
 * anything else means that the connection ended.
 */
export function notWritten(command: Command, why: Entry | null, now: number): Command {
  if (why?.kind !== 'finding') return brokeOff(command, why?.id ?? null, now);
  const params = { bytes: Number(why.finding.params?.['bytes'] ?? 0) };
  return failedToSend(command, { what: 'refusedTooLong', entry: why.id, params }, now);
}

/** The steps of a command while its machine is offline. */
export function queuedAt(command: Command, at: number): Command {
  return { ...command, steps: [{ what: 'queued', at, entry: null, params: {} }] };
}
