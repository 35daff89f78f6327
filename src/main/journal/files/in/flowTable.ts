/** Connections by the endpoints of their packets. Every packet is looked up, so keys are numbers and not strings. */
import { Buffer } from 'node:buffer';
import { u16, u32 } from '../record';
import type { Segment } from '../segment';
import type { Side } from './sides';

/** A connection, seen by one of its sides. */
export interface Known<F> {
  readonly flow: F;
  readonly side: Side;
}

interface Slot<F> {
  /** Both addresses as side 0 sends them. */
  readonly addresses: Buffer;
  /** Both ports as side 0 sends them, and as side 1 does. */
  readonly ports: readonly [number, number];
  readonly sides: readonly [Known<F>, Known<F>];
}

export class FlowTable<F> {
  /** By a hash that is the same in both directions; few share one. */
  readonly #slots = new Map<number, Slot<F>[]>();
  #size = 0;
  /** The last connection found, since the next packet is most often of the same connection. */
  #last: Slot<F> | null = null;

  get size(): number {
    return this.#size;
  }

  find(segment: Segment): Known<F> | null {
    if (this.#last !== null) {
      const side = sideOf(segment, this.#last);
      if (side !== null) return this.#last.sides[side];
    }
    const slots = this.#slots.get(hashOf(segment));
    if (slots === undefined) return null;
    for (const slot of slots) {
      const side = sideOf(segment, slot);
      if (side === null) continue;
      this.#last = slot;
      return slot.sides[side];
    }
    return null;
  }

  /** The sender of `segment` is side 0. The connection that had the same ends is forgotten. */
  put(segment: Segment, flow: F): Known<F> {
    this.#last = null;
    const { bytes, addressAt, addressSize, portAt } = segment;
    const addresses = Buffer.from(bytes.subarray(addressAt, addressAt + 2 * addressSize));
    const from = u16(bytes, portAt, false);
    const to = u16(bytes, portAt + 2, false);
    const ports = [portsOf(from, to), portsOf(to, from)] as const;
    const first: Known<F> = { flow, side: 0 };
    const hash = hashOf(segment);
    const others = (this.#slots.get(hash) ?? []).filter((slot) => sideOf(segment, slot) === null);
    this.#size += 1 + others.length - (this.#slots.get(hash)?.length ?? 0);
    this.#slots.set(hash, [...others, { addresses, ports, sides: [first, { flow, side: 1 }] }]);
    return first;
  }

  flows(): F[] {
    return [...this.#slots.values()].flatMap((slots) => slots.map(({ sides }) => sides[0].flow));
  }

  forget(gone: ReadonlySet<F>): void {
    this.#last = null;
    for (const [hash, slots] of this.#slots) {
      const left = slots.filter(({ sides }) => !gone.has(sides[0].flow));
      this.#size -= slots.length - left.length;
      if (left.length === 0) this.#slots.delete(hash);
      else if (left.length < slots.length) this.#slots.set(hash, left);
    }
  }
}

function hashOf({ bytes, addressAt, addressSize, portAt }: Segment): number {
  let addresses = 0;
  const end = addressAt + 2 * addressSize;
  for (let at = addressAt; at < end; at += 4) addresses ^= u32(bytes, at, false);
  const ports = u16(bytes, portAt, false) + u16(bytes, portAt + 2, false);
  // Shifted to fit into V8's small integers.
  return (Math.imul(addresses, 0x9e37_79b1) ^ Math.imul(ports, 0x85eb_ca6b)) >>> 2;
}

const portsOf = (from: number, to: number): number => from * 65_536 + to;

/** The side of the connection that sent the segment; `null`: it is of another. */
function sideOf<F>(segment: Segment, { addresses, ports }: Slot<F>): Side | null {
  const { bytes, portAt, addressSize } = segment;
  const own = portsOf(u16(bytes, portAt, false), u16(bytes, portAt + 2, false));
  if (own === ports[0] && hasAddresses(segment, addresses, 0)) return 0;
  return own === ports[1] && hasAddresses(segment, addresses, addressSize) ? 1 : null;
}

/** `first`: where the sender's address stands in `addresses`; the other side has them in the other order. */
function hasAddresses({ bytes, addressAt, addressSize }: Segment, addresses: Buffer, first: number): boolean {
  if (addresses.length !== 2 * addressSize) return false;
  const second = addressSize - first;
  for (let i = 0; i < addressSize; i += 1) {
    if (bytes[addressAt + i] !== addresses[first + i]) return false;
    if (bytes[addressAt + addressSize + i] !== addresses[second + i]) return false;
  }
  return true;
}
