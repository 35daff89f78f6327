/** Rows of frames on their way to one window, between two batches. */
import type { FrameRow } from '#shared/model/frame';

/** So many are shown of what passes: all of them. */
export const rowsPerBatch = 300;
/** Of more than that the newest, more than fit on a screen: nobody reads 3,000 a second. All are kept in the journal. */
export const rowsWhenOver = 100;

export class FramesFeed {
  /** Made when they are sent: of many only a few are. */
  #rows: (() => FrameRow)[] = [];
  #skipped = 0;

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  add(row: () => FrameRow): void {
    this.#rows.push(row);
    if (this.#rows.length > 2 * rowsPerBatch) this.#trim();
  }

  /** What is to be sent now, oldest first; `skipped` older ones are not. */
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
