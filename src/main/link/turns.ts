/**
 * Who has more to be looked at than fits one turn of the event loop waits here: however many flood, a turn takes so much work and no
 * more, and between two turns everybody else's bytes are read.
 */

/** Of those that wait, so many get a turn before the sockets are read again. */
export const turnsTogether = 8;

export interface Waiting {
  readonly takeTurn: () => void;
}

export class Turns {
  /** Whoever waits longest is first. */
  readonly #waiting = new Set<Waiting>();
  #isSet = false;

  wait(one: Waiting): void {
    this.#waiting.add(one);
    if (this.#isSet) return;
    this.#isSet = true;
    setImmediate(() => this.#run());
  }

  leave(one: Waiting): void {
    this.#waiting.delete(one);
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
    const [next] = this.#waiting;
    if (next !== undefined) this.wait(next);
  }
}
