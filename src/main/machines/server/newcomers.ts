/** Connections without a machine number yet, arrivals by address, and machines that come back together. */
import type { UnnamedLink } from '#shared/contract/live';
import { Arrivals } from '../../core/state/arrivals';
import { Comebacks } from '../../core/state/comebacks';
import type { Change } from '../../core/state/entryLog';
import type { Fleet } from '../../core/state/fleet';
import type { Publisher } from '../../lib/live/publisher';
import type { Choices } from '../requests/choices';
import type { Entry } from '#shared/model/frame';
import type { ServerParts } from './serverParts';

/** Connections without a machine number that the window lists. */
const unnamedShown = 100;

interface NewcomersParts {
  readonly choices: Choices;
  readonly fleet: () => Fleet;
  readonly live: () => Publisher;
  /** `null`: the server is not open. */
  readonly parts: () => ServerParts | null;
  /** @throws Error while the server is not open */
  readonly running: () => ServerParts;
}

export class Newcomers {
  readonly #parts: NewcomersParts;
  readonly #arrivals: Arrivals;
  readonly #comebacks = new Comebacks();

  constructor(parts: NewcomersParts) {
    this.#parts = parts;
    this.#arrivals = new Arrivals({ isVirtual: (peer) => parts.choices.isVirtualPeer(peer) });
  }

  get values() {
    const { running, fleet } = this.#parts;
    return {
      unnamed: (): readonly UnnamedLink[] =>
        running()
          .server.unnamed()
          .slice(0, unnamedShown)
          .map(({ conn, peer, bytesRead }) => ({
            conn,
            address: peer.remoteAddress,
            since: fleet().connections.get(conn)?.since ?? 0,
            bytes: bytesRead,
          })),
      arrivals: () => this.#arrivals.list((conn) => running().server.connection(conn)),
    };
  }

  get lengths() {
    return {
      unnamed: () => this.#parts.running().server.unnamed().length,
      arrivals: () => this.#arrivals.openCount,
    };
  }

  take(entry: Entry): void {
    if (this.#arrivals.apply(entry)) this.#parts.live().changed('arrivals');
  }

  /** A connection has just identified its machine, and leaves the list of unnamed ones. */
  named({ at }: Entry, change: Change | null): void {
    const { live, parts } = this.#parts;
    live().changed('unnamed');
    // Connections of a server that closes may still be named.
    if ((parts()?.dialler.dials.length ?? 0) > 0) live().changed('dials');
    // The first connection of a machine is not a return.
    if (change === null || (this.#parts.fleet().machine(change.vmcNo)?.connections ?? 0) < 2) return;
    const storm = this.#comebacks.apply(change.vmcNo, at);
    if (storm !== null) live().set('storm', storm);
  }
}
