/** The machines of one journal of another site. The same fold as for live entries computes machines, errors and orders. */
import { EntryLog, type Change } from '../../core/state/entryLog';
import { Fleet } from '../../core/state/fleet';
import { readStored } from '../../core/state/readStored';
import { restoreFleet, type StoredFleet } from '../../core/state/restoreFleet';
import { keepOrder, unpacked, type PackedEntries, type ReadDetails } from '../../journal/api';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Folded, FoldSizes, States } from './calls';

/** [ours] Limits of one journal in memory: a site can make up numbers. It has at most as many offline machines and orders. */
export const foldLimits = { machines: 2_000, orders: 50_000 } as const;

export class Fold {
  readonly #fleet: Fleet;
  readonly #log: EntryLog;
  #faults = new Map<number, Fault>();
  #orders = new Map<string, OrderRecord>();
  /** Machines that changed since the last checkpoint, and since the last report. */
  #unwritten: Set<number>;
  #unreported: Set<number>;

  private constructor(fleet: Fleet, last: number, changed: ReadonlySet<number>) {
    this.#fleet = fleet;
    this.#unwritten = new Set(changed);
    this.#unreported = new Set(fleet.machines.keys());
    this.#log = new EntryLog(fleet, last);
    this.#log.onEntry((_entry, change) => {
      if (change !== null) this.#changed(change);
    });
  }

  static async restored(stored: StoredFleet, last: number): Promise<Fold> {
    const fleet = new Fleet({ kept: foldLimits.machines, orders: foldLimits.orders });
    const changed = await restoreFleet(stored, fleet, { last, isSalvaging: false });
    return new Fold(fleet, last, changed ?? new Set());
  }

  get sizes(): FoldSizes {
    const { machines, connections } = this.#fleet;
    return { machines: machines.size, connections: connections.size };
  }

  take(entries: PackedEntries, read: ReadDetails, isCheckpoint: boolean): Folded {
    for (const entry of unpacked(entries, read)) this.#log.take(readStored(entry));
    const [faults, orders] = [[...this.#faults.values()], [...this.#orders.values()]];
    this.#faults = new Map();
    this.#orders = new Map();
    return { ...this.sizes, faults, orders, states: isCheckpoint ? this.checkpoint() : [] };
  }

  #changed({ vmcNo, faults, orders, replaced }: Change): void {
    for (const one of replaced === null ? [vmcNo] : [vmcNo, replaced]) {
      this.#unwritten.add(one);
      this.#unreported.add(one);
    }
    for (const fault of faults) this.#faults.set(fault.id, fault);
    for (const order of orders) keepOrder(this.#orders, order);
  }

  checkpoint(): States {
    const states = this.#statesOf(this.#unwritten);
    this.#unwritten = new Set();
    return states;
  }

  report(): States {
    const states = this.#statesOf(this.#unreported);
    this.#unreported = new Set();
    return states;
  }

  forgetOrdersThrough(last: number): void {
    this.#fleet.forgetOrdersThrough(last);
  }

  #statesOf(vmcNos: ReadonlySet<number>): States {
    return [...vmcNos].flatMap((vmcNo) => {
      const machine = this.#fleet.machine(vmcNo);
      return machine === null ? [] : [{ vmcNo, state: JSON.stringify(machine) }];
    });
  }
}
