/**
 * Keeps the journal: every entry is written to disk, and a new run starts from the state of the last one. Machine states are written as
 * checkpoints now and then; after a crash the entries since the last one are folded again, by the same fold as live.
 */
import type { Fault } from '#shared/model/history';
import type { JournalStatus, Retention } from '#shared/model/journal';
import type { MachineState } from '#shared/model/machine';
import type { OpenResult } from '../journal/client/calls';
import { JournalClient } from '../journal/client/journalClient';
import type { LastNumbers } from '../journal/store/journalStore';
import type { Fleet } from '../session/fleet';
import { EntryLog } from '../session/entryLog';
import { ordersRemembered } from '../session/knownOrders';
import { readStored } from '../session/readStored';

const checkpointInterval = 30_000;
const replayPage = 5_000;
/** ms between checks of the journal's limits, and between two deletions while it is over them. */
const retainInterval = 60_000;
const retainPause = 100;

export interface Kept {
  readonly journal: JournalClient;
  readonly entryLog: EntryLog;
  readonly opened: OpenResult;
  readonly last: LastNumbers;
  /** Removes the machine, so that the next run does not restore it, and ends its open faults. */
  readonly forget: (vmcNo: number, faults: readonly Fault[]) => void;
  /** Keeps the file within these limits from now on. */
  readonly keepWithin: (limits: () => Retention) => void;
  readonly close: () => Promise<void>;
}

/** `onError`: the journal's thread died of a bug; it is started again. */
export async function keepJournal(
  file: string,
  workerFile: string | URL,
  fleet: Fleet,
  onError: (error: Error) => void,
): Promise<Kept> {
  const journal = new JournalClient(workerFile, { onError });
  const opened = await journal.open(file);
  let aside = journal.state.status === 'open' ? journal.state.aside : null;
  const last = opened.kind === 'open' ? opened.last : afterAnything();
  if (opened.kind === 'open') await restore(journal, fleet);
  const entryLog = new EntryLog(fleet, last.entry);
  // A new file holds no machine states, and a machine that stays silent would be unknown to the next run.
  const saveMachines = (state: JournalStatus): void => {
    if (state.status !== 'open' || state.aside?.file === aside?.file) return;
    ({ aside } = state);
    for (const [vmcNo, machine] of fleet.machines)
      journal.keepMachine(vmcNo, entryLog.lastId, JSON.stringify(machine));
  };
  journal.onState(saveMachines);
  // Damage may be found while the machine states are read.
  saveMachines(journal.state);
  const changed = new Set<number>();
  entryLog.onEntry((entry, change) => {
    if (change !== null) changed.add(change.vmcNo);
    journal.add(entry);
    if (change === null) return;
    journal.keepFaults(change.faults);
    journal.keepOrders(change.orders);
  });
  entryLog.onSettled(({ vmcNo, faults }) => {
    changed.add(vmcNo);
    journal.keepFaults(faults);
  });
  endOpenConnections(fleet, entryLog);
  const checkpoint = (): void => {
    for (const vmcNo of changed) {
      const machine = fleet.machine(vmcNo);
      // A machine taken off the list is taken out of the next run too.
      journal.keepMachine(vmcNo, entryLog.lastId, machine === null ? null : JSON.stringify(machine));
    }
    changed.clear();
  };
  const timer = setInterval(checkpoint, checkpointInterval);
  let retaining: NodeJS.Timeout | undefined;
  let isClosing = false;
  const retain = async (limits: () => Retention): Promise<void> => {
    const { days, bytes } = limits();
    const before = Date.now() - days * 86_400_000;
    const through = journal.isReadable
      ? await journal.query('retain', { before, bytes }).catch(() => null)
      : null;
    if (through !== null) fleet.forgetOrdersThrough(through);
    // A look that was on its way must not keep the thread alive.
    if (!isClosing)
      retaining = setTimeout(() => void retain(limits), through !== null ? retainPause : retainInterval);
  };
  return {
    journal,
    entryLog,
    opened,
    last,
    forget: (vmcNo, faults) => {
      journal.keepMachine(vmcNo, entryLog.lastId, null);
      journal.keepFaults(faults);
    },
    keepWithin: (limits) => void retain(limits),
    close: async () => {
      isClosing = true;
      clearInterval(timer);
      clearTimeout(retaining);
      checkpoint();
      await journal.close();
    },
  };
}

/** Numbers beyond any in a journal that can't be read now: when it can, this run's entries still fit behind its own. */
function afterAnything(): LastNumbers {
  const now = Date.now();
  return { entry: now, conn: now, command: now };
}

async function restore(journal: JournalClient, fleet: Fleet): Promise<void> {
  fleet.restoreOrders(await journal.query('knownOrders', { limit: ordersRemembered }));
  let after = 0;
  for (const { entry, state } of await journal.query('machines', null)) {
    if (state !== null) fleet.restore(JSON.parse(state) as MachineState);
    after = Math.max(after, entry);
  }
  for (;;) {
    const page = await journal.query('entriesAfter', { after, limit: replayPage });
    for (const entry of page) fleet.apply(readStored(entry));
    after = page.at(-1)?.id ?? after;
    if (page.length < replayPage) return;
  }
}

/** Records the end of connections that were open when the last run was killed. */
function endOpenConnections(fleet: Fleet, entryLog: EntryLog): void {
  const now = Date.now();
  for (const { conn, vmcNo, since } of fleet.connections.values()) {
    const at = Math.min(now, fleet.machine(vmcNo)?.lastHeard ?? since);
    entryLog.record({ kind: 'closed', at, conn, vmcNo, reason: 'shutdown' });
  }
}
