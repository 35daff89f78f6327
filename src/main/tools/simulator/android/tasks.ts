/** Tasks of the android program [field3]: one at a time, while nobody uses the screen. Five commands share one slot. */
import type { Cabinet } from '../cabinet';
import type { Cancel } from '../clock';

/** Simulated ms without a touch of the screen before a slot task and before a rinse. */
const untouched = { slot: 5_000, rinse: 60_000 } as const;
/** Simulated duration of a slot task, ms. */
const occupies = { least: 2_000, most: 10_000 } as const;

export class Tasks {
  readonly #cabinet: Cabinet;
  readonly #ended: () => void;
  #slot: (() => void) | null = null;
  #rinse: (() => void) | null = null;
  #install: (() => void) | null = null;
  #isRunning = false;
  #timer: Cancel | null = null;

  /** `ended` is called when a task is over. */
  constructor(cabinet: Cabinet, ended: () => void) {
    this.#cabinet = cabinet;
    this.#ended = ended;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** A newer task replaces a task that has not run yet. */
  inSlot(run: () => void): void {
    this.#slot = run;
    this.check();
  }

  whenIdle(run: () => void): void {
    this.#rinse = run;
    this.check();
  }

  whenInstallable(run: () => void): void {
    this.#install = run;
    this.check();
  }

  /** Power off drops the tasks. */
  stop(): void {
    this.#slot = null;
    this.#rinse = null;
    this.#install = null;
    this.#isRunning = false;
    this.#timer = null;
  }

  /** Runs a task if possible, and checks again when the screen may have been unused for long enough. */
  check(): void {
    this.#timer?.();
    this.#timer = null;
    const { isBrewing, touchedAt, clock, pace } = this.#cabinet;
    if (isBrewing || this.#isRunning) return;
    const alone = (clock.now() - touchedAt) * pace;
    let wait = Infinity;
    if (this.#slot !== null || this.#install !== null) {
      if (alone >= untouched.slot) return this.#run();
      wait = untouched.slot - alone;
    }
    if (this.#rinse !== null && this.#isIdle) {
      if (alone >= untouched.rinse) {
        const rinse = this.#rinse;
        this.#rinse = null;
        return rinse();
      }
      wait = Math.min(wait, untouched.rinse - alone);
    }
    if (Number.isFinite(wait)) this.#timer = this.#cabinet.soon(wait, () => this.check());
  }

  get #isIdle(): boolean {
    const { isInMenu, isOrdering, broken, door, cupBlocked } = this.#cabinet;
    return !isInMenu && !isOrdering && !broken && door === 'closed' && !cupBlocked;
  }

  #run(): void {
    const { random } = this.#cabinet;
    this.#isRunning = true;
    const inSlot = this.#slot !== null;
    const run = this.#slot ?? this.#install;
    if (inSlot) this.#slot = null;
    else this.#install = null;
    run?.();
    this.#cabinet.soon(random.int(occupies.least, occupies.most), () => {
      this.#isRunning = false;
      // The end empties the slot: a task queued in this time never runs, and the machine does not report that.
      if (inSlot) this.#slot = null;
      this.#ended();
      this.check();
    });
  }
}
