/** Collects the frame rows for one window between two batches. */
import type { FrameRow } from '#shared/model/frame';

/** A batch contains all rows up to this number. */
export const rowsPerBatch = 300;
/** Of more rows, a batch contains only this many, the newest: more than a screen shows. The journal has the rest. */
export const rowsWhenOver = 100;

export class FramesFeed {
  /** Functions that make the rows, so that only rows that are sent are made. */
  #rows: (() => FrameRow)[] = [];
  #skipped = 0;

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  add(row: () => FrameRow): void {
    this.#rows.push(row);
    if (this.#rows.length > 2 * rowsPerBatch) this.#trim();
  }

  /** Returns the rows to send, oldest first, and the number of skipped older rows. */
  take(): { readonly rows: readonly FrameRow[]; readonly skipped: number } {
    this.#trim();
    const batch = { rows: this.#rows.map((row) => row()), skipped: this.#skipped };
    this.#rows = [];
    this.#skipped = 0;
    return batch;
  }

  #trim(): void {
    if (this.#rows.length + this.#skipped <= rowsPerBatch) return;
    const over = Math.max(0, this.#rows.length - rowsWhenOver);
    this.#rows.splice(0, over);
    this.#skipped += over;
  }
}
