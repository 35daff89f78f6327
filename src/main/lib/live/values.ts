/** The parts of a publisher that are not tables: values, and changed rows of histories. */
import {
  live,
  type LivePart,
  type NewsPart,
  type RowOf,
  type TableChange,
  type ValuePart,
} from '#shared/contract/live';

/** A batch in the making. */
export type Batch = { [P in LivePart]?: unknown };

export const countOf = ({ removed = [], rows = [], patches = [], touched }: TableChange<never>): number =>
  removed.length + rows.length + patches.length + (touched?.keys.length ?? 0);

/** After a batch with more changes of a part, the part waits `manyInterval` ms: nobody reads rows any faster. */
const many = 50;
const manyInterval = 1_000;

/** Parts with many changes, and the ms of the monotonic clock before which they are not sent again. */
export class Pauses {
  readonly #until = new Map<LivePart, number>();

  /** `length`: of a list, which does not wait once it is short again. */
  has(part: LivePart, now: number, length = Infinity): boolean {
    return length > many && now < (this.#until.get(part) ?? -Infinity);
  }

  /** After a batch with this number of changes of the part. */
  begin(part: LivePart, count: number, now: number): void {
    if (count > many) this.#until.set(part, now + manyInterval);
    else this.#until.delete(part);
  }
}

export class PublishedValues {
  readonly #pauses: Pauses;
  /** Changed values, as functions that read them. */
  readonly #values = new Map<ValuePart, () => unknown>();
  readonly #news = new Map<NewsPart, Map<string | number, unknown>>();
  readonly #lengthOf: (part: ValuePart) => number;

  /** `lengthOf`: the length of a list that can be long. */
  constructor(pauses: Pauses, lengthOf: (part: ValuePart) => number) {
    this.#pauses = pauses;
    this.#lengthOf = lengthOf;
  }

  get isWaiting(): boolean {
    return this.#values.size + this.#news.size > 0;
  }

  mark(part: ValuePart, read: () => unknown): void {
    this.#values.set(part, read);
  }

  /** Changed rows of a history. */
  add<P extends NewsPart>(part: P, rows: readonly RowOf<P>[]): void {
    const known = this.#news.get(part) ?? new Map<string | number, unknown>();
    this.#news.set(part, known);
    const keyOf = live[part].key as (row: RowOf<P>) => string | number;
    for (const row of rows) known.set(keyOf(row), row);
  }

  /** Adds the changes since the last batch, except parts that wait. */
  take(batch: Batch, now: number, only: readonly LivePart[] | null): void {
    for (const [part, read] of this.#values) {
      if (only?.includes(part) === false) continue;
      const length = this.#lengthOf(part);
      if (this.#pauses.has(part, now, length)) continue;
      batch[part] = read();
      this.#values.delete(part);
      this.#pauses.begin(part, length, now);
    }
    for (const [part, rows] of this.#news) {
      if (only?.includes(part) === false || this.#pauses.has(part, now)) continue;
      batch[part] = [...rows.values()];
      this.#news.delete(part);
    }
  }
}
