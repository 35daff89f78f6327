/** Entries on their way to the disk: should it refuse them, nobody else has them. */
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

  /** Of earlier entries it is known by now whose they are. */
  setOwner(entries: readonly Entry[]): void {
    for (const entry of entries) if (this.#entries.has(entry.id)) this.#entries.set(entry.id, entry);
  }

  /** The disk has all up to this one. */
  written(last: number): void {
    for (const id of this.#entries.keys()) {
      if (id > last) return;
      this.#entries.delete(id);
    }
  }

  /** All of them, oldest first; they are somebody else's from now on. */
  take(): readonly Entry[] {
    const all = [...this.#entries.values()];
    this.#entries.clear();
    return all;
  }
}
