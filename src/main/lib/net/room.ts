/**
 * Selects a connection to evict when all places are taken. Many machines can share one address, so an address has no
 * limit of its own. The connection comes from the address with the most connections, and never belongs to a known
 * machine. The owner of one IPv6 address has the 2^64 of its network, so these count as one address.
 */

export interface Guest {
  /** The remote address. */
  readonly address: string;
  readonly vmcNo: number | null;
}

/** Connections of one address, oldest first. */
interface Group<G> {
  /** With the time of each connection. */
  readonly unnamed: Map<G, number>;
  readonly named: Set<G>;
}

const sizeOf = <G>({ unnamed, named }: Group<G>): number => unnamed.size + named.size;

/** The address that counts: for IPv6 the network of 64 bits. A zone (`%eth0`) names the link. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address === '::1') return address;
  const [plain = '', zone] = address.split('%');
  const [before = [], after = []] = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const network = [...before, ...zeros, ...after].slice(0, 4).join(':');
  return `${network}::/64${zone === undefined ? '' : `%${zone}`}`;
}

/**
 * [ours] ms. Newer connections without a machine number are spared while
 * others can go, because they had no time to log in.
 */
const newFor = 10_000;
/**
 * They are not spared if they hold more than this part of all places: then they are not machines, and block machines.
 */
const sparedShare = 10;

export class Room<G extends Guest> {
  readonly #places: number;
  /** True for machines that a user knows. They are never evicted. */
  readonly #isKnown: (vmcNo: number) => boolean;
  readonly #now: () => number;
  /** By network. */
  readonly #groups = new Map<string, Group<G>>();
  /** Networks by their number of connections. */
  readonly #bySize = new Map<number, Set<string>>();
  #largest = 0;

  constructor(places: number, isKnown: (vmcNo: number) => boolean, now: () => number) {
    this.#places = places;
    this.#isKnown = isKnown;
    this.#now = now;
  }

  get places(): number {
    return this.#places;
  }

  enter(guest: G): void {
    this.#change(guest, (group) => group.unnamed.set(guest, this.#now()));
  }

  /** The connection reported a machine number. */
  named(guest: G): void {
    this.#change(guest, (group) => {
      group.unnamed.delete(guest);
      group.named.add(guest);
    });
  }

  leave(guest: G): void {
    this.#change(guest, (group) => {
      group.unnamed.delete(guest);
      group.named.delete(guest);
    });
  }

  /**
   * The connection to evict, its network, and the connections of that network; `null`: none can be
   * evicted. Connections of known machines are removed from the counts on the way.
   */
  evicted(): { readonly guest: G; readonly network: string; readonly held: number } | null {
    for (;;) {
      while (this.#largest > 0 && (this.#bySize.get(this.#largest)?.size ?? 0) === 0) this.#largest -= 1;
      const [network] = this.#bySize.get(this.#largest) ?? [];
      const group = network === undefined ? undefined : this.#groups.get(network);
      if (network === undefined || group === undefined) return null;
      const held = sizeOf(group);
      const guest = this.#evictedOf(group);
      if (guest !== null) return { guest, network, held };
    }
  }

  #evictedOf(group: Group<G>): G | null {
    const [[unnamed, cameAt] = [null, 0]] = group.unnamed;
    const isSpared = this.#now() - cameAt < newFor && group.unnamed.size <= this.#places / sparedShare;
    if (unnamed !== null && !isSpared) return unnamed;
    for (const guest of group.named) {
      if (guest.vmcNo === null || !this.#isKnown(guest.vmcNo)) return guest;
      this.leave(guest);
    }
    return unnamed;
  }

  #change({ address }: G, change: (group: Group<G>) => void): void {
    const network = networkOf(address);
    const group = this.#groups.get(network) ?? { unnamed: new Map<G, number>(), named: new Set<G>() };
    const before = sizeOf(group);
    change(group);
    const after = sizeOf(group);
    if (after === 0) this.#groups.delete(network);
    else this.#groups.set(network, group);
    if (after === before) return;
    const others = this.#bySize.get(before);
    others?.delete(network);
    if (others?.size === 0) this.#bySize.delete(before);
    const same = this.#bySize.get(after) ?? new Set<string>();
    if (after > 0) this.#bySize.set(after, same.add(network));
    this.#largest = Math.max(this.#largest, after);
  }
}
