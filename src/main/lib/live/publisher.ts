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
  type ValueOf,
  type ValuePart,
} from '#shared/contract/live';
import type { LiveSnapshot } from '#shared/contract/replica';
import { PublishedTable, type TableSource } from './table';

const interval = 100;
/** After a batch with more changes of a part, the part waits `manyInterval` ms: nobody reads rows any faster. */
const many = 50;
const manyInterval = 1_000;

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
  /** Changed values, as functions that read them. */
  readonly #values = new Map<ValuePart, () => unknown>();
  readonly #news = new Map<NewsPart, Map<string | number, unknown>>();
  /** ms of the monotonic clock before which a part is not sent again. */
  readonly #waiting = new Map<LivePart, number>();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    for (const part of livePartsOf('table')) {
      const source = parts.tables?.[part] as TableSource<never> | undefined;
      if (source !== undefined) this.#tables.set(part, new PublishedTable<never>(live[part], source));
    }
  }

  /** The value differs. */
  changed(part: ValuePart): void {
    this.#mark(part, () => this.#parts.values()[part]?.());
  }

  /** A value that has no other place. */
  set<P extends ValuePart>(part: P, value: ValueOf<P>): void {
    this.#mark(part, () => value);
  }

  #mark(part: ValuePart, read: () => unknown): void {
    this.#values.set(part, read);
    this.schedule();
  }

  /** Changed rows of a history. */
  add<P extends NewsPart>(part: P, rows: readonly RowOf<P>[]): void {
    if (rows.length === 0) return;
    const known = this.#news.get(part) ?? new Map<string | number, unknown>();
    this.#news.set(part, known);
    const keyOf = live[part].key as (row: RowOf<P>) => string | number;
    for (const row of rows) known.set(keyOf(row), row);
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
    if (this.#isStopped) return;
    this.#timer ??= setTimeout(() => this.flush(), interval);
  }

  flush(): void {
    this.#parts.send(this.take());
  }

  /** The changes since the last batch, except parts that wait. `only`: of these parts. */
  take(only: readonly LivePart[] | null = null): LiveBatch {
    this.#clearTimer();
    const now = performance.now();
    const takes = (part: LivePart): boolean =>
      (only?.includes(part) ?? true) && now >= (this.#waiting.get(part) ?? -Infinity);
    const batch: { [P in LivePart]?: unknown } = {};
    this.#takeValues(batch, now, only);
    for (const [part, table] of this.#tables) {
      const change = takes(part) ? table.take(now) : null;
      if (change === null) continue;
      batch[part] = change;
      this.#wait(part, countOf(change), now);
    }
    for (const [part, rows] of this.#news) {
      if (!takes(part)) continue;
      batch[part] = [...rows.values()];
      this.#news.delete(part);
    }
    if (this.#isWaiting) this.schedule();
    return batch as LiveBatch;
  }

  #takeValues(batch: { [P in LivePart]?: unknown }, now: number, only: readonly LivePart[] | null): void {
    for (const [part, read] of this.#values) {
      if (only?.includes(part) === false) continue;
      // A list that has become short again does not wait.
      const length = this.#parts.lengths?.[part]?.() ?? 0;
      if (length > many && now < (this.#waiting.get(part) ?? -Infinity)) continue;
      batch[part] = read();
      this.#values.delete(part);
      this.#wait(part, length, now);
    }
  }

  #wait(part: LivePart, count: number, now: number): void {
    if (count > many) this.#waiting.set(part, now + manyInterval);
    else this.#waiting.delete(part);
  }

  get #isWaiting(): boolean {
    if (this.#values.size + this.#news.size > 0) return true;
    for (const table of this.#tables.values()) if (table.isWaiting) return true;
    return false;
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

const countOf = ({ removed = [], rows = [], patches = [], touched }: TableChange<never>): number =>
  removed.length + rows.length + patches.length + (touched?.keys.length ?? 0);
