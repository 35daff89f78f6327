/** Entries passed to the journal that are not written yet. If the disk rejects them, they are kept in memory. */
import type { Entry } from '#shared/model/frame';

export class Unwritten {
  /** Insertion order is age order. */
  readonly #entries = new Map<number, Entry>();

  add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
  }

  get(id: number): Entry | undefined {
    return this.#entries.get(id);
  }

  /** The machine of earlier entries is known now. */
  setOwner(entries: readonly Entry[]): void {
    for (const entry of entries) if (this.#entries.has(entry.id)) this.#entries.set(entry.id, entry);
  }

  /** All entries up to this id are on disk. */
  written(last: number): void {
    for (const id of this.#entries.keys()) {
      if (id > last) return;
      this.#entries.delete(id);
    }
  }

  /** Removes and returns all entries, oldest first. */
  take(): readonly Entry[] {
    const all = [...this.#entries.values()];
    this.#entries.clear();
    return all;
  }
}
