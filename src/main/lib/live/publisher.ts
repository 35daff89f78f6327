/**
 * Sends the changes of a thread's live parts (shared/contract/live.ts) at most every 100 ms. The owner of a part marks
 * what changed, and the marked rows are read for the batch. So the cost depends on how many rows differ, not on how often they changed.
 */
import {
  live,
  livePartsOf,
  type LiveBatch,
  type LivePart,
  type NewsPart,
  type RowOf,
  type TableChange,
  type TablePart,
  type Touched,
  type ValueOf,
  type ValuePart,
} from '#shared/contract/live';
import type { LiveSnapshot } from '#shared/contract/replica';
import { countOf, Pauses, PublishedValues, type Batch } from './values';

const interval = 100;
export interface PublisherParts {
  /** The current values. A part without an entry is given to `set`. */
  readonly values: () => { readonly [P in ValuePart]?: () => ValueOf<P> };
  /** Lengths of the lists in values that can be long. They wait as tables do. */
  readonly lengths?: { readonly [P in ValuePart]?: () => number };
  readonly tables?: { readonly [P in TablePart]?: TableSource<RowOf<P>> };
  /** `batch` can be empty. */
  readonly send: (batch: LiveBatch) => void;
}

export class Publisher {
  readonly #parts: PublisherParts;
  readonly #tables = new Map<TablePart, PublishedTable<never>>();
  readonly #pauses = new Pauses();
  readonly #values: PublishedValues;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#values = new PublishedValues(this.#pauses, (part) => parts.lengths?.[part]?.() ?? 0);
    for (const part of livePartsOf('table')) {
      const source = parts.tables?.[part] as TableSource<never> | undefined;
      if (source !== undefined) this.#tables.set(part, new PublishedTable<never>(live[part], source));
    }
  }

  /** The value differs. */
  changed(part: ValuePart): void {
    this.#values.mark(part, () => this.#parts.values()[part]?.());
    this.schedule();
  }

  /** A value that has no other place. */
  set<P extends ValuePart>(part: P, value: ValueOf<P>): void {
    this.#values.mark(part, () => value);
    this.schedule();
  }

  /** Changed rows of a history. */
  add<P extends NewsPart>(part: P, rows: readonly RowOf<P>[]): void {
    if (rows.length === 0) return;
    this.#values.add(part, rows);
    this.schedule();
  }

  /** The row differs, or is new. It is read for the batch. */
  rowChanged(part: TablePart, key: number): void {
    this.#table(part).mark(key);
    this.schedule();
  }

  /** Only quiet members of the row differ. */
  touched(part: TablePart, key: number): void {
    this.#table(part).touch(key, performance.now());
    this.schedule();
  }

  /** Rows that have no other place. */
  put<P extends TablePart>(part: P, rows: readonly RowOf<P>[]): void {
    const keyOf = live[part].key as (row: RowOf<P>) => number;
    for (const row of rows) this.#table(part).mark(keyOf(row), row as never);
    this.schedule();
  }

  remove(part: TablePart, keys: readonly number[]): void {
    for (const key of keys) this.#table(part).remove(key);
    this.schedule();
  }

  /** Sends a batch within 100 ms, even an empty one: the sender adds something to it. */
  schedule(): void {
    if (!this.#isStopped) this.#timer ??= setTimeout(() => this.flush(), interval);
  }

  flush(): void {
    this.#parts.send(this.take());
  }

  /** The changes since the last batch, except parts that wait. `only`: of these parts. */
  take(only: readonly LivePart[] | null = null): LiveBatch {
    this.#clearTimer();
    const now = performance.now();
    const batch: Batch = {};
    for (const [part, table] of this.#tables) {
      const isTaken = only?.includes(part) !== false && !this.#pauses.has(part, now);
      const change = isTaken ? table.take(now) : null;
      if (change === null) continue;
      batch[part] = change;
      this.#pauses.begin(part, countOf(change), now);
    }
    this.#values.take(batch, now, only);
    if (this.#values.isWaiting || [...this.#tables.values()].some(({ isWaiting }) => isWaiting))
      this.schedule();
    return batch as LiveBatch;
  }

  /** Everything that can be read. Later batches contain the changes after it, so the reader must get it. */
  snapshot(): Partial<LiveSnapshot> {
    const now = performance.now();
    const values = Object.entries(this.#parts.values()).map(([part, read]) => [part, read()] as const);
    const tables = [...this.#tables].map(([part, table]) => [part, table.snapshot(now)] as const);
    return Object.fromEntries([...values, ...tables]);
  }

  /** No batch is sent any more. */
  stop(): void {
    this.#isStopped = true;
    this.#clearTimer();
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #table(part: TablePart): PublishedTable<never> {
    const table = this.#tables.get(part);
    if (table === undefined) throw new Error(`another thread owns the table ${part}`);
    return table;
  }
}

/** Minimum ms between two changes of a row if only quiet members differ. */
export const quietInterval = 1_000;
const slotLength = 100; // ms: touched rows that are due within one slot are sent together

export interface TableSource<Row> {
  readonly all: () => readonly Row[];
  /** A row that is marked without being handed over; `null`: there is none. */
  readonly row?: (key: number) => Row | null;
  /** Its quiet members. */
  readonly quiet?: (key: number) => Partial<Row> | null;
}

interface Sent<Row> {
  /** Its quiet members can be older than the last ones sent. */
  row: Row;
  /** ms: when it was sent, and the slot in which its quiet members are sent; `null`: they were. */
  at: number;
  slot: number | null;
}

export class PublishedTable<Row extends object> {
  readonly #keyOf: (row: Row) => number;
  readonly #quiet: readonly (keyof Row)[];
  readonly #source: TableSource<Row>;
  /** `null`: the row is read when it is sent. */
  readonly #marked = new Map<number, Row | null>();
  readonly #removed = new Set<number>();
  readonly #sent = new Map<number, Sent<Row>>();
  /** Keys of touched rows, by the start (ms) of their slot. They are not examined before. */
  readonly #slots = new Map<number, number[]>();

  constructor(
    { key, quiet }: { readonly key: (row: Row) => number; readonly quiet: readonly (keyof Row)[] },
    source: TableSource<Row>,
  ) {
    this.#keyOf = key;
    this.#quiet = quiet;
    this.#source = source;
  }

  mark(key: number, row: Row | null = null): void {
    this.#marked.set(key, row);
  }

  touch(key: number, now: number): void {
    const sent = this.#sent.get(key);
    if (sent === undefined) this.#marked.set(key, null);
    else this.#delay(key, sent, now);
  }

  remove(key: number): void {
    this.#marked.delete(key);
    this.#sent.delete(key);
    this.#removed.add(key);
  }

  get isWaiting(): boolean {
    return this.#marked.size + this.#removed.size + this.#slots.size > 0;
  }

  /** All rows. Later changes are those after it. */
  snapshot(now: number): readonly Row[] {
    const rows = this.#source.all();
    this.#marked.clear();
    this.#slots.clear();
    this.#sent.clear();
    for (const row of rows) {
      const key = this.#keyOf(row);
      this.#removed.delete(key);
      this.#sent.set(key, { row, at: now, slot: null });
    }
    return rows;
  }

  /** The changes since the last batch; `null`: there are none to send now. */
  take(now: number): TableChange<Row> | null {
    const rows: Row[] = [];
    const patches: (readonly [number, Partial<Row>])[] = [];
    for (const [key, given] of this.#marked) {
      const row = given ?? this.#source.row?.(key) ?? null;
      if (row === null) continue;
      const sent = this.#sent.get(key);
      const members = sent === undefined ? 'all' : this.#changed(sent.row, row);
      if (sent !== undefined && members === null) {
        if (this.#quiet.length > 0) this.#delay(key, sent, now);
        continue;
      }
      if (members === 'all') rows.push(row);
      else if (members !== null) patches.push([key, members]);
      this.#sent.set(key, { row, at: now, slot: null });
    }
    this.#marked.clear();
    const removed = [...this.#removed];
    this.#removed.clear();
    const touched = this.#touched(now);
    if (rows.length + patches.length + removed.length + touched.keys.length === 0) return null;
    return {
      ...(removed.length > 0 && { removed }),
      ...(rows.length > 0 && { rows }),
      ...(patches.length > 0 && { patches }),
      ...(touched.keys.length > 0 && { touched }),
    };
  }

  /** The changed members with the quiet ones; `all`: the rows have different members; `null`: only quiet ones differ. */
  #changed(before: Row, row: Row): Partial<Row> | 'all' | null {
    if (before === row) return null;
    const names = Object.keys(row) as (keyof Row)[];
    if (names.length !== Object.keys(before).length) return 'all';
    const members: Partial<Row> = {};
    let isChanged = false;
    for (const name of names) {
      if (!Object.hasOwn(before, name)) return 'all';
      const isQuiet = this.#quiet.includes(name);
      if (!isQuiet && isSame(before[name], row[name])) continue;
      members[name] = row[name];
      isChanged ||= !isQuiet;
    }
    return isChanged ? members : null;
  }

  #delay(key: number, sent: Sent<Row>, now: number): void {
    if (sent.slot !== null) return;
    sent.slot = Math.floor(Math.max(now, sent.at + quietInterval) / slotLength) * slotLength;
    const keys = this.#slots.get(sent.slot);
    if (keys === undefined) this.#slots.set(sent.slot, [key]);
    else keys.push(key);
  }

  /** Quiet members of the slots that have begun. */
  #touched(now: number): Touched {
    const keys: number[] = [];
    const columns = this.#quiet.map((): unknown[] => []);
    for (const [slot, due] of this.#slots) {
      if (slot > now) continue;
      this.#slots.delete(slot);
      for (const key of due) {
        const sent = this.#sent.get(key);
        // The members were sent with another change meanwhile, or the row was removed.
        if (sent?.slot !== slot) continue;
        sent.slot = null;
        const members = this.#source.quiet?.(key) ?? null;
        if (members === null) continue;
        sent.at = now;
        keys.push(key);
        for (const [nr, member] of this.#quiet.entries()) columns[nr]?.push(members[member]);
      }
    }
    return { keys, columns };
  }
}

/** Nested members are few and short. */
const isSame = (before: unknown, now: unknown): boolean =>
  before === now ||
  (typeof before === 'object' && typeof now === 'object' && JSON.stringify(before) === JSON.stringify(now));
