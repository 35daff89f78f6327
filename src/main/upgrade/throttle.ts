/** Says something at once, then at most every so many ms, and never leaves the last change unsaid. */
export class Throttle {
  readonly #interval: number;
  readonly #run: () => void;
  #timer: NodeJS.Timeout | null = null;
  #due = false;

  constructor(interval: number, run: () => void) {
    this.#interval = interval;
    this.#run = run;
  }

  trigger(): void {
    if (this.#timer !== null) {
      this.#due = true;
      return;
    }
    this.#run();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#due) return;
      this.#due = false;
      this.trigger();
    }, this.#interval);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = false;
  }
}
