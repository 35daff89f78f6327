/** Groups of entries with counts and statistics. */
import { foldCase } from '../filter/language/patterns';
import type { GroupValue } from '../filter/values';

/** More groups are refused: nobody reads them, and each needs memory. */
export const mostGroups = 20_000;

/** Of the numbers of a group. Without numbers, all but `count` and `sum` are `null`. */
export interface Statistic {
  /** Numbers, not entries: an entry can have none, or several. */
  readonly count: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  readonly sum: number;
}
export const statisticNames = ['count', 'min', 'median', 'p95', 'p99', 'max', 'sum'] as const;

export interface EntryGroup {
  /** One per name; `null`: the entries have no such value. */
  readonly values: readonly (GroupValue | null)[];
  /** Entries. */
  readonly count: number;
  /** ms since 1970 of the earliest and latest entry, and their ids. */
  readonly first: number;
  readonly firstId: number;
  readonly last: number;
  readonly lastId: number;
  /** One per requested number. */
  readonly stats: readonly Statistic[];
}

/** A question of a window for groups. */
export interface GroupsQuery {
  /** The run to continue; `null`: begin one. */
  readonly run: number | null;
  /** Names of values as in filters, see `valueNamed`. */
  readonly by: readonly string[];
  readonly stats: readonly string[];
  /** The largest groups of the answer. */
  readonly limit: number;
}

/** Groups of the entries that are done so far. */
export interface Groups {
  readonly run: number;
  readonly isDone: boolean;
  /** 0 to 1: the share of the journal that is done. */
  readonly share: number;
  readonly groups: readonly EntryGroup[];
  /** Number of all groups. */
  readonly size: number;
  readonly entries: number;
  /** See GroupTable. */
  readonly beyond: number;
  /** The machines of the journal, ascending; `null`: not done. */
  readonly machines: readonly number[] | null;
}

/** A growing list of numbers. */
class Numbers {
  #all = new Float64Array(16);
  #count = 0;

  add(number: number): void {
    if (this.#count === this.#all.length) {
      const more = new Float64Array(2 * this.#count);
      more.set(this.#all);
      this.#all = more;
    }
    this.#all[this.#count] = number;
    this.#count += 1;
  }

  get statistic(): Statistic {
    return statisticOf(this.#all.slice(0, this.#count));
  }
}

/**
 * Percentiles lie between two neighbours where no number has exactly that rank, as PERCENTILE.INC of a spreadsheet computes them.
 * Sorts the numbers.
 */
export function statisticOf(numbers: Float64Array): Statistic {
  const count = numbers.length;
  if (count === 0) return { count, min: null, median: null, p95: null, p99: null, max: null, sum: 0 };
  numbers.sort();
  const at = (share: number): number => {
    const rank = share * (count - 1);
    const low = numbers[Math.floor(rank)] ?? NaN;
    const high = numbers[Math.ceil(rank)] ?? NaN;
    return low === high ? low : low + (high - low) * (rank - Math.floor(rank));
  };
  return {
    count,
    min: at(0),
    median: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    sum: sumOf(numbers),
  };
}

/** Neumaier's sum: rounding errors do not add up. */
function sumOf(numbers: Float64Array): number {
  let [sum, rest] = [0, 0];
  for (const number of numbers) {
    const next = sum + number;
    rest += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sum = next;
  }
  return sum + rest;
}

class Gathered {
  readonly values: readonly (GroupValue | null)[];
  count = 0;
  first = Infinity;
  firstId = 0;
  last = -Infinity;
  lastId = 0;
  readonly numbers: readonly Numbers[];

  constructor(values: readonly (GroupValue | null)[], stats: number) {
    this.values = values;
    this.numbers = Array.from({ length: stats }, () => new Numbers());
  }

  add(id: number, at: number): void {
    this.count += 1;
    if (at < this.first || (at === this.first && id < this.firstId)) {
      this.first = at;
      this.firstId = id;
    }
    if (at > this.last || (at === this.last && id > this.lastId)) {
      this.last = at;
      this.lastId = id;
    }
  }
}

/** Collects entries into groups. Texts that differ only in case are one value, as in filters, and so are a number and its text. */
export class GroupTable {
  readonly #stats: number;
  readonly #groups = new Map<string, Gathered>();
  /** The last part of a group's key by value; most values come again. */
  readonly #keys = new Map<GroupValue, string>();
  /** Entries, each once. */
  entries = 0;
  /** Memberships of entries in groups that were not made. */
  beyond = 0;

  constructor(stats: number) {
    this.#stats = stats;
  }

  get size(): number {
    return this.#groups.size;
  }

  /** `values`: of the entry by name. It counts once in each combination. `numbers`: by statistic. */
  add(
    id: number,
    at: number,
    values: readonly (readonly GroupValue[])[],
    numbers: readonly (readonly number[])[],
  ): void {
    this.entries += 1;
    this.#addTo('', [], values, (group) => {
      group.add(id, at);
      numbers.forEach((some, i) => {
        for (const number of some) group.numbers[i]?.add(number);
      });
    });
  }

  #addTo(
    key: string,
    chosen: readonly (GroupValue | null)[],
    [first, ...rest]: readonly (readonly GroupValue[])[],
    count: (group: Gathered) => void,
  ): void {
    if (first === undefined) {
      const group = this.#group(key, chosen);
      if (group === null) this.beyond += 1;
      else count(group);
    } else if (first.length === 0) this.#addTo(`${key}\u0000-`, [...chosen, null], rest, count);
    else {
      const seen = new Set<string>();
      for (const value of first) {
        const part = this.#keyOf(value);
        if (first.length > 1 && seen.has(part)) continue;
        seen.add(part);
        this.#addTo(`${key}\u0000=${part}`, [...chosen, value], rest, count);
      }
    }
  }

  #keyOf(value: GroupValue): string {
    let key = this.#keys.get(value);
    if (key === undefined) {
      // The separator cannot be in it.
      key = foldCase(String(value)).replaceAll('\u0000', '\u0000.');
      if (this.#keys.size >= mostGroups) this.#keys.clear();
      this.#keys.set(value, key);
    }
    return key;
  }

  #group(key: string, values: readonly (GroupValue | null)[]): Gathered | null {
    let group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= mostGroups) return null;
      group = new Gathered(values, this.#stats);
      this.#groups.set(key, group);
    }
    return group;
  }

  /** The largest groups first; equal ones in the order of their first entries. */
  groups(limit: number = mostGroups): readonly EntryGroup[] {
    return [...this.#groups.values()]
      .toSorted((a, b) => b.count - a.count || a.first - b.first || a.firstId - b.firstId)
      .slice(0, limit)
      .map(({ values, count, first, firstId, last, lastId, numbers }) => ({
        values,
        count,
        first,
        firstId,
        last,
        lastId,
        stats: numbers.map(({ statistic }) => statistic),
      }));
  }
}

/** The known machines that are in none of the groups by machine, ascending. */
export function missingMachines(known: readonly number[], groups: readonly EntryGroup[]): readonly number[] {
  const found = new Set(groups.map(({ values }) => values[0]));
  return [...new Set(known)].filter((vmcNo) => !found.has(vmcNo)).toSorted((a, b) => a - b);
}
