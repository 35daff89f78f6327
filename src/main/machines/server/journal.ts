/**
 * The journal in the server: every entry is written to disk, and the next launch starts from the
 * last state. Machine states are written as checkpoints. After a crash, entries since the last
 * checkpoint are folded again with the same function as live entries.
 */
import { uptime } from 'node:os';
import { day } from '#shared/commands/kit/inputs';
import type { Fault } from '#shared/model/history';
import type { JournalStatus, Retention } from '#shared/model/journal';
import type { MachineState } from '#shared/model/machine';
import {
  JournalClient,
  type JournalClientOptions,
  type LastNumbers,
  type OpenResult,
  ThreadSilent,
} from '../../journal/api';
import type { Fleet } from '../../core/state/fleet';
import { remarksAway } from '../../core/state/closings';
import { EntryLog } from '../../core/state/entryLog';
import { restoreFleet, type StoredFleet } from '../../core/state/restoreFleet';
import { Checkpoints } from './checkpoints';
import { nothingRecorded } from './calls';
import { foldLater } from './foldLater';
import { Salvages } from './salvages';

/** ms between checks of the journal's limits, and between deletions while it exceeds them. */
const retainInterval = 60_000;
const retainPause = 100;

export interface ServerJournal {
  readonly client: JournalClient;
  readonly entryLog: EntryLog;
  readonly opened: OpenResult;
  readonly last: LastNumbers;
  /** Removes the machine, so that the next launch does not restore it, and ends its open faults. */
  readonly forget: (vmcNo: number, faults: readonly Fault[]) => void;
  /** Keeps the file within these limits from now on. */
  readonly keepWithin: (limits: () => Retention) => void;
  /** All records are on disk or were rejected; no records follow. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface JournalStart extends JournalClientOptions {
  /**
   * When an earlier thread of this process died, with its connections; `null`: open
   * connections in the journal ended with an earlier launch.
   */
  readonly stopped?: number | null;
  /** Numbers of an earlier thread of this process. The file may not have them, and they are not used again. */
  readonly shown?: LastNumbers;
  readonly isVirtual?: (machine: MachineState) => boolean;
  /** The journal's entries of these machines were folded in the background. */
  readonly onFolded?: (vmcNos: Iterable<number>) => void;
}

/** @throws ThreadSilent if the journal thread does not answer, or the error that prevents its start */
export async function startJournal(
  file: string,
  workerFile: string | URL,
  fleet: Fleet,
  {
    stopped = null,
    shown = nothingRecorded.last,
    isVirtual = () => false,
    onFolded = () => undefined,
    ...options
  }: JournalStart,
): Promise<ServerJournal> {
  const client = new JournalClient(workerFile, options);
  try {
    return await start(client, await client.open(file), fleet, { stopped, shown, isVirtual, onFolded });
  } catch (error) {
    // Nobody else would end the thread. A thread that does not answer does not end either.
    const ended = client.close();
    if (!(error instanceof ThreadSilent)) await ended;
    throw error;
  }
}

