/**
 * The life of a command as functions: queued, sent, and judged by what the machine then says. Nothing counts as done because it
 * was sent; every step names the entry it follows from (docs/protocol.md, "Server to machine"). What proves a command is in
 * its row (shared/commands).
 */
import type { CommandName } from '#shared/commands/index';
import type { Heard } from '#shared/commands/kit/row';
import { rowOf } from '#shared/commands/kit/rows';
import { step, unconfirmable, type Verdict } from '#shared/commands/kit/verdict';
import {
  openStates,
  type Command,
  type CommandState,
  type CommandStep,
  type StepName,
} from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import type { MachineState, Platform } from '#shared/model/machine';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';

/** Steps kept of one command; a price list may see many amounts in a day. */
const stepsKept = 200;
const firstKept = 5;

export interface NewCommand {
  readonly id: number;
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly input: JsonObject;
}

export function queuedCommand({ id, vmcNo, name, input }: NewCommand, now: number): Command {
  return {
    id,
    vmcNo,
    name,
    input,
    state: 'queued',
    createdAt: now,
    sentAt: null,
    endedAt: null,
    until: now + rowOf(name).queueFor,
    // Unlike any other machine's or day's: a late notice must not be taken for this one's.
    sessionId: `${now}${String(id).padStart(6, '0')}`,
    platform: null,
    conn: null,
    steps: [],
    awaited: [],
  };
}

type NewStep = Omit<CommandStep, 'params'> & Partial<CommandStep>;

function withStep(command: Command, next: NewStep): Command {
  const steps = [...command.steps, { params: {}, ...next }];
  return {
    ...command,
    steps:
      steps.length > stepsKept
        ? [...steps.slice(0, firstKept), ...steps.slice(firstKept - stepsKept)]
        : steps,
  };
}

function ended(command: Command, state: CommandState, last: NewStep): Command {
  return { ...withStep(command, last), state, endedAt: last.at, until: last.at };
}

/** What a verdict changes; `at`, `entry`: where it comes from, unless it says so itself. */
function apply(command: Command, verdict: Verdict, at: number, entry: number | null): Command {
  if (verdict.kind === 'notMine' || command.state !== 'sent') return command;
  const { kind, params, until, awaited = command.awaited } = verdict;
  // Rows name steps of their own and shared ones only: checked where they are made.
  const taken = { what: verdict.what as StepName, at: verdict.at ?? at, entry, params };
  if (kind !== 'step') return { ...ended(command, kind, taken), awaited };
  const next = { ...withStep(command, taken), awaited };
  return until === undefined ? next : { ...next, until: Math.min(next.until, until) };
}

export interface Sending {
  readonly platform: Platform | null;
  readonly conn: number;
  /** The frames it was written in. */
  readonly entries: readonly number[];
}

/** It was written to the machine. Where nothing could ever prove it, that is said at once. */
export function sentCommand(command: Command, { platform, conn, entries }: Sending, now: number): Command {
  const row = rowOf(command.name);
  let next: Command = {
    ...command,
    state: 'sent',
    sentAt: now,
    until: now + row.proveFor,
    platform,
    conn,
    awaited: row.awaits(command.input),
  };
  for (const entry of entries) next = apply(next, step('sent'), now, entry);
  return row.provable[platform ?? 'linux'] ? next : apply(next, unconfirmable('cannotProve'), now, null);
}

export function failedToSend(
  command: Command,
  why: Pick<CommandStep, 'what' | 'entry' | 'params'>,
  now: number,
): Command {
  return ended(command, 'failed', { ...why, at: now });
}

/** Time passes: what was not sent or not proved until then has expired. */
export function expire(command: Command, now: number): Command {
  const { name, state, until } = command;
  if (!openStates.has(state) || now < until) return command;
  if (state === 'queued') return ended(command, 'expired', { what: 'notSent', at: now, entry: null });
  const verdict = rowOf(name).onExpired(command);
  return verdict.kind === 'notMine'
    ? ended(command, 'expired', { what: 'noProof', at: now, entry: null })
    : apply(command, verdict, now, null);
}

/** A person took it back, or Crema was closed, before it was sent. */
export function end(command: Command, what: 'cancelled' | 'cremaClosed', now: number): Command {
  return ended(command, what === 'cancelled' ? 'cancelled' : 'expired', { what, at: now, entry: null });
}

/** A newer one takes its place. */
export function replaced(command: Command, now: number): Command {
  const what = rowOf(command.name).replacedBy as StepName;
  return ended(command, 'expired', { what, at: now, entry: null });
}

/** What one entry of this machine says about the command; the same object when it says nothing. */
export function judge(command: Command, entry: Entry, before: MachineState | null): Command {
  const heard = heardIn(entry, command);
  if (command.state !== 'sent' || heard === null) return command;
  const { at, id, conn } = entry;
  const verdicts = rowOf(command.name).judge(heard, { command, at, conn, before });
  return verdicts.reduce((next, verdict) => apply(next, verdict, at, id), command);
}

function heardIn(entry: Entry, { conn }: Command): Heard | null {
  if (entry.kind === 'closed') return entry.conn === conn ? { kind: 'closed', reason: entry.reason } : null;
  if (entry.kind !== 'frame' || entry.message.from !== 'machine') return null;
  return { kind: 'message', body: entry.message.body };
}

/** What our own HTTP host saw. */
export function judgeTransfer(command: Command, transfer: Transfer): Command {
  if (transfer.offer !== command.id) return command;
  const verdicts = rowOf(command.name).onTransfer(command, transfer);
  return verdicts.reduce((next, verdict) => apply(next, verdict, transfer.startedAt, null), command);
}

/** android's own word over HTTP. */
export function judgeNotice(command: Command, notice: ControlNotice): Command {
  const { at, done, reason, sessionId, vmcNo } = notice;
  if (command.state !== 'sent' || sessionId !== command.sessionId || vmcNo !== command.vmcNo) return command;
  if (done) return apply(command, rowOf(command.name).onNotice(command, notice), at, null);
  const params = { reason: reason ?? '' };
  return ended(command, 'failed', { what: 'machineSaidFailed', at, entry: null, params });
}
