/** Whether this computer's clock was set, or the computer slept. */

/** ms. Smaller changes affect no measurement, and the uptime has whole seconds. */
const smallest = 5_000;

/**
 * Detects that this computer's clock was set: clock and uptime, which also counts sleep,
 * drift apart. A clock that is adjusted gradually does not count.
 */
export class ClockWatch {
  #ahead: number | null = null;

  /**
   * ms by which the clock was put forward (or back, if negative) since the
   * last call; 0: it was not set. Both arguments in ms.
   */
  measure(now: number, uptime: number): number {
    const before = this.#ahead;
    this.#ahead = now - uptime;
    const by = before === null ? 0 : this.#ahead - before;
    return Math.abs(by) >= smallest ? by : 0;
  }
}

/** ms. Shorter sleep breaks no connection, and the uptime has whole seconds. */
const shortest = 5_000;

interface Clocks {
  readonly uptime: number;
  readonly ran: number;
}

/**
 * Detects that this computer slept. On Linux the clock of `performance` stops during sleep and the
 * uptime does not. On systems where both continue, only the system's own event shows it
 * (desktop/electron/system.ts). A changed clock or a blocked thread does not count as sleep.
 */
export class SleepWatch {
  readonly #now: () => number;
  #last: Clocks | null = null;
  #reportedAt = -Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** ms of sleep since the last call; 0: none. Both arguments in ms. */
  measure(uptime: number, ran: number): number {
    const last = this.#last;
    this.#last = { uptime, ran };
    const lost = last === null ? 0 : uptime - last.uptime - (ran - last.ran);
    return lost >= shortest ? lost : 0;
  }

  /** Returns true for a new sleep: both sources can report the same one. */
  accept(ms: number): boolean {
    if (ms < shortest) return false;
    const now = this.#now();
    const isNew = Math.abs(now - this.#reportedAt) >= shortest;
    this.#reportedAt = now;
    return isNew;
  }
}

/** ms within which a change of the clock is detected: the server checks once a second. */
const noticedWithin = 1_100;

/** True if `at` was noted after the clock was set, and so by the new clock. Such times need no correction. */
export const isSinceStep = (at: number, now: number): boolean => at <= now && at > now - noticedWithin;
