/**
 * Folds a journal of which no machine's state is stored while machines are served: apart from the fleet, which then takes over what came of it. As
 * what is recorded meanwhile is folded too, each machine is then as if all had been folded first.
 */
import type { Entry } from '#shared/model/frame';
import type { JournalClient } from '../../journal/api';
import type { EntryLog } from '../../core/state/entryLog';
import { Fleet } from '../../core/state/fleet';
import { ordersRemembered } from '../../core/state/knownOrders';
import { readStored } from '../../core/state/readStored';

/** Entries that are folded in one go: some ms, in the thread that answers machines. */
const page = 200;
/** ms until the disk is asked again that refuses what was recorded meanwhile. */
const refusedPause = 1_000;

export interface FoldLaterParts {
  readonly journal: JournalClient;
  readonly fleet: Fleet;
  readonly entryLog: EntryLog;
  /** False: the run ends. */
  readonly isRunning: () => boolean;
  /** It was taken off the list meanwhile. */
  readonly isForgotten: (vmcNo: number) => boolean;
}

/** Gives the machines that the fleet took over, and the connections that are still open then; `null`: the run ends. */
export async function foldLater({
  journal,
  fleet,
  entryLog,
  isRunning,
  isForgotten,
}: FoldLaterParts): Promise<Pick<Fleet, 'machines' | 'connections'> | null> {
  const apart = new Fleet({ kept: Infinity });
  apart.restoreOrders(await journal.query('knownOrders', { limit: ordersRemembered }));
  let after = 0;
  /** Recorded since the end of the journal came near, and the newest entry before them; `null`: it is not near yet. */
  let near: { readonly since: number; readonly entries: Entry[] } | null = null;
  let isFolded = false;
  entryLog.onKept((entry) => {
    if (!isFolded) near?.entries.push(entry);
  });
  while (isRunning()) {
    const entries = await journal.query('entriesAfter', { after, limit: page });
    for (const entry of entries) apart.apply(readStored(entry));
    after = entries.at(-1)?.id ?? after;
    if (entries.length === page) continue;
    if (journal.state.status !== 'open') {
      await new Promise((resolve) => setTimeout(resolve, refusedPause).unref());
      continue;
    }
    near ??= { since: entryLog.lastId, entries: [] };
    if (after < near.since && entries.length > 0) continue;
    // From here on nothing is awaited: what is recorded, the fleet has folded.
    isFolded = true;
    entryLog.fold();
    for (const entry of near.entries) if (entry.id > after) apart.apply(entry);
    near = null;
    for (const machine of apart.machines.values()) if (!isForgotten(machine.vmcNo)) fleet.restore(machine);
    fleet.keepWithin();
    return apart;
  }
  return null;
}
