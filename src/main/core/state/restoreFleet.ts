/**
 * Restores the machines of an earlier launch: stored states, plus later entries folded again. An unusable state is
 * moved aside and folded again from all its entries, with the same function as live entries.
 */
import { unknownPeer, type StoredEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { readMachine, removedState } from '#shared/model/stored/machine';
import type { KnownOrder } from '#shared/model/history';
import { isOfMachine } from './closings';
import { Fleet } from './fleet';
import { ordersRemembered } from './knownOrders';
import { readStored } from './readStored';

const page = 5_000;
/** Entries folded before machines are served: some tenths of a second. */
const foldedFirst = 20_000;

type Soon<T> = T | Promise<T>;

/** The journal's questions that a restore asks (journal/store/journalStore.ts). */
export interface StoredFleet {
  readonly knownOrders: (limit: number) => Soon<readonly KnownOrder[]>;
  /** Machine states as JSON; `null`: unreadable. */
  readonly machines: () => Soon<
    readonly { readonly vmcNo: number; readonly entry: number; readonly state: string | null }[]
  >;
  readonly entries: () => Soon<number>;
  readonly setMachinesAside: (vmcNos: readonly number[]) => Soon<unknown>;
  readonly namelessConnections: (upTo: number) => Soon<readonly StoredEntry[]>;
  readonly entriesAfter: (after: number, limit: number) => Soon<readonly StoredEntry[]>;
  readonly connectionsOf: (vmcNos: readonly number[], upTo: number) => Soon<readonly number[]>;
  readonly entriesOf: (query: {
    readonly conns: readonly number[];
    readonly after: number;
    readonly upTo: number;
    readonly limit: number;
  }) => Soon<readonly StoredEntry[]>;
}

/**
 * `last`: the newest entry. Returns the machines whose states differ from the stored ones; `null`: no states are
 * stored, so all entries are folded later (foldLater.ts). `isSalvaging`: entries of a damaged journal are still
 * missing.
 */
export async function restoreFleet(
  journal: StoredFleet,
  fleet: Fleet,
  { last, isSalvaging }: { readonly last: number; readonly isSalvaging: boolean },
): Promise<ReadonlySet<number> | null> {
  const known = await journal.knownOrders(ordersRemembered);
  fleet.restoreOrders(known);
  const damaged: number[] = [];
  const whole: MachineState[] = [];
  let after = 0;
  const stored = await journal.machines();
  if (stored.length === 0) {
    if (isSalvaging || (await journal.entries()) > foldedFirst) return null;
  }
  for (const { vmcNo, entry, state } of stored) {
    if (state !== removedState) {
      const machine = state === null ? null : readMachine(state);
      if (machine?.vmcNo !== vmcNo) damaged.push(vmcNo);
      else whole.push(machine);
    }
    // Its entries may not have been written when the process was killed.
    after = Math.max(after, Math.min(entry, last));
  }
  // The order matters: if there are too many machines, those offline for longest are dropped first.
  for (const machine of whole.toSorted((a, b) => a.link.since - b.link.since)) fleet.restore(machine);
  if (damaged.length > 0) await journal.setMachinesAside(damaged);
  const changed = new Set(damaged);
  if (damaged.length > 0) await foldAgain(journal, fleet, damaged, after);
  // Connections without a number are not in any machine's state.
  for (const entry of await journal.namelessConnections(after))
    if (!fleet.connections.has(entry.conn)) fleet.apply(readStored(entry));
  const next = (from: number): Soon<readonly StoredEntry[]> => journal.entriesAfter(from, page);
  for await (const entries of pages(next, after)) {
    for (const entry of entries) {
      const applied = fleet.apply(readStored(entry));
      if (applied === null) continue;
      changed.add(applied.vmcNo);
      if (applied.replaced !== null) changed.add(applied.replaced);
    }
  }
  return changed;
}

/** Reads all entries of these machines' connections, also under other numbers. */
async function foldAgain(
  journal: StoredFleet,
  fleet: Fleet,
  vmcNos: readonly number[],
  upTo: number,
): Promise<void> {
  const scratch = new Fleet();
  const conns = await journal.connectionsOf(vmcNos, upTo);
  const next = (after: number): Soon<readonly StoredEntry[]> =>
    journal.entriesOf({ conns, after, upTo, limit: page });
  for await (const entries of pages(next, 0)) {
    for (const stored of entries) {
      const entry = readStored(stored);
      const { id, at, conn } = entry;
      // The start of the connection was deleted with the oldest entries, so its two ends are unknown.
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
  next: (after: number) => Soon<readonly StoredEntry[]>,
  from: number,
): AsyncGenerator<readonly StoredEntry[]> {
  for (let after = from; ;) {
    const entries = await next(after);
    yield entries;
    after = entries.at(-1)?.id ?? after;
    if (entries.length < page) return;
  }
}
