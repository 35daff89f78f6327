/** Commands in the running server: connects the queue with sockets, clock, journal and package host. */
import { givenUpAt } from '#shared/commands/kit/given';
import type { MachineContext } from '#shared/commands/kit/possible';
import { day } from '#shared/commands/kit/inputs';
import { rowOf } from '#shared/commands/kit/rows';
import { openStates, type Command } from '#shared/model/command';
import { askedFileOf, type ExpectedFile } from '#shared/model/fetched';
import type { Entry } from '#shared/model/frame';
import type { JsonObject } from '#shared/model/json';
import type { MachineState, Platform } from '#shared/model/machine';
import type { Verification } from '#shared/model/verified';
import type { JournalClient } from '../../journal/api';
import type { MachineServer } from '../link/machineServer';
import { CommandQueue } from '../commands/commandQueue';
import type { EntryLog } from '../../core/state/entryLog';
import { readStored } from '../../core/state/readStored';
import type { Offers } from '../requests/offers';
import { randomBytes } from 'node:crypto';
import { peerAddressOf } from '#shared/model/machineLink';

export interface CommandsParts {
  readonly now: () => number;
  readonly machine: (vmcNo: number) => MachineState | null;
  /** Set by the user or read from the login. */
  readonly platform: (vmcNo: number) => Platform | null;
  readonly verification: (vmcNo: number) => Verification;
  readonly server: MachineServer;
  readonly journal: JournalClient;
  readonly entryLog: EntryLog;
  readonly offers: Offers;
  /** Facts about a machine when a command is given. */
  readonly contextOf: (vmcNo: number) => MachineContext;
  /** The newest command id in the journal. */
  readonly last: number;
  readonly onChange: (command: Command) => void;
  /** From `whenKept`. */
  readonly kept: WhenKept;
}

/** Calls back when all records so far are on disk or were rejected, in the order of the calls. */
type WhenKept = (then: (isKept: boolean) => void) => void;

export function createCommandQueue(parts: CommandsParts): CommandQueue {
  const { now, machine, platform, verification, contextOf, kept } = parts;
  const { server, journal, entryLog, offers, last, onChange } = parts;
  const queue = new CommandQueue(
    {
      now,
      newSessionId,
      // A frame of ours must not split a frame that is being relayed.
      isOnline: (vmcNo) => server.connectionOf(vmcNo)?.isBetweenFrames() === true,
      verification,
      contextOf,
      send: (vmcNo, message) => server.send(vmcNo, message),
      remark: (vmcNo, finding) => server.connectionOf(vmcNo)?.remark(finding) ?? null,
      packageFacts: (vmcNo, input) => offers.factsFor(input, platform(vmcNo)),
      offer: ({ id, vmcNo, name, input }) => {
        const { link } = machine(vmcNo) ?? {};
        const peer = link?.status === 'online' ? link.peer : null;
        const host = peer?.localAddress ?? null;
        if (rowOf(name).needs === 'address') {
          const asked = { askedAt: now(), address: peer?.remoteAddress ?? '' };
          return offers.expectFile({ id, vmcNo, ...asked, ...askedFileOf(input) }, host);
        }
        return offers.offer({ id, vmcNo, packageId: packageOf(input) }, host, platform(vmcNo));
      },
      later: (ms, run) => void setTimeout(run, ms).unref(),
      kept,
      changed: (command) => {
        journal.keepCommand(command);
        onChange(command);
      },
    },
    last,
  );
  entryLog.onEntry((entry, change) => {
    queue.onEntry(entry, change);
    if (change !== null) offers.machineMoved(change.before, change.after);
  });
  return queue;
}

/** Several calls in one turn cause only one flush. */
export function whenKept(journal: JournalClient): WhenKept {
  const waiting: ((isKept: boolean) => void)[] = [];
  const flush = async (): Promise<void> => {
    const callbacks = waiting.splice(0);
    await journal.flush();
    for (const then of callbacks) then(journal.state.status === 'open');
  };
  return (then) => {
    if (waiting.push(then) === 1) setImmediate(() => void flush());
  };
}

