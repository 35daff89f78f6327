/**
 * Holds a virtual machine's messages until the server knows its port. Without the port, the server would count its first sales as real
 * money.
 */
import type { Dial } from './transport';

export class Announced {
  readonly #announce: (ports: readonly number[]) => void;
  readonly #ports = new Set<number>();
  /** Connections whose ports are not announced yet, and those whose announcement is not confirmed yet. */
  #unannounced: (() => void)[] = [];
  #announced: (() => void)[] = [];
  #isAnnouncing = false;
  #isDue = false;

  /** `announce` sends all ports. Call `known` once for each announcement. */
  constructor(announce: (ports: readonly number[]) => void) {
    this.#announce = announce;
  }

  /** Wraps `dial`: a connection opens only when its port is confirmed. */
  over(dial: Dial): Dial {
    return (events) => {
      let port: number | null = null;
      let isClosed = false;
      return dial({
        ...events,
        opened: (from) => {
          port = from;
          this.#ports.add(from);
          this.#unannounced.push(() => {
            if (!isClosed) events.opened(from);
          });
          this.#announceNext();
        },
        closed: () => {
          isClosed = true;
          if (port !== null && this.#ports.delete(port)) this.#announceNext();
          events.closed();
        },
      });
    };
  }

  /** The announced ports are known to the server. */
  known(): void {
    const open = this.#announced;
    this.#announced = [];
    this.#isAnnouncing = false;
    if (this.#isDue) this.#announceNext();
    for (const one of open) one();
  }

  /** One announcement at a time: a thousand simultaneous connections need only a few. */
  #announceNext(): void {
    this.#isDue = this.#isAnnouncing;
    if (this.#isAnnouncing) return;
    this.#isAnnouncing = true;
    this.#announced = this.#unannounced;
    this.#unannounced = [];
    this.#announce([...this.#ports]);
  }
}
