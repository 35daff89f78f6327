/** Entries of connections that have not said a machine number yet: whose they were turns out when it is said. */
import type { Entry } from '#shared/model/frame';

/** Kept of one connection; the journal knows of the rest. */
const maxPerConnection = 64;
const none: readonly Entry[] = [];

const ownedBy = (entry: Entry, owner: number): Entry => ({ ...entry, owner });

export class UnnamedEntries {
  readonly #byConn = new Map<number, Entry[]>();

  /** Gives the earlier entries of its connection, with their owner, as soon as it is known. */
  add(entry: Entry): readonly Entry[] {
    const { conn, vmcNo, kind } = entry;
    const earlier = this.#byConn.get(conn);
    if (vmcNo === null && kind !== 'closed') {
      if (earlier === undefined) this.#byConn.set(conn, [entry]);
      else if (earlier.length < maxPerConnection) earlier.push(entry);
      return none;
    }
    if (earlier === undefined) return none;
    this.#byConn.delete(conn);
    return vmcNo === null ? none : earlier.map((before) => ownedBy(before, vmcNo));
  }
}
