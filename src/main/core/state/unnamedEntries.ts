/** Entries of connections without a known machine. The machine is known once a message contains its number. */
import type { Entry } from '#shared/model/frame';

/** Entries kept per connection. Further ones are only in the journal. */
const maxPerConnection = 64;
const none: readonly Entry[] = [];

const ownedBy = (entry: Entry, owner: number): Entry => ({ ...entry, owner });

export class UnnamedEntries {
  readonly #byConn = new Map<number, Entry[]>();

  /** Returns the earlier entries of the connection, with their owner, once the machine is known. */
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
