/** What changed in the history tables and is not on disk yet. */
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import { joinedRecord, orderKey, type Fault, type OrderRecord } from '#shared/model/history';
import type { Run, RunLine } from '#shared/model/run';
import type { Batch } from '../store/journalStore';

/**
 * An order instead of what was to be written of it. Of one whose beginning was let go only what came since is said: where that was let
 * go in its turn, both are put together.
 */
export function keepOrder(orders: Map<string, OrderRecord>, order: OrderRecord): void {
  const key = orderKey(order);
  const before = order.isWhole ? undefined : orders.get(key);
  orders.set(key, before === undefined ? order : joinedRecord(before, order));
}

/** Rows of the history tables, newest of each. */
export class ChangedRows {
  readonly faults = new Map<number, Fault>();
  readonly orders = new Map<string, OrderRecord>();
  readonly commands = new Map<number, Command>();
  readonly diagnoses = new Map<number, Diagnosis>();
  readonly runs = new Map<number, Run>();
  readonly runLines = new Map<number, RunLine>();
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

  /** Takes back what could not be written, unless there is something newer. */
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

/** What is older comes first: an order and what was added to it later are written in this order. */
function fill<K, T>(
  into: Map<K, T>,
  older: ReadonlyMap<K, T>,
  keep: (into: Map<K, T>, row: T, id: K) => void = (rows, row, id) => void rows.set(id, row),
): void {
  const newer = [...into];
  into.clear();
  for (const [id, row] of [...older, ...newer]) keep(into, row, id);
}
