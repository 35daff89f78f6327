/**
 * Relayed connections followed by a newer one of the same machine. The relay leaves them open, because only the two ends may
 * close them. Several that begin alike are a loop.
 */
import type { Connection } from '../link/connection';
import { isLoop, tooMany } from './relayLoops';
import type { Upstreams } from './upstreams';

export class LeftStanding {
  readonly #upstreams: Upstreams;
  /** By machine, oldest first. */
  readonly #ofMachine = new Map<number, readonly Connection[]>();
  readonly #isOpen: (connection: Connection) => boolean;

  constructor(upstreams: Upstreams, isOpen: (connection: Connection) => boolean) {
    this.#upstreams = upstreams;
    this.#isOpen = isOpen;
  }

  /** `newest` took the number of `older`. */
  add(vmcNo: number, older: Connection, newest: Connection | undefined): void {
    const standing = [...(this.#ofMachine.get(vmcNo) ?? []).filter(this.#isOpen), older];
    this.#ofMachine.set(vmcNo, standing);
    if (newest?.isRelayed !== true) return;
    const ofMachine = [...standing, newest];
    if (isLoop(newest, standing)) for (const one of ofMachine) this.#endLoop(one);
    else for (const one of tooMany(ofMachine)) one.close('replaced');
  }

  /** Removes and returns the newest; `null`: none is open. */
  take(vmcNo: number): Connection | null {
    const standing = (this.#ofMachine.get(vmcNo) ?? []).filter(
      (one) => one.vmcNo === vmcNo && this.#isOpen(one),
    );
    this.#ofMachine.delete(vmcNo);
    const newest = standing.pop() ?? null;
    if (standing.length > 0) this.#ofMachine.set(vmcNo, standing);
    return newest;
  }

  /** The relay's server passes the connection back to us. */
  #endLoop(connection: Connection): void {
    const { relay: upstream } = connection.peer;
    if (upstream === undefined) return;
    const { host, port } = upstream;
    this.#upstreams.loops({ host, port });
    connection.close('noUpstream', { code: 'relay.loop', params: { host, port } });
  }
}
