/** Packed entries that wait for the disk, oldest first, within a limit. The order never changes. */
import { EntryPacker, lastIdOf, noEntries, type PackedEntries, type Recorded } from './packed';

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

/** The entries of one batch. */
export interface WaitingBatch {
  /** Grows by one with each batch, and stays when a batch is sent again. */
  readonly number: number;
  readonly entries: PackedEntries;
  /** When the first entry was added, as performance.now(). */
  readonly since: number;
}

export class WaitingEntries {
  readonly #packer = new EntryPacker();
  #packed: WaitingBatch[] = [];
  readonly #mostBytes: number;
  #fillingSince = 0;
  /** Entries and bytes of packed batches. */
  #packedCount = 0;
  #packedBytes = 0;
  #lost = 0;
  #last: number;

  /** `last`: the number before the first batch. */
  constructor(mostBytes = usualBytes, last = 0) {
    this.#mostBytes = mostBytes;
    this.#last = last;
  }

  get count(): number {
    return this.#packedCount + this.#packer.count;
  }

  /** Entries dropped beyond the limit. */
  get lost(): number {
    return this.#lost;
  }

  /** The number of the newest packed batch. */
  get last(): number {
    return this.#last;
  }

  /** The number of the batch that `take` returns. */
  get next(): number {
    return this.#packed[0]?.number ?? this.#last + 1;
  }

  /** The number of the batch with the newest entry. */
  get newest(): number {
    return this.#packer.count === 0 ? this.#last : this.#last + 1;
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

  /** Removes the oldest batch, which may be empty. */
  take(): WaitingBatch {
    const oldest = this.#packed.shift();
    return oldest === undefined ? this.#pack() : this.#counted(oldest, -1);
  }

  /** Removes all batches. */
  takeAll(): readonly PackedEntries[] {
    const all = this.#packed.splice(0).map(({ entries }) => entries);
    this.#packedCount = 0;
    this.#packedBytes = 0;
    return this.#packer.count === 0 ? all : [...all, this.#pack().entries];
  }

  /** Puts a batch back to the front. */
  putBack(batch: WaitingBatch): void {
    this.#packed.unshift(this.#counted(batch, 1));
  }

  /** Drops entries that are on disk. Their batches keep their places. */
  drop(upTo: number): void {
    this.#packed = this.#packed.map((batch) => {
      const last = lastIdOf(batch.entries);
      if (last === null || last > upTo) return batch;
      return { ...this.#counted(batch, -1), entries: noEntries };
    });
  }

  /** When the oldest entry was added; Infinity if there is none. */
  get oldest(): number {
    const first = this.#packed.find(({ entries }) => entries.count > 0);
    if (first !== undefined) return first.since;
    return this.#packer.count === 0 ? Infinity : this.#fillingSince;
  }

  #pack(): WaitingBatch {
    this.#last += 1;
    return { number: this.#last, entries: this.#packer.take(), since: this.#fillingSince };
  }

  #counted(batch: WaitingBatch, sign: 1 | -1): WaitingBatch {
    this.#packedCount += sign * batch.entries.count;
    this.#packedBytes += sign * batch.entries.bytes.length;
    return batch;
  }
}
