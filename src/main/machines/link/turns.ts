/**
 * Who has more to be looked at than fits one turn of the event loop waits here: however many flood, a turn takes so much work and no
 * more, and between two turns everybody else's bytes are read. While what was recorded is more than the journal can write, nobody
 * has a turn: floods come as fast as they are written, and those that say little are answered all the same.
 */

/** Of those that wait, so many get a turn before the sockets are read again. */
export const turnsTogether = 8;
/** ms that whoever has time waits: an answer has been passed on by then, and several are looked at in one go. */
const later = 5;

export interface Waiting {
  readonly takeTurn: () => void;
}

export class Turns {
  readonly #isHeld: () => boolean;
  /** Whoever waits longest is first. */
  readonly #waiting = new Set<Waiting>();
  #isSet = false;
  #isLater = false;

  /** `isHeld`: nobody has a turn now, until `goOn`. */
  constructor(isHeld: () => boolean = () => false) {
    this.#isHeld = isHeld;
  }

  wait(one: Waiting): void {
    this.#waiting.add(one);
    this.goOn();
  }

  /** It has time: its turn comes after what others send until then is dealt with. */
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

  /** What held them may have passed. */
  goOn(): void {
    if (this.#isSet || this.#waiting.size === 0 || this.#isHeld()) return;
    this.#isSet = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isSet = false;
    let left = turnsTogether;
    // One that goes on waiting is met again, behind the others.
    for (const one of this.#waiting) {
      if (left === 0) break;
      left -= 1;
      this.#waiting.delete(one);
      one.takeTurn();
    }
    this.goOn();
  }
}
