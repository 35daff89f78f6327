/**
 * What an earlier run knew of its machines: their states as they were written, and what came after them folded again. A state that
 * can't be used is set aside and folded again from all its entries, by the same fold as live.
 */
import { unknownPeer, type StoredEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { readMachine } from '#shared/model/stored';
import type { JournalClient } from '../../journal/api';
import { isOfMachine } from '../../core/state/closings';
import { Fleet } from '../../core/state/fleet';
import { ordersRemembered } from '../../core/state/knownOrders';
import { readStored } from '../../core/state/readStored';

const page = 5_000;
/** Entries that are folded before a machine is served: some tenths of a second. */
const foldedFirst = 20_000;

/**
 * `last`: the newest entry. Gives the machines whose states are other than those that were written; `null`: none is stored, and all entries are to be
 * folded later (foldLater.ts). `isSalvaging`: entries of a damaged journal are still to come.
 */
export async function restoreFleet(
  journal: JournalClient,
  fleet: Fleet,
  { last, isSalvaging }: { readonly last: number; readonly isSalvaging: boolean },
): Promise<ReadonlySet<number> | null> {
  const known = await journal.query('knownOrders', { limit: ordersRemembered });
  fleet.restoreOrders(known);
  const damaged: number[] = [];
  const whole: MachineState[] = [];
  let after = 0;
  const stored = await journal.query('machines', null);
  if (stored.length === 0) {
    const { entries } = await journal.query('size', null);
    if (isSalvaging || entries > foldedFirst) return null;
  }
  for (const { vmcNo, entry, state } of stored) {
    const machine = state === null ? null : readMachine(state);
    if (machine?.vmcNo !== vmcNo) damaged.push(vmcNo);
    else whole.push(machine);
    // Its entries may have been on their way when the run was killed.
    after = Math.max(after, Math.min(entry, last));
  }
  // Which of those that are offline went first counts where there are too many.
  for (const machine of whole.toSorted((a, b) => a.link.since - b.link.since)) fleet.restore(machine);
  if (damaged.length > 0) await journal.query('setMachinesAside', { vmcNos: damaged });
  const changed = new Set(damaged);
  if (damaged.length > 0) await foldAgain(journal, fleet, damaged, after);
  // Connections that had not said a number are in no machine's state.
  for (const entry of await journal.query('namelessConnections', { upTo: after }))
    if (!fleet.connections.has(entry.conn)) fleet.apply(readStored(entry));
  const next = (from: number): Promise<readonly StoredEntry[]> =>
    journal.query('entriesAfter', { after: from, limit: page });
  for await (const entries of pages(next, after)) {
    for (const entry of entries) {
      const applied = fleet.apply(readStored(entry));
      if (applied !== null) changed.add(applied.vmcNo);
    }
  }
  return changed;
}

/** Machines have been on connections under other numbers too: their entries are all read. */
async function foldAgain(
  journal: JournalClient,
  fleet: Fleet,
  vmcNos: readonly number[],
  upTo: number,
): Promise<void> {
  const scratch = new Fleet();
  const conns = await journal.query('connectionsOf', { vmcNos, upTo });
  const next = (after: number): Promise<readonly StoredEntry[]> =>
    journal.query('entriesOf', { conns, after, upTo, limit: page });
  for await (const entries of pages(next, 0)) {
    for (const stored of entries) {
      const entry = readStored(stored);
      const { id, at, conn } = entry;
      // Its beginning went with the oldest entries: whose ends it had is not known any more.
      if (entry.kind !== 'opened' && !isOfMachine(entry) && !scratch.connections.has(conn))
        scratch.apply({ kind: 'opened', id, at, conn, vmcNo: null, peer: unknownPeer });
      scratch.apply(entry);
    }
  }
  for (const vmcNo of vmcNos) {
    const machine = scratch.machine(vmcNo);
    if (machine !== null) fleet.restore(machine);
  }
}

async function* pages(
  next: (after: number) => Promise<readonly StoredEntry[]>,
  from: number,
): AsyncGenerator<readonly StoredEntry[]> {
  for (let after = from; ;) {
    const entries = await next(after);
    yield entries;
    after = entries.at(-1)?.id ?? after;
    if (entries.length < page) return;
  }
}
