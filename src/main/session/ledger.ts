/**
 * Numbers every entry, folds it into the fleet and tells whoever listens. What is shown, what is kept and what is sent on all
 * see the same entries in the same order.
 */
import type { Entry, NewEntry } from '#shared/model/frame';
import type { Fleet } from './fleet';

export type LedgerListener = (entry: Entry, changedMachine: number | null) => void;

export class Ledger {
  readonly #fleet: Fleet;
  readonly #listeners: LedgerListener[] = [];
  #lastId: number;

  /** `lastId`: the newest id already in the journal. */
  constructor(fleet: Fleet, lastId = 0) {
    this.#fleet = fleet;
    this.#lastId = lastId;
  }

  record(entry: NewEntry): Entry {
    this.#lastId += 1;
    const numbered: Entry = { id: this.#lastId, ...entry };
    const changed = this.#fleet.apply(numbered);
    for (const listener of this.#listeners) listener(numbered, changed);
    return numbered;
  }

  onEntry(listener: LedgerListener): void {
    this.#listeners.push(listener);
  }
}