async function start(
  client: JournalClient,
  opened: OpenResult,
  fleet: Fleet,
  {
    stopped,
    shown,
    isVirtual,
    onFolded,
  }: Required<Pick<JournalStart, 'stopped' | 'shown' | 'isVirtual' | 'onFolded'>>,
): Promise<ServerJournal> {
  let aside = client.state.status === 'open' ? client.state.aside : null;
  const inFile = opened.kind === 'open' ? opened.last : afterAnything();
  const last = newestOf(inFile, shown);
  const isSalvaging = opened.kind === 'open' && (await client.salvage().catch(() => true));
  const restored =
    opened.kind === 'open'
      ? await restoreFleet(storedFleet(client), fleet, { last: inFile.entry, isSalvaging })
      : new Set<number>();
  /** The known states are incomplete, so the next launch must not use them. */
  let isFolding = restored === null;
  const forgotten = new Set<number>();
  const entryLog = new EntryLog(fleet, last.entry, isVirtual);
  const checkpoints = new Checkpoints({
    machine: (vmcNo) => fleet.machine(vmcNo),
    lastEntry: () => entryLog.lastId,
    // A machine removed from the list is removed for the next launch too.
    keep: (vmcNo, entry, state) => {
      if (!isFolding) client.keepMachine(vmcNo, entry, state);
    },
  });
  checkpoints.now(restored ?? []);
  // A new file has no machine states, and the next launch would not know a silent machine.
  const saveMachines = (state: JournalStatus): void => {
    if (state.status !== 'open' || state.aside === aside) return;
    ({ aside } = state);
    checkpoints.now(fleet.machines.keys());
    void salvages.begin();
  };
  const salvages = new Salvages(client);
  client.onState(saveMachines);
  // Damage may be found while machine states are read.
  saveMachines(client.state);
  entryLog.onKept((entry) => client.add(entry));
  entryLog.onEntry((_entry, change) => {
    if (change === null) return;
    checkpoints.changed(change.vmcNo);
    if (change.replaced !== null) checkpoints.changed(change.replaced);
    if (change.faults.length > 0) client.keepFaults(change.faults);
    if (change.orders.length > 0) client.keepOrders(change.orders);
  });
  entryLog.onSettled(({ vmcNo, faults }) => {
    checkpoints.changed(vmcNo);
    client.keepFaults(faults);
  });
  if (opened.kind === 'open') await endOpenConnections(client, { fleet, entryLog, stopped });
  let isClosing = false;
  // If this is unreadable, the start continues anyway.
  const newest = client.isReadable ? await client.query('lastTime', null).catch(() => null) : null;
  const silent = newest === null ? 0 : Math.max(0, Date.now() - newest);
  const finding = { code: 'link.startedAnew', params: { ms: silent } } as const;
  for (const entry of remarksAway(fleet.machines.values(), finding, Date.now())) entryLog.record(entry);
  /** Entries of a damaged journal come first: they are folded with the others. */
  const finishLater = async (): Promise<void> => {
    await salvages.begin();
    if (!isFolding) return;
    const isRunning = (): boolean => !isClosing;
    const isForgotten = (vmcNo: number): boolean => forgotten.has(vmcNo);
    const folded = await foldLater({ journal: client, fleet, entryLog, isRunning, isForgotten });
    if (folded === null) return;
    isFolding = false;
    for (const { conn, vmcNo } of folded.connections.values())
      if (conn <= last.conn)
        entryLog.record({ kind: 'closed', at: newest ?? Date.now(), conn, vmcNo, reason: 'killed' });
    for (const vmcNo of [...folded.machines.keys(), ...forgotten]) checkpoints.changed(vmcNo);
    onFolded(folded.machines.keys());
  };
  const begun = { at: Math.min(Date.now(), (newest ?? Infinity) + day), uptime: uptime() };
  /**
   * If the clock is put forward, perhaps wrongly, entries do not become old. Nor do they if the clock is
   * wrong from the start: the newest entry counts as at most a day old.
   */
  const trustedNow = (): number => Math.min(Date.now(), begun.at + (uptime() - begun.uptime) * 1_000);
  let retaining: NodeJS.Timeout | undefined;
  const retain = async (limits: () => Retention): Promise<void> => {
    const { days, bytes } = limits();
    const at = trustedNow();
    const before = at - days * day;
    const through = client.isReadable
      ? await client.query('retain', { before, now: at, bytes }).catch(() => null)
      : null;
    if (through !== null) fleet.forgetOrdersThrough(through);
    // A scheduled check must not keep the thread alive.
    if (!isClosing)
      retaining = setTimeout(() => void retain(limits), through !== null ? retainPause : retainInterval);
  };
  // If the journal is unreadable now, the next start reads it.
  void finishLater().catch(() => undefined);
  return {
    client,
    entryLog,
    opened,
    last,
    forget: (vmcNo, faults) => {
      forgotten.add(vmcNo);
      // At once, and with the next checkpoint: only there do all states belong to one entry.
      client.keepMachine(vmcNo, 0, null);
      checkpoints.changed(vmcNo);
      client.keepFaults(faults);
    },
    keepWithin: (limits) => void retain(limits),
    settle: async () => {
      isClosing = true;
      salvages.stop();
      clearTimeout(retaining);
      checkpoints.stop();
      await client.settle();
    },
    close: () => client.close(),
  };
}

/**
 * Numbers above any in a journal that is unreadable now. If it becomes
 * readable, the new entries still fit after its own.
 */
function afterAnything(): LastNumbers {
  const now = Date.now();
  return { entry: now, conn: now, command: now, diagnosis: now, run: now, runMachine: now };
}

function newestOf(one: LastNumbers, other: LastNumbers): LastNumbers {
  return {
    entry: Math.max(one.entry, other.entry),
    conn: Math.max(one.conn, other.conn),
    command: Math.max(one.command, other.command),
    diagnosis: Math.max(one.diagnosis, other.diagnosis),
    run: Math.max(one.run, other.run),
    runMachine: Math.max(one.runMachine, other.runMachine),
  };
}

/**
 * Records the end of connections that were open when the last launch was killed or the
 * last thread died. These entries follow everything recorded before.
 */
async function endOpenConnections(
  journal: JournalClient,
  { fleet, entryLog, stopped }: { fleet: Fleet; entryLog: EntryLog; stopped: number | null },
): Promise<void> {
  if (fleet.connections.size === 0) return;
  const last = await journal.query('lastTime', null);
  const at = stopped === null ? (last ?? Date.now()) : Math.max(stopped, last ?? stopped);
  const reason = stopped === null ? 'killed' : 'serverStopped';
  for (const { conn, vmcNo } of fleet.connections.values())
    entryLog.record({ kind: 'closed', at, conn, vmcNo, reason });
}

/** The restore's questions, asked of the journal thread. */
const storedFleet = (client: JournalClient): StoredFleet => ({
  knownOrders: (limit) => client.query('knownOrders', { limit }),
  machines: () => client.query('machines', null),
  entries: async () => (await client.query('journalSize', undefined)).entries,
  setMachinesAside: (vmcNos) => client.query('setMachinesAside', { vmcNos }),
  namelessConnections: (upTo) => client.query('namelessConnections', { upTo }),
  entriesAfter: (after, limit) => client.query('entriesAfter', { after, limit }),
  connectionsOf: (vmcNos, upTo) => client.query('connectionsOf', { vmcNos, upTo }),
  entriesOf: (query) => client.query('entriesOf', query),
});
