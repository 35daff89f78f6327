/** Connections by the endpoints of their packets. Every packet is looked up, so keys are numbers and not strings. */
import { u16, u32 } from '../record';
import type { Segment } from '../segment';
import type { Side } from './sides';

/** A connection, seen by one of its sides. */
export interface Known<F> {
  readonly flow: F;
  readonly side: Side;
}

/** As few objects as can be: with a thousand connections, hardly any of them is in the processor's cache when its next packet comes. */
interface Slot<F> {
  /** Both addresses as side 0 sends them, a character for each byte. */
  readonly addresses: string;
  /** The ports of side 0 and side 1. */
  readonly port: number;
  readonly otherPort: number;
  readonly first: Known<F>;
  readonly second: Known<F>;
  /** The next with the same hash. */
  next: Slot<F> | null;
}

export class FlowTable<F> {
  /** By a hash that is the same in both directions; few share one. */
  readonly #slots = new Map<number, Slot<F>>();
  #size = 0;
  /** The last connection found, since the next packet is most often of the same connection. */
  #last: Slot<F> | null = null;

  get size(): number {
    return this.#size;
  }

  find(segment: Segment): Known<F> | null {
    const known = this.#last === null ? null : ofSlot(segment, this.#last);
    if (known !== null) return known;
    for (let slot = this.#slots.get(hashOf(segment)) ?? null; slot !== null; slot = slot.next) {
      const found = ofSlot(segment, slot);
      if (found === null) continue;
      this.#last = slot;
      return found;
    }
    return null;
  }

  /** The sender of `segment` is side 0. The connection that had the same ends is forgotten. */
  put(segment: Segment, flow: F): Known<F> {
    const { bytes, addressAt, addressSize, portAt } = segment;
    const hash = hashOf(segment);
    const first: Known<F> = { flow, side: 0 };
    const slot: Slot<F> = {
      addresses: bytes.toString('latin1', addressAt, addressAt + 2 * addressSize),
      port: u16(bytes, portAt, false),
      otherPort: u16(bytes, portAt + 2, false),
      first,
      second: { flow, side: 1 },
      next: null,
    };
    this.#keep(hash, (other) => ofSlot(segment, other) === null, slot);
    this.#size += 1;
    return first;
  }

  /** In the order in which their ends, or others with the same hash, were met first. */
  flows(): F[] {
    return [...this.#slots.values()].flatMap((slot) => chain(slot).map(({ first }) => first.flow));
  }

  forget(gone: ReadonlySet<F>): void {
    for (const hash of this.#slots.keys()) this.#keep(hash, ({ first }) => !gone.has(first.flow));
  }

  /** Forgets the others of those with this hash. `added`: one more. */
  #keep(hash: number, isKept: (slot: Slot<F>) => boolean, added: Slot<F> | null = null): void {
    this.#last = null;
    let left = added;
    for (const slot of chain(this.#slots.get(hash) ?? null).toReversed()) {
      if (!isKept(slot)) {
        this.#size -= 1;
        continue;
      }
      slot.next = left;
      left = slot;
    }
    if (left === null) this.#slots.delete(hash);
    else this.#slots.set(hash, left);
  }
}

function chain<F>(first: Slot<F> | null): readonly Slot<F>[] {
  const slots: Slot<F>[] = [];
  for (let slot = first; slot !== null; slot = slot.next) slots.push(slot);
  return slots;
}

function hashOf({ bytes, addressAt, addressSize, portAt }: Segment): number {
  let addresses = 0;
  const end = addressAt + 2 * addressSize;
  for (let at = addressAt; at < end; at += 4) addresses ^= u32(bytes, at, false);
  const ports = u16(bytes, portAt, false) + u16(bytes, portAt + 2, false);
  // Shifted to fit into V8's small integers.
  return (Math.imul(addresses, 0x9e37_79b1) ^ Math.imul(ports, 0x85eb_ca6b)) >>> 2;
}

/** The connection, seen by the side that sent the segment; `null`: it is of another. */
function ofSlot<F>(segment: Segment, slot: Slot<F>): Known<F> | null {
  const { bytes, portAt, addressSize } = segment;
  const { addresses, port, otherPort } = slot;
  const from = u16(bytes, portAt, false);
  const to = u16(bytes, portAt + 2, false);
  if (from === port && to === otherPort && hasAddresses(segment, addresses, 0)) return slot.first;
  return from === otherPort && to === port && hasAddresses(segment, addresses, addressSize)
    ? slot.second
    : null;
}

/** `first`: where the sender's address stands in `addresses`; the other side has them in the other order. */
function hasAddresses({ bytes, addressAt, addressSize }: Segment, addresses: string, first: number): boolean {
  if (addresses.length !== 2 * addressSize) return false;
  const second = addressSize - first;
  for (let i = 0; i < addressSize; i += 1) {
    if (bytes[addressAt + i] !== addresses.charCodeAt(first + i)) return false;
    if (bytes[addressAt + addressSize + i] !== addresses.charCodeAt(second + i)) return false;
  }
  return true;
}
