/**
 * Gives machines that are served in place of an unreachable server back to it. An open port does not prove that the server works: it must
 * answer heartbeats for a while first. A machine with an open order stays until the order ends.
 */
import { isSameTarget, type DialTarget } from '#shared/model/dial';
import type { Connection } from '../link/connection';
import type { Upstreams } from './upstreams';

/** [ours] ms for which the server must answer, by the number of times that it failed soon after machines were given back. */
const usualSteady = [10_000, 60_000, 300_000] as const;
/** [ours] A server that fails within this time after machines were given back must answer for longer next time. */
const soon = 600_000;
/** [ours] ms until a server without an answer is asked again. */
const usualPause = 30_000;

export interface GivingBackParts {
  readonly now: () => number;
  readonly connections: () => Iterable<Connection>;
  readonly upstreams: () => Pick<Upstreams, 'answers' | 'unreachable'> | undefined;
  /** An order is open at the machine. */
  readonly isSelling: (connection: Connection) => boolean;
  readonly changed: () => void;
  /** Shorter in tests. */
  readonly steady?: readonly number[];
  readonly pause?: number;
}

/** A server that is reachable again. */
interface Returned extends DialTarget {
  isProven: boolean;
  /** Asked now, or again later. */
  isAsked: boolean;
  timer: NodeJS.Timeout | null;
  givenAt: number | null;
  failures: number;
}

export class GivingBack {
  readonly #parts: GivingBackParts;
  #servers: readonly Returned[] = [];
  /** Connections that a person gives back: they leave after their order. */
  readonly #wished = new Set<number>();

  constructor(parts: GivingBackParts) {
    this.#parts = parts;
  }

  /** A server is reachable. */
  back({ host, port }: DialTarget): void {
    const { now } = this.#parts;
    const known = this.#servers.find((one) => isSameTarget(one, { host, port }));
    const server: Returned = known ?? {
      host,
      port,
      isProven: false,
      isAsked: false,
      timer: null,
      givenAt: null,
      failures: 0,
    };
    if (known === undefined) this.#servers = [...this.#servers, server];
    else if (known.givenAt !== null) {
      known.failures = now() - known.givenAt < soon ? known.failures + 1 : 0;
      known.givenAt = null;
    }
    server.isProven = false;
    void this.#prove(server);
  }

  async #prove(server: Returned): Promise<void> {
    const { upstreams, steady = usualSteady, pause = usualPause, changed } = this.#parts;
    if (server.isAsked || this.#of(server).length === 0) return;
    server.isAsked = true;
    changed();
    const ms = steady[Math.min(server.failures, steady.length - 1)] ?? 0;
    const answers = (await upstreams()?.answers(server, ms)) ?? false;
    server.isAsked = false;
    server.isProven = answers && !this.#isGone(server);
    if (server.isProven) this.#give(server);
    else if (!this.#isGone(server)) {
      if (server.timer !== null) clearTimeout(server.timer);
      server.timer = setTimeout(() => void this.#prove(server), pause);
      server.timer.unref();
    }
    changed();
  }

  #isGone(server: DialTarget): boolean {
    return this.#parts.upstreams()?.unreachable.some((one) => isSameTarget(one, server)) ?? true;
  }

  /** Connections that are served in place of the server. */
  #of(server: DialTarget | null): readonly Connection[] {
    return [...this.#parts.connections()].filter(
      ({ peer: { relay } }) =>
        relay !== undefined && relay.is !== 'relayed' && (server === null || isSameTarget(relay, server)),
    );
  }

  #give(server: Returned): void {
    for (const connection of this.#of(server)) {
      if (this.#parts.isSelling(connection)) continue;
      server.givenAt = this.#parts.now();
      connection.close('upstreamBack');
    }
  }

  /** Machines whose order has ended leave now. */
  tick(): void {
    for (const server of this.#servers) if (server.isProven && !this.#isGone(server)) this.#give(server);
    if (this.#wished.size > 0) this.#giveWished();
  }

  #giveWished(): number {
    let given = 0;
    const all = this.#of(null);
    for (const conn of this.#wished) if (!all.some((one) => one.conn === conn)) this.#wished.delete(conn);
    for (const connection of all) {
      if (!this.#wished.has(connection.conn) || this.#parts.isSelling(connection)) continue;
      this.#wished.delete(connection.conn);
      given += 1;
      connection.close('upstreamBack');
    }
    return given;
  }

  /** A person gives all machines back whose server is reachable, without proof. Those with an open order follow after it. */
  giveNow(): { readonly given: number; readonly waiting: number; readonly unreachable: number } {
    const all = this.#of(null);
    const possible = all.filter(({ peer: { relay } }) => relay !== undefined && !this.#isGone(relay));
    for (const { conn } of possible) this.#wished.add(conn);
    const given = this.#giveWished();
    this.#parts.changed();
    return { given, waiting: possible.length - given, unreachable: all.length - possible.length };
  }

  /** Machines that are given back after their order. */
  get waiting(): readonly number[] {
    return this.#of(null).flatMap(({ conn, vmcNo, peer: { relay } }) => {
      const isProven = this.#servers.some(
        (one) => one.isProven && relay !== undefined && isSameTarget(one, relay) && !this.#isGone(one),
      );
      return vmcNo !== null && (isProven || this.#wished.has(conn)) ? [vmcNo] : [];
    });
  }

  /** Servers that accept connections, but have not answered long enough. */
  get unproven(): readonly DialTarget[] {
    return this.#servers
      .filter((one) => !one.isProven && !this.#isGone(one) && this.#of(one).length > 0)
      .map(({ host, port }) => ({ host, port }));
  }
}
