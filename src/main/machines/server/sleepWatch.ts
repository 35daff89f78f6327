/**
 * Notices that this computer has slept. On Linux the clock of `performance` stands still in sleep and the uptime does not; where both go
 * on, only the system's own word tells (app/sleep.ts). A clock that is set, or a thread that is held up, is no sleep.
 */

/** ms. Shorter ones break no link, and the uptime is told in whole seconds. */
const shortest = 5_000;

interface Clocks {
  readonly uptime: number;
  readonly ran: number;
}

export class SleepWatch {
  readonly #now: () => number;
  #last: Clocks | null = null;
  #toldAt = -Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** ms that it slept since it was looked at last; 0: it did not. Both in ms. */
  look(uptime: number, ran: number): number {
    const last = this.#last;
    this.#last = { uptime, ran };
    const lost = last === null ? 0 : uptime - last.uptime - (ran - last.ran);
    return lost >= shortest ? lost : 0;
  }

  /** Whether that is a sleep that was not told before: its two witnesses tell the same one. */
  tell(ms: number): boolean {
    if (ms < shortest) return false;
    const now = this.#now();
    const isNew = Math.abs(now - this.#toldAt) >= shortest;
    this.#toldAt = now;
    return isNew;
  }
}
