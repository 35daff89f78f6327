/** Number of entries that match a filter: one answer for list counter, time strip, files and command line. Times are ms since 1970. */
import { isInRole } from '../messages/lookup';
import type { Direction } from './frame';

/** A time span with exclusive end, divided into bins of equal width. */
export interface BinSpan {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Counts by bin; `errors`: entries with which a machine reports an error. */
export interface Bars {
  readonly entries: readonly number[];
  readonly errors: readonly number[];
}

/** A partial count without estimates: entries not counted yet are in none of the numbers. */
export interface FrameCount {
  /** Matches newer than the requested id, up to `last`, and within the span of the bins. */
  readonly count: number;
  /** `null`: no bins requested. */
  readonly bars: Bars | null;
  /** The id for the rest of the count; `null`: complete. */
  readonly next: number | null;
  /** The newest entry tested. Later entries are not counted yet. */
  readonly last: number;
  /** The newest entry that exists. */
  readonly newest: number;
  /** The latest time of the tested entries; `null`: no entries, or complete. */
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

/** Counts entries in total and by bin. */
export class BinCounter {
  count = 0;
  readonly bars: { readonly entries: number[]; readonly errors: number[] } | null;
  readonly #bins: BinSpan | null;

  constructor(bins: BinSpan | null) {
    this.#bins = bins;
    const zeros = (): number[] => Array.from({ length: bins?.count ?? 0 }, () => 0);
    this.bars = bins === null ? null : { entries: zeros(), errors: zeros() };
  }

  /** `null`: outside the span. 0 without bins. */
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