/** Shows a queued command only after it is on disk, because a kill would undo it. */
export function shownWhenKept(kept: WhenKept, show: (command: Command) => void): (command: Command) => void {
  const waiting = new Map<number, Command>();
  return (command) => {
    const { id, state } = command;
    if (state !== 'queued') {
      waiting.delete(id);
      show(command);
      return;
    }
    const isWaiting = waiting.has(id);
    waiting.set(id, command);
    if (isWaiting) return;
    kept(() => {
      const newest = waiting.get(id);
      waiting.delete(id);
      if (newest !== undefined) show(newest);
    });
  };
}

/** [ours] ms: a day of waiting for its turn, a day for its proof, and a day for late proof. */
const judgedFor = 3 * day;

/** Commands that were open when the last launch ended, and given-up commands that are still judged; oldest first. */
export const earlierCommands = async (journal: JournalClient, now: number): Promise<readonly Command[]> =>
  journal.isReadable ? journal.query('openCommands', { since: now - judgedFor }) : [];

/** Files requested by an earlier launch. The upload address is in the frame of the request. */
export async function earlierFiles(
  journal: JournalClient,
  earlier: readonly Command[],
  machine: CommandsParts['machine'],
): Promise<readonly ExpectedFile[]> {
  const files: ExpectedFile[] = [];
  for (const command of earlier) {
    const { id, vmcNo, name, input, steps, sentAt } = command;
    const entry = steps.find(({ what }) => what === 'sent')?.entry ?? null;
    if (rowOf(name).needs !== 'address' || !isLookedFor(command) || entry === null || sentAt === null)
      continue;
    // A file whose request is unreadable is not awaited.
    const stored = await journal.query('entry', { id: entry }).catch(() => null);
    const token = stored?.kind === 'frame' && stored.damaged !== true ? tokenIn(readStored(stored)) : null;
    const link = machine(vmcNo)?.link;
    const address = link === undefined ? null : peerAddressOf(link);
    if (token !== null && address !== null)
      files.push({ id, vmcNo, token, askedAt: sentAt, address, ...askedFileOf(input) });
  }
  return files;
}

const isLookedFor = (command: Command): boolean =>
  openStates.has(command.state) || givenUpAt(command) !== null;

const tokenIn = (entry: Entry): string | null =>
  entry.kind === 'frame' ? (/\/f\/\d+\/\d+\/([0-9a-f]+)"/.exec(entry.text)?.[1] ?? null) : null;

interface ResumeParts extends Pick<CommandsParts, 'offers'> {
  readonly earlier: readonly Command[];
  /** From `earlierFiles`. */
  readonly files: readonly ExpectedFile[];
  /** Called for each of them, oldest first. */
  readonly known: (command: Command) => void;
  /** The data folder is a copy. */
  readonly isCopy: boolean;
}

/** Continues earlier commands. */
export function resumeCommands(
  queue: CommandQueue,
  { earlier, files, offers, known, isCopy }: ResumeParts,
): void {
  for (const command of earlier) {
    const { id, vmcNo, name, input } = command;
    known(command);
    if (isLookedFor(command) && rowOf(name).needs === 'package')
      offers.renew({ id, vmcNo, packageId: packageOf(input) });
  }
  for (const file of files) offers.expectAgain(file);
  queue.restore(earlier, isCopy);
}

function packageOf({ packageId }: JsonObject): string {
  return typeof packageId === 'string' ? packageId : '';
}

/**
 * 128 random bits, because anyone who knows the number of a machine and this id can report its
 * commands as failed. 32 lower-case hexadecimal digits: android stores it as text, and linux makes
 * order numbers of the same form (an MD5, for pick-up codes) [field3].
 */
export const newSessionId = (): string => randomBytes(16).toString('hex');
