/** The newest frames of every machine, in memory: bounded by count per machine and by count and bytes over all. */
import type { Entry, FrameEntry, JunkEntry } from '#shared/model/frame';

export type KeptEntry = FrameEntry | JunkEntry;

export interface RecentLimits {
  readonly perMachine: number;
  readonly total: number;
  /** Bytes on the wire over all kept entries. */
  readonly bytes: number;
}
const defaultLimits: RecentLimits = { perMachine: 500, total: 50_000, bytes: 64 * 1024 * 1024 };

export class RecentFrames {
  readonly #limits: RecentLimits;
  /** Insertion order is age order. */
  readonly #byId = new Map<number, KeptEntry>();
  readonly #byMachine = new Map<number | null, Set<number>>();
  #bytes = 0;

  constructor(limits: Partial<RecentLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  add(entry: Entry): void {
    if (entry.kind !== 'frame' && entry.kind !== 'junk') return;
    this.#byId.set(entry.id, entry);
    this.#bytes += entry.bytes.length;
    let ids = this.#byMachine.get(entry.vmcNo);
    if (ids === undefined) this.#byMachine.set(entry.vmcNo, (ids = new Set()));
    ids.add(entry.id);
    if (ids.size > this.#limits.perMachine) this.#dropOldest(ids);
    while (this.#byId.size > this.#limits.total || this.#bytes > this.#limits.bytes)
      this.#dropOldest(this.#byId.keys());
  }

  get(id: number): KeptEntry | undefined {
    return this.#byId.get(id);
  }

  /** The machine's newest frames, oldest first. */
  ofMachine(vmcNo: number, limit: number): readonly KeptEntry[] {
    const ids = [...(this.#byMachine.get(vmcNo) ?? [])].slice(-limit);
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  forget(vmcNo: number): void {
    for (const id of this.#byMachine.get(vmcNo) ?? []) this.#drop(id);
  }

  #dropOldest(ids: Iterable<number>): void {
    for (const id of ids) {
      this.#drop(id);
      return;
    }
  }

  #drop(id: number): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    this.#byId.delete(id);
    this.#bytes -= entry.bytes.length;
    const ids = this.#byMachine.get(entry.vmcNo);
    ids?.delete(id);
    if (ids?.size === 0) this.#byMachine.delete(entry.vmcNo);
  }
}
