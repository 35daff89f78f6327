/**
 * Relays that pass machines on to each other: each connection makes the next, without end. Neither its address nor its bytes show that a
 * connection is our own come back, so that those which say nothing are bounded, and many alike of one machine are a loop.
 */

/** A connection that is passed on. */
export interface Passed {
  /** Of what came on it. */
  readonly firstBytes: Uint8Array;
  /** When that began; `null`: nothing came yet. */
  readonly firstAt: number | null;
}

/** [ours] While so many that are passed on have said nothing, the server of another is called once that one has. */
const mostSilent = 4;
/** [ours] Connections of one machine that begin alike within so many ms, and all stand. A machine that connects again does not repeat it so fast. */
const mostAlike = 3;
const alikeWithin = 10_000;
/** [ours] Of one machine: the relay leaves older ones standing, as it is for both ends to close them. */
const mostOfMachine = 8;

/** Those that are passed on and have said nothing yet. */
export class Silent {
  readonly #connections = new Set<Passed>();

  add(connection: Passed): void {
    this.#connections.add(connection);
  }

  delete(connection: Passed): void {
    this.#connections.delete(connection);
  }

  get areMany(): boolean {
    for (const one of this.#connections) if (one.firstAt !== null) this.#connections.delete(one);
    return this.#connections.size >= mostSilent;
  }
}

/** `older`: of the same machine, oldest first. */
export function isLoop({ firstBytes, firstAt }: Passed, older: readonly Passed[]): boolean {
  if (firstAt === null) return false;
  const alike = older.filter(
    (one) =>
      one.firstAt !== null && firstAt - one.firstAt <= alikeWithin && beginAlike(one.firstBytes, firstBytes),
  );
  return alike.length >= mostAlike;
}

/** One may have had more of the same bytes by now. */
function beginAlike(one: Uint8Array, other: Uint8Array): boolean {
  const length = Math.min(one.length, other.length);
  return Buffer.compare(one.subarray(0, length), other.subarray(0, length)) === 0;
}

/** Of a machine's connections, oldest first, those that are too many. */
export const tooMany = <C>(ofMachine: readonly C[]): readonly C[] =>
  ofMachine.slice(0, Math.max(0, ofMachine.length - mostOfMachine));
