/** States of machines, one row per machine, and a row that notes through which entry removed machines are known. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { removedState } from '#shared/model/stored/machine';
import { isSoundRow, summed, summedColumns } from './checksum';
import { rowsOf } from './columns';

export interface KeptState {
  readonly vmcNo: number;
  /** The newest entry folded into the state. 0 if unknown: entries of a removed machine may then be folded again. */
  readonly entry: number;
  /** JSON. `null`: the machine was removed, or its state is unreadable. */
  readonly state: string | null;
}

export class MachineStates {
  readonly #db: DatabaseSyncInstance;
  readonly #keep: StatementSyncInstance;
  readonly #delete: StatementSyncInstance;
  readonly #deleteRemoved: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.#db = db;
    this.#keep = db.prepare(
      'INSERT OR REPLACE INTO machines (vmc_no, entry, state, checksum) VALUES (?,?,?,?)',
    );
    this.#delete = db.prepare('DELETE FROM machines WHERE vmc_no = ?');
    this.#deleteRemoved = db.prepare('DELETE FROM machines WHERE state = ?');
  }

  keep(machines: readonly KeptState[]): void {
    let removed: KeptState | null = null;
    for (const one of machines) {
      if (one.state !== null) this.#keep.run(...summed(one.vmcNo, one.entry, one.state));
      else {
        this.#delete.run(one.vmcNo);
        if (one.entry > (removed?.entry ?? 0)) removed = one;
      }
    }
    if (removed === null) return;
    // The newest is enough: it keeps the next launch from folding older entries, with which the machines would return.
    this.#deleteRemoved.run(removedState);
    this.#keep.run(...summed(removed.vmcNo, removed.entry, removedState));
  }

  all(): readonly KeptState[] {
    const rows = rowsOf(this.#db.prepare('SELECT * FROM machines'));
    return rows.map((row) => ({
      vmcNo: Number(row['vmc_no']),
      entry: Number(row['entry']),
      state: isSoundRow(row, summedColumns.machines) ? String(row['state']) : null,
    }));
  }
}
