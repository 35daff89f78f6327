/** Says something at once, then at most every so many ms, and never leaves the last change unsaid. */
export class Pace {
  readonly #interval: number;
  readonly #say: () => void;
  #timer: NodeJS.Timeout | null = null;
  #due = false;

  constructor(interval: number, say: () => void) {
    this.#interval = interval;
    this.#say = say;
  }

  touch(): void {
    if (this.#timer !== null) {
      this.#due = true;
      return;
    }
    this.#say();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#due) return;
      this.#due = false;
      this.touch();
    }, this.#interval);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = false;
  }
}
