/** Rows of the history tables that changed and are not on disk yet. */
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import { joinedRecord, orderKey, type Fault, type OrderRecord } from '#shared/model/history';
import type { Run, RunMachine } from '#shared/model/run';
import type { Batch } from '../store/journalStore';

/**
 * Replaces the pending row of an order. If the state had dropped the start of an order,
 * the new row holds only the later part, so both rows are joined.
 */
export function keepOrder(orders: Map<string, OrderRecord>, order: OrderRecord): void {
  const key = orderKey(order);
  const before = order.isWhole ? undefined : orders.get(key);
  orders.set(key, before === undefined ? order : joinedRecord(before, order));
}

/** The newest version of each changed history row. */
export class ChangedRows {
  readonly faults = new Map<number, Fault>();
  readonly orders = new Map<string, OrderRecord>();
  readonly commands = new Map<number, Command>();
  readonly diagnoses = new Map<number, Diagnosis>();
  readonly runs = new Map<number, Run>();
  readonly runLines = new Map<number, RunMachine>();
  readonly machines = new Map<number, Batch['machines'][number]>();

  get size(): number {
    const { faults, orders, commands, diagnoses, runs, runLines, machines } = this;
    const ofRuns = runs.size + runLines.size;
    return faults.size + orders.size + commands.size + diagnoses.size + ofRuns + machines.size;
  }

  rows(): Omit<Batch, 'entries'> {
    return {
      faults: [...this.faults.values()],
      orders: [...this.orders.values()],
      commands: [...this.commands.values()],
      diagnoses: [...this.diagnoses.values()],
      runs: [...this.runs.values()],
      runLines: [...this.runLines.values()],
      machines: [...this.machines.values()],
    };
  }

  keepOrder(order: OrderRecord): void {
    keepOrder(this.orders, order);
  }

  /** Restores rows that could not be written, unless a newer version is pending. */
  refill(older: ChangedRows): void {
    fill(this.faults, older.faults);
    fill(this.orders, older.orders, keepOrder);
    fill(this.commands, older.commands);
    fill(this.diagnoses, older.diagnoses);
    fill(this.runs, older.runs);
    fill(this.runLines, older.runLines);
    fill(this.machines, older.machines);
  }
}

/** Older rows come first: an order is written before its later additions. */
function fill<K, T>(
  into: Map<K, T>,
  older: ReadonlyMap<K, T>,
  keep: (into: Map<K, T>, row: T, id: K) => void = (rows, row, id) => void rows.set(id, row),
): void {
  const newer = [...into];
  into.clear();
  for (const [id, row] of [...older, ...newer]) keep(into, row, id);
}
