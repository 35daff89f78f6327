/**
 * Numbers and keeps every entry, folds it into the fleet and passes it to the listeners. Display, journal and exports therefore get the
 * same entries in the same order.
 */
import type { Entry, NewEntry } from '#shared/model/frame';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import { frameEntry, recordOf } from './copies';
import { faultChanges } from './faults';
import type { Applied, Fleet } from './fleet';

/** The effect of one entry, with the faults that it set, repeated or cleared. */
export interface Change extends Omit<Applied, 'orders'> {
  readonly faults: readonly Fault[];
  /** Orders that it opened or changed. */
  readonly orders: readonly OrderRecord[];
}
export type EntryListener = (entry: Entry, change: Change | null) => void;

const none: readonly OrderRecord[] = [];

export class EntryLog {
  readonly #fleet: Fleet;
  readonly #keepers: ((entry: Entry) => void)[] = [];
  readonly #listeners: EntryListener[] = [];
  readonly #settledListeners: ((change: Change) => void)[] = [];
  /** Machines with errors that may end soon. */
  readonly #ending = new Set<number>();
  readonly #isVirtual: (machine: MachineState) => boolean;
  /** Entries that are kept but not folded yet, oldest first. */
  readonly #unfolded: Entry[] = [];
  #lastId: number;

  /** `lastId`: the newest id already in the journal. */
  constructor(fleet: Fleet, lastId = 0, isVirtual: (machine: MachineState) => boolean = () => false) {
    this.#fleet = fleet;
    this.#lastId = lastId;
    this.#isVirtual = isVirtual;
  }

  /** Keeps and folds an entry. */
  record(entry: NewEntry): Entry {
    const recorded = this.#keep(entry);
    this.fold();
    this.#foldOne(recorded);
    return recorded;
  }

  /** Folds an entry of another journal, which keeps its number. The number must be higher than the last one. */
  take(entry: Entry): void {
    this.#lastId = entry.id;
    this.#foldOne(entry);
  }

  /** Numbers an entry and passes it to the keepers. Afterwards it cannot be lost, so a frame may be answered before it is folded. */
  keep(entry: NewEntry): Entry {
    const kept = this.#keep(entry);
    this.#unfolded.push(kept);
    return kept;
  }

  #keep(entry: NewEntry): Entry {
    this.#lastId += 1;
    const kept = numbered(entry, this.#lastId);
    for (const keeper of this.#keepers) keeper(kept);
    return kept;
  }

  /** Folds the kept entries. */
  fold(): void {
    for (let next = this.#unfolded.shift(); next !== undefined; next = this.#unfolded.shift())
      this.#foldOne(next);
  }

  #foldOne(recorded: Entry): void {
    const applied = this.#fleet.apply(recorded);
    const change = applied === null ? null : this.#changeOf(applied, recorded);
    if (change?.after.errors.some(({ ending }) => ending !== null) === true) this.#ending.add(change.vmcNo);
    for (const listener of this.#listeners) listener(recorded, change);
  }

  #changeOf({ vmcNo, before, after, orders, replaced }: Applied, entry: Entry): Change {
    return {
      vmcNo,
      before,
      after,
      faults: faultChanges(before, after, entry),
      orders:
        orders.length === 0 ? none : orders.map((order) => recordOf(order, vmcNo, this.#isVirtual(after))),
      replaced,
    };
  }

  /** Ends errors that no message has set again in time. */
  settle(now: number): void {
    for (const vmcNo of this.#ending) {
      const before = this.#fleet.machine(vmcNo);
      this.#fleet.settle(vmcNo, now);
      const after = this.#fleet.machine(vmcNo);
      if (after?.errors.some(({ ending }) => ending !== null) !== true) this.#ending.delete(vmcNo);
      if (before === null || after === null || before === after) continue;
      const faults = faultChanges(before, after, null);
      const change = { vmcNo, before, after, faults, orders: none, replaced: null };
      for (const listener of this.#settledListeners) listener(change);
    }
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** The keeper receives each entry before it is folded. */
  onKept(keeper: (entry: Entry) => void): void {
    this.#keepers.push(keeper);
  }

  onEntry(listener: EntryListener): void {
    this.#listeners.push(listener);
  }

  /** The listener receives changes that end something without an entry of their own. */
  onSettled(listener: (change: Change) => void): void {
    this.#settledListeners.push(listener);
  }
}

/** Gives all entries of a kind the same V8 shape, whatever their origin. Code that meets many shapes stays slow. */
function numbered(entry: NewEntry, id: number): Entry {
  const { at, conn, vmcNo } = entry;
  switch (entry.kind) {
    case 'opened':
      return { kind: 'opened', at, conn, vmcNo, peer: entry.peer, id };
    case 'closed':
      return { kind: 'closed', at, conn, vmcNo, reason: entry.reason, id };
    case 'finding':
      return { kind: 'finding', at, conn, vmcNo, finding: entry.finding, id };
    case 'junk':
      return { kind: 'junk', at, conn, vmcNo, bytes: entry.bytes, findings: entry.findings, id };
    case 'frame':
      return frameEntry(entry, id, entry);
  }
}
