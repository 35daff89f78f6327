/** Calls a function at once, then at most once per interval, and once more after the last trigger. */
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
