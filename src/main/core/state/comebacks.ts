/** Machines that come back together, as after a power cut: one event, not one for each. */
import type { Storm } from '#shared/model/arrivals';

/** [ours] ms. Who comes later than this after the last one belongs to another. */
const gap = 2_000;
/** [ours] Fewer are no event. */
const least = 20;

export class Comebacks {
  readonly #machines = new Set<number>();
  #from = -Infinity;
  #to = -Infinity;

  /** A machine that was known is back, ms; `null`: nothing that many do together. */
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
