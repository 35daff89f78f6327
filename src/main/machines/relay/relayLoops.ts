/**
 * Detects relays that pass machines on to each other: each connection creates the next, without
 * end. Neither address nor bytes identify our own connection. So connections without a machine number are
 * limited, and several similar ones of one machine count as a loop.
 */

/** A relayed connection. */
export interface Passed {
  /** Its first received bytes. */
  readonly firstBytes: Uint8Array;
  /** Time of the first byte; `null`: nothing arrived yet. */
  readonly firstAt: number | null;
}

/** [ours] Maximum relayed connections without a machine number. Beyond this, a server is dialled only after a number has arrived. */
const mostNameless = 4;
/**
 * [ours] Maximum open connections of one machine that begin alike within
 * `alikeWithin` ms. A reconnecting machine does not repeat so fast.
 */
const mostAlike = 3;
const alikeWithin = 10_000;
/** [ours] Maximum per machine. The relay leaves older connections open, because only the two ends may close them. */
const mostOfMachine = 8;

/** Relayed connections that have not reported a machine number yet. */
export class Nameless {
  readonly #connections = new Set<{ readonly vmcNo: number | null }>();

  add(connection: { readonly vmcNo: number | null }): void {
    this.#connections.add(connection);
  }

  delete(connection: { readonly vmcNo: number | null }): void {
    this.#connections.delete(connection);
  }

  get areMany(): boolean {
    for (const one of this.#connections) if (one.vmcNo !== null) this.#connections.delete(one);
    return this.#connections.size >= mostNameless;
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

/** One of them may have received more of the same bytes. */
function beginAlike(one: Uint8Array, other: Uint8Array): boolean {
  const length = Math.min(one.length, other.length);
  return Buffer.compare(one.subarray(0, length), other.subarray(0, length)) === 0;
}

/** The excess of a machine's connections, oldest first. */
export const tooMany = <C>(ofMachine: readonly C[]): readonly C[] =>
  ofMachine.slice(0, Math.max(0, ofMachine.length - mostOfMachine));
