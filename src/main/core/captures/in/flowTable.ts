/** Connections by the endpoints of their packets. Every packet needs a lookup, so keys are numbers instead of strings. */
import { u16, u32 } from '../record';
import type { Segment } from '../segment';
import type { Side } from './sides';

/** A connection, seen by one of its sides. */
export interface Known<F> {
  readonly flow: F;
  readonly side: Side;
}

/** A slot has few objects: with a thousand connections, most lookups miss the processor's cache. */
interface Slot<F> {
  /** Both addresses in the order of side 0's packets, one character per byte. */
  readonly addresses: string;
  /** The ports of side 0 and side 1. */
  readonly port: number;
  readonly otherPort: number;
  readonly first: Known<F>;
  readonly second: Known<F>;
  /** The next slot with the same hash. */
  next: Slot<F> | null;
}

export class FlowTable<F> {
  /** Keyed by a hash that is the same in both directions. Collisions are rare. */
  readonly #slots = new Map<number, Slot<F>>();
  #size = 0;
  /** The connection found last: the next packet usually belongs to it. */
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

  /** The sender of `segment` becomes side 0. Replaces a connection with the same ends. */
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

  /** In order of insertion; connections with the same hash stand together. */
  flows(): F[] {
    return [...this.#slots.values()].flatMap((slot) => chain(slot).map(({ first }) => first.flow));
  }

  forget(gone: ReadonlySet<F>): void {
    for (const hash of this.#slots.keys()) this.#keep(hash, ({ first }) => !gone.has(first.flow));
  }

  /** Keeps the slots of this hash that pass `isKept`, and appends `added`. */
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

/** The connection as seen by the sender of the segment; `null` if the segment belongs to another connection. */
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

/** `first`: offset of the sender's address in `addresses`. The other side has the reverse order. */
function hasAddresses({ bytes, addressAt, addressSize }: Segment, addresses: string, first: number): boolean {
  if (addresses.length !== 2 * addressSize) return false;
  const second = addressSize - first;
  for (let i = 0; i < addressSize; i += 1) {
    if (bytes[addressAt + i] !== addresses.charCodeAt(first + i)) return false;
    if (bytes[addressAt + addressSize + i] !== addresses.charCodeAt(second + i)) return false;
  }
  return true;
}
