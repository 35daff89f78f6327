/**
 * Connections with more data than fits one turn of the event loop wait here. However many flood, a turn does a
 * fixed amount of work, and other sockets are read between turns. While the journal is behind, no turns are given,
 * so floods slow down to the speed of writing. Small senders are still answered.
 */

/** Steps of one connection's core per turn: more frames than a machine sends at once, except stored orders. */
export const stepsPerTurn = 8;
/** Turns given before the sockets are read again. */
export const turnsTogether = 8;
/** ms of delay for work without urgency. The answer is relayed by then, and several items are handled together. */
const later = 5;

export interface Waiting {
  readonly takeTurn: () => void;
}

export class Turns {
  readonly #isHeld: () => boolean;
  /** The longest waiting comes first. */
  readonly #waiting = new Set<Waiting>();
  #isSet = false;
  #isLater = false;

  /** `isHeld`: no turns are given until `goOn`. */
  constructor(isHeld: () => boolean = () => false) {
    this.#isHeld = isHeld;
  }

  wait(one: Waiting): void {
    this.#waiting.add(one);
    this.goOn();
  }

  /** For work without urgency: its turn comes after data that arrives until then. */
  waitLonger(one: Waiting): void {
    this.#waiting.add(one);
    if (this.#isSet || this.#isLater) return;
    this.#isLater = true;
    setTimeout(() => {
      this.#isLater = false;
      this.goOn();
    }, later).unref();
  }

  leave(one: Waiting): void {
    this.#waiting.delete(one);
  }

  /** The reason for the hold may be over. */
  goOn(): void {
    if (this.#isSet || this.#waiting.size === 0 || this.#isHeld()) return;
    this.#isSet = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isSet = false;
    let left = turnsTogether;
    // An item that waits again gets its turn again, after the others.
    for (const one of this.#waiting) {
      if (left === 0) break;
      left -= 1;
      this.#waiting.delete(one);
      one.takeTurn();
    }
    this.goOn();
  }
}
