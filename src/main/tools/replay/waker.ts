/** Waits for a time or for a wake call, whichever is first. */
export interface Timing {
  /** ms since 1970. */
  readonly now: () => number;
  /** Calls back after `ms`; returns the cancel function. */
  readonly after: (ms: number, then: () => void) => () => void;
}

/** Starts at the computer's time, then runs evenly even if the computer's clock is changed. */
const begun = Date.now() - performance.now();

export const systemTiming: Timing = {
  now: () => Math.round(begun + performance.now()),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** ms; timers reach 24 days at most. */
const longestTimer = 3_600_000;

export class Waker {
  readonly #timing: Timing;
  #wake: (() => void) | null = null;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  wake(): void {
    this.#wake?.();
  }

  /**
   * Checks `isReady` after each `wake` and at `dueAt` (ms since 1970; `Infinity`: never). Both callbacks get the same time. With two
   * readings of the clock, a due time between them would be missed. Only one caller waits at a time.
   */
  async until(isReady: (now: number) => boolean, dueAt: (now: number) => number): Promise<void> {
    for (let now = this.#timing.now(); !isReady(now); now = this.#timing.now()) {
      const ms = dueAt(now) - now;
      await new Promise<void>((resolve) => {
        const stop =
          ms === Infinity
            ? () => undefined
            : this.#timing.after(Math.min(longestTimer, Math.max(0, ms)), resolve);
        this.#wake = () => {
          stop();
          resolve();
        };
      });
      this.#wake = null;
    }
  }
}
