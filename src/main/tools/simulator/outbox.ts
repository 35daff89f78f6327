/** Writes to a machine's transport in order, each write after its own delay. */
import type { Timers } from './clock';
import type { Write } from './writer';

/** Writes waiting because of slow sending; beyond this the newest are dropped, as a real buffer would. */
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

  get isIdle(): boolean {
    return this.#next >= this.#held.length;
  }

  push(writes: readonly Write[]): void {
    const idle = this.isIdle;
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
