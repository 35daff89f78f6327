/** Waiting for a moment or for something to happen, whichever is first. */
export interface Timing {
  /** ms since 1970. */
  readonly now: () => number;
  /** Calls back after so many ms; gives the way to stop that. */
  readonly after: (ms: number, then: () => void) => () => void;
}

export const systemTiming: Timing = {
  now: Date.now,
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

  /** Asks again after each `wake`, and at `dueAt` (ms since 1970; `Infinity`: at no time). One waits at a time. */
  async until(isReady: () => boolean, dueAt: () => number): Promise<void> {
    while (!isReady()) {
      const ms = dueAt() - this.#timing.now();
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
