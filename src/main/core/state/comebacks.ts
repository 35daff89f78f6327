/** Detects machines that return together, for example after a power cut, to report them as one event. */
import type { Storm } from '#shared/model/arrivals';

/** [ours] ms. A later return starts a new event. */
const gap = 2_000;
/** [ours] Minimum number of machines of an event. */
const least = 20;

export class Comebacks {
  readonly #machines = new Set<number>();
  #from = -Infinity;
  #to = -Infinity;

  /** A known machine has returned at `at` (ms). `null`: too few machines for an event. */
  apply(vmcNo: number, at: number): Storm | null {
    if (at - this.#to > gap || at < this.#from) {
      this.#machines.clear();
      this.#from = at;
    }
    this.#to = at;
    this.#machines.add(vmcNo);
    const { size } = this.#machines;
    return size < least ? null : { machines: size, from: this.#from, to: at };
  }
}
