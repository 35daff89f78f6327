/** A table of a publisher: marked rows, and the rows sent last. */
import type { TableChange, Touched } from '#shared/contract/live';

/** Minimum ms between two changes of a row if only quiet members differ. */
export const quietInterval = 1_000;
/** ms. Touched rows that are due within one slot are sent together. */
const slotLength = 100;

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
  /** ms */
  at: number;
  /** The slot (ms) in which its quiet members are sent; `null`: they were. */
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
