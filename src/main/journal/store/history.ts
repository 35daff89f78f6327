/** The history tables: faults, orders and commands. A row is written again whenever it changes; the newest wins. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Command, CommandQuery } from '#shared/model/command';
import type { ClearedBy, Fault, FaultQuery, OrderQuery, OrderRecord } from '#shared/model/history';
import { boolOrNull, flag, numberOrNull, textOrNull, type Column, type Row } from './columns';

export class HistoryTables {
  readonly #db: DatabaseSyncInstance;
  readonly #fault: StatementSyncInstance;
  readonly #order: StatementSyncInstance;
  readonly #command: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.#db = db;
    this.#fault = db.prepare(
      `INSERT INTO faults (id, vmc_no, code, description, set_at, cleared_at, cleared_entry, cleared_by, times, is_fatal, is_persistent)
       VALUES (?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT (id) DO UPDATE SET description = excluded.description, cleared_at = excluded.cleared_at,
         cleared_entry = excluded.cleared_entry, cleared_by = excluded.cleared_by, times = excluded.times`,
    );
    this.#order = db.prepare('INSERT OR REPLACE INTO orders (id, vmc_no, order_no, body) VALUES (?,?,?,?)');
    this.#command = db.prepare(
      'INSERT OR REPLACE INTO commands (id, vmc_no, name, state, body) VALUES (?,?,?,?,?)',
    );
  }

  keepFault(fault: Fault): void {
    this.#fault.run(...faultColumns(fault));
  }

  keepOrder(order: OrderRecord): void {
    this.#order.run(order.entry, order.vmcNo, order.orderNo, JSON.stringify(order));
  }

  keepCommand(command: Command): void {
    const { id, vmcNo, name, state } = command;
    this.#command.run(id, vmcNo, name, state, JSON.stringify(command));
  }

  /** Newest first. */
  faults({ vmcNo, activeOnly, before, limit }: FaultQuery): readonly Fault[] {
    const conditions: string[] = [];
    const values: number[] = [];
    if (vmcNo !== null) {
      conditions.push('vmc_no = ?');
      values.push(vmcNo);
    }
    if (activeOnly) conditions.push('cleared_at IS NULL');
    if (before !== null) {
      conditions.push('(set_at, id) < (?, ?)');
      values.push(before.setAt, before.id);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = this.#db
      .prepare(`SELECT * FROM faults ${where} ORDER BY set_at DESC, id DESC LIMIT ?`)
      .all(...values, limit) as Row[];
    return rows.map(faultOf);
  }

  /** Newest first. */
  orders(query: OrderQuery): readonly OrderRecord[] {
    return this.#bodies('orders', query) as readonly OrderRecord[];
  }

  /** Newest first. */
  commands(query: CommandQuery): readonly Command[] {
    return this.#bodies('commands', query) as readonly Command[];
  }

  /** Queued or sent, oldest first. */
  openCommands(): readonly Command[] {
    const rows = this.#db
      .prepare(`SELECT body FROM commands WHERE state IN ('queued', 'sent') ORDER BY id`)
      .all() as Row[];
    return rows.map((row) => JSON.parse(String(row['body'])) as Command);
  }

  lastCommand(): number {
    const row = this.#db.prepare('SELECT max(id) AS id FROM commands').get() as Row;
    return Number(row['id'] ?? 0);
  }

  #bodies(table: 'orders' | 'commands', { vmcNo, before, limit }: OrderQuery): readonly unknown[] {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const rows = (
      vmcNo === null
        ? this.#db
            .prepare(`SELECT body FROM ${table} WHERE id < ? ORDER BY id DESC LIMIT ?`)
            .all(below, limit)
        : this.#db
            .prepare(`SELECT body FROM ${table} WHERE vmc_no = ? AND id < ? ORDER BY id DESC LIMIT ?`)
            .all(vmcNo, below, limit)
    ) as Row[];
    return rows.map((row) => JSON.parse(String(row['body'])) as unknown);
  }
}

function faultColumns(fault: Fault): Column[] {
  return [
    fault.id,
    fault.vmcNo,
    fault.code,
    fault.description,
    fault.setAt,
    fault.clearedAt,
    fault.clearedEntry,
    fault.clearedBy,
    fault.times,
    flag(fault.isFatal),
    flag(fault.isPersistent),
  ];
}

function faultOf(row: Row): Fault {
  return {
    id: Number(row['id']),
    vmcNo: Number(row['vmc_no']),
    code: String(row['code']),
    description: textOrNull(row['description']),
    setAt: Number(row['set_at']),
    clearedAt: numberOrNull(row['cleared_at']),
    clearedEntry: numberOrNull(row['cleared_entry']),
    clearedBy: row['cleared_by'] as ClearedBy | null,
    times: Number(row['times']),
    isFatal: boolOrNull(row['is_fatal']),
    isPersistent: boolOrNull(row['is_persistent']),
  };
}
