/** The order of the recording thread's batches, and the questions that wait for one of them. */

/** ms that a question waits for its batch. */
const patience = 2_000;

export class BatchOrder {
  /** The number of the newest batch on disk. */
  #written = 0;
  readonly #waiting = new Set<{ readonly number: number; readonly resume: () => void }>();

  /** The file is open. Batches up to this number were written earlier, perhaps by another thread. */
  begin(written: number): void {
    this.took(Math.max(this.#written, written));
  }

  /** @throws Error if an earlier batch is not on disk: records keep their order */
  check(number: number): void {
    if (number > this.#written + 1) throw new Error('an earlier batch was refused');
  }

  /** The batch is on disk. */
  took(number: number): void {
    this.#written = number;
    for (const one of this.#waiting) if (one.number <= number) one.resume();
  }

  /** The batch, or a later one, is on disk. */
  has(number: number): boolean {
    return number <= this.#written;
  }

  /** Resolves when the batch is on disk or is no longer waited for. */
  wait(number: number): Promise<void> {
    return new Promise((resolve) => {
      const one = {
        number,
        resume: (): void => {
          clearTimeout(timer);
          this.#waiting.delete(one);
          resolve();
        },
      };
      const timer = setTimeout(one.resume, patience);
      this.#waiting.add(one);
    });
  }

  /** Waits no longer: the disk refuses, or the file is closed. */
  release(): void {
    for (const { resume } of this.#waiting) resume();
  }
}
