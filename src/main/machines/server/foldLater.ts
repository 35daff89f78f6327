/**
 * Folds a journal without stored machine states while machines are being served. The folding
 * runs apart from the fleet, which takes over the result. Entries recorded meanwhile are
 * folded too, so the result is the same as with folding first.
 */
import type { Entry } from '#shared/model/frame';
import type { JournalClient } from '../../journal/api';
import type { EntryLog } from '../../core/state/entryLog';
import { Fleet } from '../../core/state/fleet';
import { ordersRemembered } from '../../core/state/knownOrders';
import { readStored } from '../../core/state/readStored';

/** Entries folded per step: some ms on the thread that answers machines. */
const page = 200;
/** ms between attempts while the disk rejects new entries. */
const refusedPause = 1_000;

export interface FoldLaterParts {
  readonly journal: JournalClient;
  readonly fleet: Fleet;
  readonly entryLog: EntryLog;
  /** False: the server is stopping. */
  readonly isRunning: () => boolean;
  /** The machine was removed from the list meanwhile. */
  readonly isForgotten: (vmcNo: number) => boolean;
}

/**
 * Returns the machines that the fleet took over, and the connections still open then; `null`: the server is stopping.
 */
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
  /**
   * Entries recorded since the end of the journal came near, and the newest
   * entry before them; `null`: it is not near yet.
   */
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
    // No await from here on: the fleet has folded everything recorded so far.
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
