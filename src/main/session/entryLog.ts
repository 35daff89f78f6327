/**
 * Numbers every entry, folds it into the fleet and passes it to the listeners, so that display, journal and exports get the same
 * entries in the same order.
 */
import type { Entry, NewEntry } from '#shared/model/frame';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import { numbered } from './copies';
import { faultChanges } from './faults';
import type { Fleet } from './fleet';
import { orderChanges } from './orders';

/** What one entry changed: the machine before (null: new) and after it, and the faults it set, repeated or cleared. */
export interface Change {
  readonly vmcNo: number;
  readonly before: MachineState | null;
  readonly after: MachineState;
  readonly faults: readonly Fault[];
  /** Orders it opened or changed. */
  readonly orders: readonly OrderRecord[];
}
export type EntryListener = (entry: Entry, change: Change | null) => void;

export class EntryLog {
  readonly #fleet: Fleet;
  readonly #listeners: EntryListener[] = [];
  #lastId: number;

  /** `lastId`: the newest id already in the journal. */
  constructor(fleet: Fleet, lastId = 0) {
    this.#fleet = fleet;
    this.#lastId = lastId;
  }

  record(entry: NewEntry): Entry {
    this.#lastId += 1;
    const recorded = numbered(entry, this.#lastId);
    const number = this.#fleet.machineOf(recorded);
    const before =
      recorded.kind === 'frame'
        ? this.#fleet.machineBefore(number, recorded.message.body, recorded.id)
        : this.#fleet.machine(number);
    const vmcNo = this.#fleet.apply(recorded);
    const after = this.#fleet.machine(vmcNo);
    const change =
      vmcNo === null || after === null
        ? null
        : {
            vmcNo,
            before,
            after,
            faults: faultChanges(before, after, recorded),
            orders: orderChanges(before, after),
          };
    for (const listener of this.#listeners) listener(recorded, change);
    return recorded;
  }

  get lastId(): number {
    return this.#lastId;
  }

  onEntry(listener: EntryListener): void {
    this.#listeners.push(listener);
  }
}
