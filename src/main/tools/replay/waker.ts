/** Waiting for a moment or for something to happen, whichever is first. */
export interface Timing {
  /** ms since 1970. */
  readonly now: () => number;
  /** Calls back after so many ms; gives the way to stop that. */
  readonly after: (ms: number, then: () => void) => () => void;
}

/** The computer's time as it is at first; from then on it goes evenly, though the computer's clock is set. */
const begun = Date.now() - performance.now();

export const systemTiming: Timing = {
  now: () => Math.round(begun + performance.now()),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** ms; timers go no further than 24 days. */
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
   * Asks again after each `wake`, and at `dueAt` (ms since 1970; `Infinity`: at no time). Both are asked about one moment: where it came
   * between two looks at the clock, it would be waited for by nobody. One waits at a time.
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
