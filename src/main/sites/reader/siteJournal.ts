/**
 * One journal of another site on this computer: the entries as recorded there, with their numbers. The same fold computes machines, errors
 * and orders from them, in a thread of its own (../fold). While it folds a batch, this thread stores the one before.
 * Entries that are there already are skipped, so every batch may be received again.
 */
import {
  noEntries,
  numbersEach,
  packEntries,
  unpacked,
  type PackedEntries,
  type PackedQuery,
} from '../../journal/api';
import { openIntact, type Batch } from '../../journal/embed';
import type { Command } from '#shared/model/command';
import type { Mark, MarkChange, Retention } from '#shared/model/journal';
import type { SiteGrowth } from '../calls';
import type { Folded, FoldSizes, States } from '../fold/calls';
import { foldLimits } from '../fold/fold';
import type { Folds, JournalFold } from '../fold/folds';
import type { ReceivedBatch } from '../wire/batch';
import { lastOf } from '../wire/lastOf';
import { gapEntry, type Gap } from './gap';

type Store = Extract<ReturnType<typeof openIntact>, { kind: 'open' }>['store'];

/** Entries after which the states of changed machines are written: a kill costs the fold of so many entries at most. */
const checkpointEvery = 100_000;
const retainSteps = 20;
/** [ours] Above these numbers of machines or open connections a journal is not read any more. */
const most = { machines: 10_000, connections: 100_000 } as const;
const day = 86_400_000;

/** The file is of another version of Crema. */
class OtherVersion extends Error {
  override readonly name = 'OtherVersion';
}

export class SiteJournal {
  readonly #store: Store;
  readonly #fold: JournalFold;
  /** The batch that is being folded. It is stored when the next one is being folded, or at once when nothing follows. */
  #ahead: { readonly entries: PackedEntries; readonly folded: Promise<Folded> } | null = null;
  /** The newest entry, and the newest one on disk. */
  #last: number;
  #written: number;
  #sizes: FoldSizes;
  #sinceCheckpoint = 0;
  #entries: number;
  /** Changes of commands that a person here gave. */
  #commands = 0;
  #from: number | null = null;
  #to: number | null;

  private constructor(store: Store, fold: JournalFold, last: number) {
    this.#store = store;
    this.#fold = fold;
    this.#sizes = fold.sizes;
    this.#entries = store.size().entries;
    this.#to = store.lastTime();
    this.#last = last;
    this.#written = last;
  }

  /**
   * A damaged file stays at its path. `aside`: the path of a damaged file that was moved aside, whose records are added.
   * @throws OtherVersion, or SQLite's errors
   */
  static async open(file: string, folds: Folds, aside: string | null = null): Promise<SiteJournal> {
    const opened = openIntact(file, undefined, undefined, { copy: aside });
    if (opened.kind !== 'open') throw new OtherVersion(opened.version ?? '');
    const { store, last } = opened;
    try {
      return await SiteJournal.#restored(store, folds, last.entry);
    } catch (error) {
      store.abandon();
      throw error;
    }
  }

