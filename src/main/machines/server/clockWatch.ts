/**
 * Notices that the clock of this computer was set: it and the uptime, which sleep does not stop, go apart. A clock that is made to go a
 * little faster or slower is not set.
 */

/** ms. Less is no matter for anything that is measured, and the uptime is told in whole seconds. */
const smallest = 5_000;

export class ClockWatch {
  #ahead: number | null = null;

  /** ms by which it was put forward since it was looked at last, or back where it is negative; 0: it was not set. Both in ms. */
  look(now: number, uptime: number): number {
    const before = this.#ahead;
    this.#ahead = now - uptime;
    const by = before === null ? 0 : this.#ahead - before;
    return Math.abs(by) >= smallest ? by : 0;
  }
}
