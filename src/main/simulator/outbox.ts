/** Puts a machine's writes on its line in order, each after its own wait. */
import type { Timers } from './clock';
import type { Write } from './writer';

/** Writes held back by slow sending; more than this and the newest are not sent (a real buffer is no larger). */
const maxHeld = 20_000;

export class Outbox {
  readonly #timers: Timers;
  readonly #write: (bytes: Uint8Array) => void;
  #held: Write[] = [];
  #next = 0;

  constructor(timers: Timers, write: (bytes: Uint8Array) => void) {
    this.#timers = timers;
    this.#write = write;
  }

  push(writes: readonly Write[]): void {
    const idle = this.#next >= this.#held.length;
    if (!idle && this.#held.length - this.#next + writes.length > maxHeld) return;
    if (idle) this.#held = [...writes];
    else for (const write of writes) this.#held.push(write);
    if (idle) {
      this.#next = 0;
      this.#run();
    }
  }

  clear(): void {
    this.#held = [];
    this.#next = 0;
  }

  #run(): void {
    for (let write = this.#held[this.#next]; write !== undefined; write = this.#held[this.#next]) {
      if (write.wait > 0) {
        const { bytes } = write;
        this.#timers.after(write.wait, () => {
          this.#next += 1;
          this.#write(bytes);
          this.#run();
        });
        return;
      }
      this.#next += 1;
      this.#write(write.bytes);
    }
    this.clear();
  }
}
