/** Packed entries that wait for the disk, oldest first, within a limit. The order never changes. */
import { EntryPacker, type PackedEntries, type Recorded } from './packed';

/** Entries per transaction. A full batch is sent before the interval ends. */
const batchSize = 5_000;
/** Bytes per transaction. No entries are added beyond this size, because long entries take much memory. */
const batchBytes = 4_000_000;
/**
 * Entries and bytes kept in memory while the disk rejects writes. Beyond these
 * limits new entries are dropped, counted and reported.
 */
const mostEntries = 500_000;
const usualBytes = 256_000_000;

export class WaitingEntries {
  readonly #packer = new EntryPacker();
  readonly #packed: PackedEntries[] = [];
  readonly #mostBytes: number;
  /** When the first entry of each batch was added, as performance.now(). */
  readonly #begun = new WeakMap<PackedEntries, number>();
  #fillingSince = 0;
  /** Entries and bytes of packed batches. */
  #packedCount = 0;
  #packedBytes = 0;
  #lost = 0;

  constructor(mostBytes = usualBytes) {
    this.#mostBytes = mostBytes;
  }

  get count(): number {
    return this.#packedCount + this.#packer.count;
  }

  /** Entries dropped beyond the limit. */
  get lost(): number {
    return this.#lost;
  }

  /** Returns whether the batch is full or still filling; `null`: the entry was dropped. */
  add(entry: Recorded): 'full' | 'filling' | null {
    if (
      this.#packed.length > 0 &&
      (this.count >= mostEntries || this.#packedBytes + this.#packer.size >= this.#mostBytes)
    ) {
      this.#lost += 1;
      return null;
    }
    if (this.#packer.count === 0) this.#fillingSince = performance.now();
    this.#packer.add(entry);
    if (this.#packer.count < batchSize && this.#packer.size < batchBytes) return 'filling';
    this.#packed.push(this.#counted(this.#pack(), 1));
    return 'full';
  }

  /** The oldest packed batch; `undefined` if there is none. */
  get first(): PackedEntries | undefined {
    return this.#packed[0];
  }

  /** Removes the oldest batch. */
  take(): PackedEntries {
    const oldest = this.#packed.shift();
    return oldest === undefined ? this.#pack() : this.#counted(oldest, -1);
  }

  /** Removes all batches. */
  takeAll(): readonly PackedEntries[] {
    const all = this.#packed.splice(0);
    this.#packedCount = 0;
    this.#packedBytes = 0;
    return this.#packer.count === 0 ? all : [...all, this.#pack()];
  }

  /** Puts a batch back to the front. */
  putBack(entries: PackedEntries): void {
    this.#packed.unshift(this.#counted(entries, 1));
  }

  /** When the oldest entry was added, including entries of `inFlight`; Infinity if there is none. */
  oldest(inFlight: PackedEntries | null): number {
    const first = inFlight !== null && inFlight.count > 0 ? inFlight : this.#packed[0];
    if (first !== undefined) return this.#begun.get(first) ?? Infinity;
    return this.#packer.count === 0 ? Infinity : this.#fillingSince;
  }

  #pack(): PackedEntries {
    const packed = this.#packer.take();
    this.#begun.set(packed, this.#fillingSince);
    return packed;
  }

  #counted(packed: PackedEntries, sign: 1 | -1): PackedEntries {
    this.#packedCount += sign * packed.count;
    this.#packedBytes += sign * packed.bytes.length;
    return packed;
  }
}
