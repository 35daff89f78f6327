/**
 * A virtual machine says nothing before whoever must tell it from a real one knows its port: what it sold first would count as money
 * otherwise.
 */
import type { Dial } from './transport';

export class Announced {
  readonly #announce: (ports: readonly number[]) => void;
  readonly #ports = new Set<number>();
  /** Connections whose ports are not told yet, and those whose ports are not known yet. */
  #untold: (() => void)[] = [];
  #told: (() => void)[] = [];
  #isTelling = false;
  #isDue = false;

  /** `announce` tells all ports; `known` is to be called once for each time. */
  constructor(announce: (ports: readonly number[]) => void) {
    this.#announce = announce;
  }

  /** As `dial`, but a connection is opened when its port is known. */
  over(dial: Dial): Dial {
    return (events) => {
      let port: number | null = null;
      let isClosed = false;
      return dial({
        ...events,
        opened: (from) => {
          port = from;
          this.#ports.add(from);
          this.#untold.push(() => {
            if (!isClosed) events.opened(from);
          });
          this.#tell();
        },
        closed: () => {
          isClosed = true;
          if (port !== null && this.#ports.delete(port)) this.#tell();
          events.closed();
        },
      });
    };
  }

  /** What was told is known. */
  known(): void {
    const open = this.#told;
    this.#told = [];
    this.#isTelling = false;
    if (this.#isDue) this.#tell();
    for (const one of open) one();
  }

  /** One at a time: a thousand machines that come together are few announcements. */
  #tell(): void {
    this.#isDue = this.#isTelling;
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#told = this.#untold;
    this.#untold = [];
    this.#announce([...this.#ports]);
  }
}
