/** Numbers of imported entries, in runs (../store/originals.ts). */
import type { Original } from '#shared/model/frame';

export interface OriginalRun {
  readonly entry: number;
  readonly last: number;
  readonly number: number;
  readonly journal: string | null;
}

/** Limit of a run's entries, so that the index finds the runs that have a number. */
export const longestRun = 1_024;

/** Collects the numbers of entries, which come in order, into runs. */
export class OriginalRuns {
  #runs: OriginalRun[] = [];

  add(entry: number, { id, journal }: Original): void {
    if (id === null) return;
    const before = this.#runs.at(-1);
    const follows =
      before !== undefined &&
      before.last + 1 === entry &&
      before.number + entry - before.entry === id &&
      before.journal === journal &&
      entry - before.entry < longestRun;
    if (follows) this.#runs[this.#runs.length - 1] = { ...before, last: entry };
    else this.#runs.push({ entry, last: entry, number: id, journal });
  }

  /** Returns the runs and forgets them. */
  take(): readonly OriginalRun[] {
    const runs = this.#runs;
    this.#runs = [];
    return runs;
  }
}