  static async #restored(store: Store, folds: Folds, last: number): Promise<SiteJournal> {
    // Records of a damaged file come back before new ones.
    while (store.salvage() !== null) continue;
    const stored = {
      knownOrders: () => store.history.knownOrders(foldLimits.orders),
      machines: () => store.machines(),
      // Nothing is served meanwhile, so all entries are folded before the first new one.
      entries: () => 0,
      setMachinesAside: (vmcNos: readonly number[]) => store.setMachinesAside(vmcNos),
      namelessConnections: (upTo: number) => store.namelessConnections(upTo),
      entriesAfter: (after: number, limit: number) => store.entriesAfter(after, limit),
      connectionsOf: (vmcNos: readonly number[], upTo: number) => store.connectionsOf(vmcNos, upTo),
      entriesOf: (query: Parameters<Store['entriesOf']>[0]) => store.entriesOf(query),
    };
    return new SiteJournal(store, await folds.open(stored, last), last);
  }

  /** A link to an entry has the name of the site's own journal. */
  takeName(name: string): void {
    this.#store.takeName(name);
  }

  /** The newest entry that was taken. */
  get last(): number {
    return this.#last;
  }

  /** The newest entry on disk. */
  get written(): number {
    return this.#written;
  }

  /** Whether it needs more memory than a real site does. */
  get isOversized(): boolean {
    const { machines, connections } = this.#sizes;
    return machines > most.machines || connections > most.connections;
  }

  /** Whether entries are missing between the newest one here and the first new one of a batch. */
  misses({ after, entries }: ReceivedBatch): boolean {
    return after > this.last && lastOf(entries).last > this.last;
  }

  /**
   * Begins to fold what is new in a batch, and stores the batch before it. Returns the entries that are missing before it; `null`: none.
   */
  async take(batch: ReceivedBatch): Promise<Gap | null> {
    const { last } = this;
    const { after } = batch;
    const ends = lastOf(batch.entries);
    if (ends.last <= last) {
      await this.settle();
      return null;
    }
    // A journal that is read from its middle on misses nothing that was ever here.
    const gap = after > last && last > 0 ? { from: last + 1, to: after } : null;
    const { entries, read } = gap === null && ends.first > last ? batch : newIn(batch, last, gap);
    this.#last = ends.last;
    this.#sinceCheckpoint += entries.count;
    const isCheckpoint = this.#sinceCheckpoint >= checkpointEvery;
    if (isCheckpoint) this.#sinceCheckpoint = 0;
    const folded = this.#fold.take(entries, read, isCheckpoint);
    // If the batch before can't be stored, nobody waits for this one.
    folded.catch(() => undefined);
    await this.settle();
    this.#ahead = { entries, folded };
    return gap;
  }

  /** Stores the batch that is being folded. Until then it counts as not received. */
  async settle(): Promise<void> {
    const ahead = this.#ahead;
    if (ahead === null) return;
    this.#ahead = null;
    const { entries } = ahead;
    const { faults, orders, states, ...sizes } = await ahead.folded;
    const { last } = lastOf(entries);
    this.#write({ entries, faults, orders, machines: statesAt(last, states) });
    this.#written = last;
    this.#sizes = sizes;
    this.#entries += entries.count;
    for (let i = 0; i < entries.count; i += 1) {
      const at = entries.numbers[i * numbersEach + 1] ?? 0;
      if (this.#from === null || at < this.#from) this.#from = at;
      if (this.#to === null || at > this.#to) this.#to = at;
    }
  }

  #write(rows: Partial<Batch>): void {
    this.#store.append({ entries: noEntries, faults: [], orders: [], commands: [], machines: [], ...rows });
  }

  /** Writes the states of changed machines, so that the next start folds less. */
  async checkpoint(): Promise<void> {
    await this.settle();
    this.#sinceCheckpoint = 0;
    const states = await this.#fold.checkpoint();
    this.#write({ machines: statesAt(this.#last, states) });
  }

  keepCommand(command: Command): void {
    this.#write({ commands: [command] });
    this.#commands += 1;
  }

  /** Returns the new row. */
  changeMark(change: MarkChange): Mark {
    return this.#store.marks.change(change);
  }

  /** A page of entries, up to the first missing one. */
  entriesAfter(query: PackedQuery): PackedEntries {
    return this.#store.packedAfter(query).entries;
  }

  /** Takes over what does not follow from the entries, from another file of the same journal. */
  takeOver(file: string): void {
    this.#store.carryFrom(file);
  }

  /** Open commands, and those of the last days. */
  followedCommands(): readonly Command[] {
    return this.#store.history.openCommands({ since: Date.now() - day });
  }

  /** The machines that changed since the last call. Some changes may not be stored yet. */
  changes(): Promise<States> {
    return this.#fold.report();
  }

  get commands(): number {
    return this.#commands;
  }

  facts(): SiteGrowth['facts'] {
    return {
      entries: this.#entries,
      machines: this.#sizes.machines,
      from: this.#from,
      to: this.#to,
    };
  }

  /** Deletes the oldest entries beyond the limits, a few steps at a time. */
  retain({ days, bytes }: Retention, now: number): void {
    for (let steps = 0; steps < retainSteps; steps += 1) {
      const through = this.#store.retain({ before: now - days * day, now, bytes });
      if (through === null) return;
      this.#fold.forgetOrdersThrough(through);
    }
  }

  async close(): Promise<void> {
    await this.checkpoint();
    this.#store.close();
    this.#fold.close();
  }

  /** Ends without a checkpoint, after an error. */
  abandon(): void {
    this.#ahead = null;
    this.#store.abandon();
    this.#fold.close();
  }
}

const statesAt = (entry: number, states: States): Batch['machines'] =>
  states.map(({ vmcNo, state }) => ({ vmcNo, entry, state }));

/** The entries above `last`, and one for the gap before them. */
function newIn(
  { entries, read }: ReceivedBatch,
  last: number,
  gap: Gap | null,
): Omit<ReceivedBatch, 'after'> {
  const fresh = [...unpacked(entries, read)].filter(({ id }) => id > last);
  return {
    entries: packEntries(gap === null ? fresh : [gapEntry(gap, fresh[0]?.at ?? 0), ...fresh]),
    read: new Map(),
  };
}
