/** How many entries a filter lets through: the answer that list counter, time strip, files and command line share. Times are ms since 1970. */
import { isInRole } from '../messages/lookup';
import type { Direction } from './frame';

/** A span of time, its end not included, cut into bins of equal width. */
export interface BinSpan {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** By bin; `errors`: those of the entries with which a machine reports an error. */
export interface Bars {
  readonly entries: readonly number[];
  readonly errors: readonly number[];
}

/** Nothing in it is estimated: what was not counted yet is in none of the numbers. */
export interface FrameCount {
  /** Among those newer than the id it was asked with, up to `last`, and within the span of the bins. */
  readonly count: number;
  /** `null`: no bins were asked for. */
  readonly bars: Bars | null;
  /** Ask with this id for the rest; `null`: that was all. */
  readonly next: number | null;
  /** The newest entry that was looked at: what comes later is not counted yet. */
  readonly last: number;
  /** The newest entry there is. */
  readonly newest: number;
  /** The latest time among the entries that were looked at; `null`: there were none, or that was all. */
  readonly until: number | null;
}

/** Whether an entry of this kind reports an error of its machine. `cmd` without outer blanks. */
export const reportsError = ({
  dir,
  cmd,
}: {
  readonly dir?: Direction | null;
  readonly cmd?: string | null | undefined;
}): boolean => dir === 'in' && isInRole(cmd ?? null, 'fault');

/** Adds up entries, in all and by bins. */
export class BinCounter {
  count = 0;
  readonly bars: { readonly entries: number[]; readonly errors: number[] } | null;
  readonly #bins: BinSpan | null;

  constructor(bins: BinSpan | null) {
    this.#bins = bins;
    const zeros = (): number[] => Array.from({ length: bins?.count ?? 0 }, () => 0);
    this.bars = bins === null ? null : { entries: zeros(), errors: zeros() };
  }

  /** `null`: outside of the span. 0 where there are no bins. */
  bin(at: number): number | null {
    if (this.#bins === null) return 0;
    const { from, to, count } = this.#bins;
    return at < from || at >= to
      ? null
      : Math.min(count - 1, Math.floor(((at - from) / (to - from)) * count));
  }

  add(bin: number, entries: number, errors: number): void {
    this.count += entries;
    if (this.bars === null) return;
    this.bars.entries[bin] = (this.bars.entries[bin] ?? 0) + entries;
    this.bars.errors[bin] = (this.bars.errors[bin] ?? 0) + errors;
  }
}
