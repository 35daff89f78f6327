/**
 * The history tables: faults, orders, commands and diagnoses. A changed
 * row is written again; the newest version wins.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { errorKey } from '#shared/errors/codes';
import type { Command, CommandQuery, CommandRequest } from '#shared/model/command';
import type { Diagnosis, DiagnosisQuery } from '#shared/model/diagnosis';
import {
  joinedRecord,
  type ClearedBy,
  type Fault,
  type FaultQuery,
  type KnownOrder,
  type OrderCounts,
  type OrderQuery,
  type OrderSearch,
  type OrderRecord,
} from '#shared/model/history';
import { readOrder } from '#shared/model/stored/order';
import { readCommand, readDiagnosis } from '#shared/model/stored/work';
import { isSoundRow, summed, summedColumns } from './checksum';
import {
  boolOrNull,
  eachRow,
  flag,
  numberOrNull,
  rowsOf,
  textOrNull,
  type Column,
  type Row,
} from './columns';
import type { DamagedRows } from './damaged';

export class HistoryTables {
  readonly #db: DatabaseSyncInstance;
  readonly #damaged: DamagedRows;
  readonly #fault: StatementSyncInstance;
  readonly #order: StatementSyncInstance;
  readonly #newOrder: StatementSyncInstance;
  readonly #orderAgain: StatementSyncInstance;
  readonly #knownOrder: StatementSyncInstance;
  readonly #command: StatementSyncInstance;
  readonly #diagnosis: StatementSyncInstance;
  /** The entry of the newest order stored here. */
  #lastOrder = 0;

  constructor(db: DatabaseSyncInstance, damaged: DamagedRows) {
    this.#db = db;
    this.#damaged = damaged;
    this.#fault = db.prepare(
      `INSERT INTO faults (id, vmc_no, code, description, set_at, cleared_at, cleared_entry, cleared_by, times, is_fatal, is_persistent, checksum)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT (id) DO UPDATE SET description = excluded.description, cleared_at = excluded.cleared_at,
         cleared_entry = excluded.cleared_entry, cleared_by = excluded.cleared_by, times = excluded.times,
         is_fatal = excluded.is_fatal, is_persistent = excluded.is_persistent, checksum = excluded.checksum`,
    );
    const order =
      'INTO orders (id, vmc_no, order_no, at, done_times, last_done, body, checksum) VALUES (?,?,?,?,?,?,?,?)';
    this.#order = db.prepare(`INSERT OR REPLACE ${order}`);
    this.#newOrder = db.prepare(`INSERT OR IGNORE ${order}`);
    // No indexed column changes. In JSON written by Crema, this text can only be that member.
    this.#orderAgain = db.prepare(
      `UPDATE orders SET done_times = ?, last_done = ?, body = ?, checksum = ?
       WHERE id = ? AND vmc_no = ? AND order_no = ? AND at = ? AND (? OR instr(body, '"isVirtual":true') = 0)`,
    );
    this.#knownOrder = db.prepare('SELECT * FROM orders WHERE vmc_no = ? AND order_no = ?');
    this.#command = db.prepare(
      'INSERT OR REPLACE INTO commands (id, vmc_no, name, state, body, checksum) VALUES (?,?,?,?,?,?)',
    );
    this.#diagnosis = db.prepare(
      'INSERT OR REPLACE INTO diagnoses (id, vmc_no, until, body, checksum) VALUES (?,?,?,?,?)',
    );
  }

  keepFault(fault: Fault): void {
    this.#fault.run(...faultColumns(fault));
  }

  /** Joins an order with its stored row if the machine's state had dropped the order. */
  keepOrder(order: OrderRecord): void {
    if (this.#isNewOrder(order) || (order.isWhole && this.#isOrderAgain(order))) return;
    const row = this.#knownOrder.get(order.vmcNo, order.orderNo) as Row | undefined;
    const before = row !== undefined && isSoundRow(row, summedColumns.orders) ? orderOf(row) : null;
    const known = before === null ? order : joinedRecord(before, order);
    if (before === null || !this.#isOrderAgain(known)) this.#order.run(...orderColumns(known));
  }

  /**
   * Inserts an order that is not stored yet. The attempt itself is the check, so only probably new orders are tried.
   */
  #isNewOrder(order: OrderRecord): boolean {
    if (order.entry <= this.#lastOrder) return false;
    this.#lastOrder = order.entry;
    return this.#newOrder.run(...orderColumns(order)).changes === 1;
  }

  /** Overwrites the stored row if the new one contains all of it. */
  #isOrderAgain(order: OrderRecord): boolean {
    const { entry, vmcNo, orderNo, at, doneTimes, lastDone, isVirtual } = order;
    const [body = null, sum = null] = orderColumns(order).slice(-2);
    return (
      this.#orderAgain.run(doneTimes, lastDone, body, sum, entry, vmcNo, orderNo, at, isVirtual ? 1 : 0)
        .changes === 1
    );
  }

  /** The newest `limit` orders, oldest first. */
  knownOrders(limit: number): readonly KnownOrder[] {
    const statement = this.#db.prepare(
      'SELECT id, vmc_no, order_no, at, done_times, last_done FROM orders ORDER BY id DESC LIMIT ?',
    );
    const rows = rowsOf(statement, limit);
    return rows.toReversed().map((row) => ({
      vmcNo: Number(row['vmc_no']),
      orderNo: String(row['order_no']),
      entry: Number(row['id']),
      at: Number(row['at']),
      doneTimes: Number(row['done_times']),
      lastDone: Number(row['last_done']),
    }));
  }

  keepCommand(command: Command): void {
    const { id, vmcNo, name, state } = command;
    this.#command.run(...summed(id, vmcNo, name, state, JSON.stringify(command)));
  }

  keepDiagnosis(diagnosis: Diagnosis): void {
    const { id, vmcNo, until } = diagnosis;
    this.#diagnosis.run(...summed(id, vmcNo, until, JSON.stringify(diagnosis)));
  }

  /** Newest first. */
  diagnoses({ vmcNo, limit }: DiagnosisQuery): readonly Diagnosis[] {
    const rows = eachRow(
      this.#db.prepare('SELECT * FROM diagnoses WHERE vmc_no = ? ORDER BY id DESC'),
      vmcNo,
    );
    return this.#read('diagnoses', rows, diagnosisOf, limit);
  }

  openDiagnoses(): readonly Diagnosis[] {
    const rows = eachRow(this.#db.prepare('SELECT * FROM diagnoses WHERE until IS NULL ORDER BY id'));
    return this.#read('diagnoses', rows, diagnosisOf, Infinity);
  }

  /** Newest first. */
  faults({ vmcNo, activeOnly, code = null, during = null, before, limit }: FaultQuery): readonly Fault[] {
    const conditions: string[] = [];
    const values: (number | string)[] = [];
    if (vmcNo !== null) {
      conditions.push('vmc_no = ?');
      values.push(vmcNo);
    }
    if (activeOnly) conditions.push('cleared_at IS NULL');
    if (code !== null) {
      conditions.push('code IN (SELECT value FROM json_each(?))');
      values.push(JSON.stringify(this.spellingsOf(code)));
    }
    if (during !== null) {
      conditions.push('set_at >= ?', 'set_at < ?');
      values.push(during.from, during.to);
    }
    if (before !== null) {
      conditions.push('(set_at, id) < (?, ?)');
      values.push(before.setAt, before.id);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = eachRow(
      this.#db.prepare(`SELECT * FROM faults ${where} ORDER BY set_at DESC, id DESC`),
      ...values,
    );
    return this.#read('faults', rows, faultOf, limit);
  }

  /** The code as machines spelled it. */
  spellingsOf(code: string): readonly string[] {
    const key = errorKey(code);
    return rowsOf(this.#db.prepare('SELECT DISTINCT code FROM faults'))
      .map((row) => String(row['code']))
      .filter((spelling) => errorKey(spelling) === key);
  }

  /** Newest sale first. */
  orders({ vmcNo, before, limit, during }: OrderQuery): readonly OrderRecord[] {
    const conditions = [
      ...(vmcNo === null ? [] : ['vmc_no = ?']),
      ...(before === null ? [] : ['(at, id) < (?, ?)']),
      ...(during === undefined ? [] : ['at >= ?', 'at < ?']),
    ];
    const values = [
      ...(vmcNo === null ? [] : [vmcNo]),
      ...(before === null ? [] : [before.at, before.entry]),
      ...(during === undefined ? [] : [during.from, during.to]),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = eachRow(
      this.#db.prepare(`SELECT * FROM orders ${where} ORDER BY at DESC, id DESC`),
      ...values,
    );
    return this.#read('orders', rows, orderOf, limit);
  }

  /** Newest sale first. */
  findOrders({ text, limit }: OrderSearch): readonly OrderRecord[] {
    const rows = eachRow(
      this.#db.prepare('SELECT * FROM orders WHERE instr(lower(order_no), ?) > 0 ORDER BY at DESC, id DESC'),
      text.toLowerCase(),
    );
    return this.#read('orders', rows, orderOf, limit);
  }

  /** Orders since `since` that their machines have reported as made or failed. */
  orderCounts(since: number): OrderCounts {
    const rows = rowsOf(
      this.#db.prepare(
        'SELECT vmc_no, count(*) AS orders FROM orders WHERE at >= ? AND done_times > 0 GROUP BY vmc_no',
      ),
      since,
    );
    return Object.fromEntries(rows.map((row) => [Number(row['vmc_no']), Number(row['orders'])]));
  }

  /** Newest first. */
  commands({ vmcNo, before, limit }: CommandQuery): readonly Command[] {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const select = (where: string) =>
      this.#db.prepare(`SELECT * FROM commands WHERE ${where} ORDER BY id DESC`);
    const rows =
      vmcNo === null
        ? eachRow(select('id < ?'), below)
        : eachRow(select('vmc_no = ? AND id < ?'), vmcNo, below);
    return this.#read('commands', rows, commandOf, limit);
  }

  /** The command of a request from another place; `unreadable`: it is damaged; `null`: none. */
  commandOfRequest({ vmcNo, request }: CommandRequest): Command | 'unreadable' | null {
    const select = (where: string) => this.#db.prepare(`SELECT * FROM commands WHERE ${where}`);
    const ofMachine = rowsOf(select('vmc_no = ? AND instr(body, ?) > 0'), vmcNo, request);
    // A damaged number leads to no machine, and the command must still be found.
    const rows = ofMachine.length > 0 ? ofMachine : rowsOf(select('instr(body, ?) > 0'), request);
    const found = this.#read('commands', rows, commandOf, Infinity);
    const asked = found.find(({ from }) => from?.request === request);
    if (asked !== undefined) return asked;
    const damaged: unknown = this.#db
      .prepare(`SELECT 1 FROM damaged WHERE kind = 'commands' AND instr(CAST(row AS TEXT), ?) > 0`)
      .get(request);
    return damaged === undefined ? null : 'unreadable';
  }

  /** The stored commands among these ids. */
  commandsOf(ids: readonly number[]): readonly Command[] {
    const one = this.#db.prepare('SELECT * FROM commands WHERE id = ?');
    const rows = ids.flatMap((id): readonly Row[] => rowsOf(one, id));
    return this.#read('commands', rows, commandOf, Infinity);
  }

  /** Queued or sent commands, and all commands given since `since`, oldest first. */
  openCommands({ since }: { readonly since: number }): readonly Command[] {
    const isOpen = `state IN ('queued', 'sent')`;
    const select = (where: string) =>
      eachRow(this.#db.prepare(`SELECT * FROM commands WHERE ${where} ORDER BY id DESC`));
    const open = this.#read('commands', select(isOpen), commandOf, Infinity);
    const closed = this.#read(
      'commands',
      select(`NOT ${isOpen}`),
      commandOf,
      Infinity,
      (command) => command.createdAt >= since,
    );
    return [...open, ...closed].toSorted((a, b) => a.id - b.id);
  }

  /** Includes unreadable rows: their numbers are never used again. */
  last(kind: 'commands' | 'diagnoses' | 'runs' | 'run_lines'): number {
    const row = this.#db
      .prepare(
        `SELECT max(id) AS id FROM (SELECT max(id) AS id FROM ${kind}
           UNION ALL SELECT max(id) FROM damaged WHERE kind = '${kind}')`,
      )
      .get() as Row;
    return Number(row['id'] ?? 0);
  }

  /**
   * Reads up to the first row that is not wanted. A page is filled even if some rows
   * are unreadable, because a short page means the last page.
   */
  #read<T>(
    kind: 'faults' | 'orders' | 'commands' | 'diagnoses',
    rows: Iterable<Row>,
    read: (row: Row) => T | null,
    limit: number,
    isWanted: (value: T) => boolean = () => true,
  ): readonly T[] {
    const found: T[] = [];
    const unread: number[] = [];
    for (const row of rows) {
      const value = isSoundRow(row, summedColumns[kind]) ? read(row) : null;
      if (value !== null && !isWanted(value)) break;
      if (value === null) unread.push(Number(row['id']));
      else found.push(value);
      if (found.length >= limit) break;
    }
    this.#damaged.setAside(kind, unread);
    return found;
  }
}

function faultColumns(fault: Fault): readonly Column[] {
  return summed(
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
  );
}

function orderColumns(order: OrderRecord): readonly Column[] {
  const { entry, vmcNo, orderNo, at, doneTimes, lastDone } = order;
  return summed(entry, vmcNo, orderNo, at, doneTimes, lastDone, JSON.stringify(order));
}

/** The columns repeat members of the body. */
function orderOf(row: Row): OrderRecord | null {
  const order = readOrder(String(row['body']));
  return order?.entry === row['id'] && order?.vmcNo === row['vmc_no'] ? order : null;
}

function commandOf(row: Row): Command | null {
  const command = readCommand(String(row['body']));
  if (command === null || command.id !== row['id'] || command.vmcNo !== row['vmc_no']) return null;
  return command.state === row['state'] ? command : null;
}

function diagnosisOf(row: Row): Diagnosis | null {
  const diagnosis = readDiagnosis(String(row['body']));
  if (diagnosis === null || diagnosis.id !== row['id'] || diagnosis.vmcNo !== row['vmc_no']) return null;
  return diagnosis.until === row['until'] ? diagnosis : null;
}

const endings: Readonly<Record<ClearedBy, true>> = {
  machine: true,
  clearerror: true,
  replaced: true,
  login: true,
  restart: true,
  forgotten: true,
  person: true,
};
const isEnding = (value: unknown): value is ClearedBy | null =>
  value === null || (typeof value === 'string' && Object.hasOwn(endings, value));

/** `null`: the end of the fault cannot be read. */
function faultOf(row: Row): Fault | null {
  const clearedBy = row['cleared_by'];
  if (
    clearedBy === undefined ||
    !isEnding(clearedBy) ||
    (clearedBy === null) !== (row['cleared_at'] === null)
  )
    return null;
  return {
    id: Number(row['id']),
    vmcNo: Number(row['vmc_no']),
    code: String(row['code']),
    description: textOrNull(row['description']),
    setAt: Number(row['set_at']),
    clearedAt: numberOrNull(row['cleared_at']),
    clearedEntry: numberOrNull(row['cleared_entry']),
    clearedBy,
    times: Number(row['times']),
    isFatal: boolOrNull(row['is_fatal']),
    isPersistent: boolOrNull(row['is_persistent']),
  };
}
