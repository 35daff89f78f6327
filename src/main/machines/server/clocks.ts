/** Whether this computer's clock was set, or the computer slept. */
import { uptime as systemUptime } from 'node:os';

/** ms. Smaller changes affect no measurement, and the uptime has whole seconds. */
const smallest = 5_000;

/** Each in ms. */
interface ComputerClocks {
  readonly wall: () => number;
  /** Does not change when the clock is set. On Linux and macOS it stops during sleep. */
  readonly ran: () => number;
  /** Includes sleep, in whole seconds on some systems. Slow to read. */
  readonly uptime: () => number;
}

export const computerClocks: ComputerClocks = {
  wall: () => Date.now(),
  ran: () => performance.now(),
  uptime: () => systemUptime() * 1_000,
};

/**
 * This computer's clock. If it is set, the time continues by the old clock until `takeStep`, which gives the step. So no time by the
 * new clock is compared with one by the old clock before all parts know the step. A clock that is adjusted gradually is followed.
 */
export class StepClock {
  readonly #clocks: ComputerClocks;
  #since: { readonly wall: number; readonly ran: number; readonly uptime: number };

  constructor(clocks = computerClocks) {
    this.#clocks = clocks;
    this.#since = this.#read();
  }

  readonly now = (): number => {
    const { wall, ran, uptime: up } = this.#clocks;
    const at = wall();
    const passed = ran() - this.#since.ran;
    if (Math.abs(at - this.#since.wall - passed) < smallest) return at;
    const upFor = up() - this.#since.uptime;
    // Sleep has passed for machines too.
    const isSleep = upFor - passed >= smallest;
    const expected = this.#since.wall + (isSleep ? upFor : passed);
    return Math.abs(at - expected) < smallest ? at : Math.round(expected);
  };

  /** Follows the clock. ms by which it was put forward (or back, if negative) since the last call; 0: it was not set. */
  takeStep(): number {
    const before = this.now();
    this.#since = this.#read();
    const by = this.#since.wall - before;
    return Math.abs(by) >= smallest ? by : 0;
  }

  #read(): { readonly wall: number; readonly ran: number; readonly uptime: number } {
    const { wall, ran, uptime: up } = this.#clocks;
    return { wall: wall(), ran: ran(), uptime: up() };
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
