/** The history tables: faults, orders and commands. A row is written again whenever it changes; the newest wins. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Command, CommandQuery } from '#shared/model/command';
import type { ClearedBy, Fault, FaultQuery, OrderQuery, OrderRecord } from '#shared/model/history';
import { readCommand, readOrder } from '#shared/model/stored';
import { boolOrNull, flag, numberOrNull, textOrNull, type Column, type Row } from './columns';
import type { DamagedRows } from './damaged';

export class HistoryTables {
  readonly #db: DatabaseSyncInstance;
  readonly #damaged: DamagedRows;
  readonly #fault: StatementSyncInstance;
  readonly #order: StatementSyncInstance;
  readonly #command: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance, damaged: DamagedRows) {
    this.#db = db;
    this.#damaged = damaged;
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
      .prepare(`SELECT * FROM faults ${where} ORDER BY set_at DESC, id DESC`)
      .iterate(...values) as Iterable<Row>;
    return this.#read('faults', rows, faultOf, limit);
  }

  /** Newest first. */
  orders(query: OrderQuery): readonly OrderRecord[] {
    return this.#read('orders', this.#bodies('orders', query), orderOf, query.limit);
  }

  /** Newest first. */
  commands(query: CommandQuery): readonly Command[] {
    return this.#read('commands', this.#bodies('commands', query), commandOf, query.limit);
  }

  /** Queued or sent, oldest first. */
  openCommands(): readonly Command[] {
    const rows = this.#db
      .prepare(`SELECT * FROM commands WHERE state IN ('queued', 'sent') ORDER BY id`)
      .iterate() as Iterable<Row>;
    return this.#read('commands', rows, commandOf, Infinity);
  }

  /** Of one that can't be read too: its number is never given again. */
  lastCommand(): number {
    const row = this.#db
      .prepare(
        `SELECT max(id) AS id FROM (SELECT max(id) AS id FROM commands
           UNION ALL SELECT max(id) FROM damaged WHERE kind = 'commands')`,
      )
      .get() as Row;
    return Number(row['id'] ?? 0);
  }

  #bodies(table: 'orders' | 'commands', { vmcNo, before }: OrderQuery): Iterable<Row> {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const select = (where: string) =>
      this.#db.prepare(`SELECT * FROM ${table} WHERE ${where} ORDER BY id DESC`);
    return (
      vmcNo === null ? select('id < ?').iterate(below) : select('vmc_no = ? AND id < ?').iterate(vmcNo, below)
    ) as Iterable<Row>;
  }

  /** A page is full though some of its rows can't be read: whoever asks takes a shorter one for the last. */
  #read<T>(
    kind: 'faults' | 'orders' | 'commands',
    rows: Iterable<Row>,
    read: (row: Row) => T | null,
    limit: number,
  ): readonly T[] {
    const found: T[] = [];
    const unread: number[] = [];
    for (const row of rows) {
      const value = read(row);
      if (value === null) unread.push(Number(row['id']));
      else found.push(value);
      if (found.length >= limit) break;
    }
    this.#damaged.setAside(kind, unread);
    return found;
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

/** The columns say again what the body says. */
function orderOf(row: Row): OrderRecord | null {
  const order = readOrder(String(row['body']));
  return order?.entry === row['id'] && order?.vmcNo === row['vmc_no'] ? order : null;
}

function commandOf(row: Row): Command | null {
  const command = readCommand(String(row['body']));
  if (command === null || command.id !== row['id'] || command.vmcNo !== row['vmc_no']) return null;
  return command.state === row['state'] ? command : null;
}

const endings: ReadonlySet<unknown> = new Set<ClearedBy | null>([
  'machine',
  'clearerror',
  'restart',
  'forgotten',
  null,
]);

/** `null`: what ended it can't be read. */
function faultOf(row: Row): Fault | null {
  const clearedBy = row['cleared_by'];
  if (!endings.has(clearedBy) || (clearedBy === null) !== (row['cleared_at'] === null)) return null;
  return {
    id: Number(row['id']),
    vmcNo: Number(row['vmc_no']),
    code: String(row['code']),
    description: textOrNull(row['description']),
    setAt: Number(row['set_at']),
    clearedAt: numberOrNull(row['cleared_at']),
    clearedEntry: numberOrNull(row['cleared_entry']),
    clearedBy: clearedBy as ClearedBy | null,
    times: Number(row['times']),
    isFatal: boolOrNull(row['is_fatal']),
    isPersistent: boolOrNull(row['is_persistent']),
  };
}
