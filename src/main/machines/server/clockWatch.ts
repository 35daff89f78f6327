/**
 * Detects that this computer's clock was set: clock and uptime, which also counts sleep,
 * drift apart. A clock that is adjusted gradually does not count.
 */

/** ms. Smaller changes affect no measurement, and the uptime has whole seconds. */
const smallest = 5_000;

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
