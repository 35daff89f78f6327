/** Entries that wait for the disk, packed, oldest first, within a limit. Nothing is reordered. */
import { EntryPacker, type PackedEntries, type Recorded } from './packed';

/** Entries per transaction; also how many are handed over before the interval is up. */
const batchSize = 5_000;
/** Bytes of a transaction's entries beyond which no more are added: such are long, and memory is not endless. */
const batchBytes = 4_000_000;
/** What is kept in memory while the disk refuses, entries and their bytes; beyond it the newest are lost, counted and told. */
const waitingLimit = 500_000;
const waitingBytes = 256_000_000;

export class WaitingEntries {
  readonly #packer = new EntryPacker();
  #packed: PackedEntries[] = [];
  #lost = 0;

  get count(): number {
    return this.#packed.reduce((sum, { count }) => sum + count, this.#packer.count);
  }

  /** Beyond the limit. */
  get lost(): number {
    return this.#lost;
  }

  get #size(): number {
    return this.#packed.reduce((sum, { bytes }) => sum + bytes.length, this.#packer.size);
  }

  /** Whether a batch is full, or else goes on being filled. `null`: the entry is lost. */
  add(entry: Recorded): 'full' | 'filling' | null {
    if (this.#packed.length > 0 && (this.count >= waitingLimit || this.#size >= waitingBytes)) {
      this.#lost += 1;
      return null;
    }
    this.#packer.add(entry);
    if (this.#packer.count < batchSize && this.#packer.size < batchBytes) return 'filling';
    this.#packed.push(this.#packer.take());
    return 'full';
  }

  /** The oldest batch that was packed; `undefined`: none was. */
  get first(): PackedEntries | undefined {
    return this.#packed[0];
  }

  /** Removes the oldest batch. */
  take(): PackedEntries {
    return this.#packed.shift() ?? this.#packer.take();
  }

  /** Removes all. */
  takeAll(): readonly PackedEntries[] {
    if (this.#packer.count > 0) this.#packed.push(this.#packer.take());
    return this.#packed.splice(0);
  }

  /** Back to the front, in order. */
  putBack(entries: PackedEntries): void {
    this.#packed.unshift(entries);
  }
}
