/**
 * One journal of another site on this computer: the entries as recorded there, with their numbers. The same fold
 * computes machines, errors and orders from them. Entries that are there already are skipped, so
 * every batch may be received again.
 */
import { Fleet } from '../../core/state/fleet';
import { EntryLog, type Change } from '../../core/state/entryLog';
import { readStored } from '../../core/state/readStored';
import { restoreFleet } from '../../core/state/restoreFleet';
import { keepOrder, packEntries, unpacked, type PackedEntries, type PackedQuery } from '../../journal/api';
import { openIntact, type Batch } from '../../journal/embed';
import type { Command } from '#shared/model/command';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Mark, MarkChange, Retention } from '#shared/model/journal';
import type { SiteGrowth } from '../calls';
import type { ReceivedBatch } from '../wire/batch';
import { lastOf } from '../wire/lastOf';
import { gapEntry, type Gap } from './gap';

type Store = Extract<ReturnType<typeof openIntact>, { kind: 'open' }>['store'];

/** Entries after which the states of changed machines are written: a kill costs the fold of so many entries at most. */
const checkpointEvery = 100_000;
const retainSteps = 20;
/** [ours] Limits of one journal in memory: a site can make up numbers. It has at most as many offline machines and orders. */
const limits = { machines: 2_000, orders: 50_000 } as const;
/** [ours] Above these numbers of machines or open connections a journal is not read any more. */
const most = { machines: 10_000, connections: 100_000 } as const;
const day = 86_400_000;

/** The file is of another version of Crema. */
class OtherVersion extends Error {
  override readonly name = 'OtherVersion';
}

export class SiteJournal {
  readonly #store: Store;
  readonly #fleet: Fleet;
  readonly #log: EntryLog;
  #faults = new Map<number, Fault>();
  #orders = new Map<string, OrderRecord>();
  /** Machines that changed since their states were written, and since the last report. */
  #unwritten = new Set<number>();
  #unreported = new Set<number>();
  #sinceCheckpoint = 0;
  #entries: number;
  /** Changes of commands that a person here gave. */
  #commands = 0;
  #from: number | null = null;
  #to: number | null;

  private constructor(store: Store, fleet: Fleet, last: number) {
    this.#store = store;
    this.#fleet = fleet;
    this.#entries = store.size().entries;
    this.#to = store.lastTime();
    this.#log = new EntryLog(fleet, last);
    this.#log.onEntry((_entry, change) => {
      if (change !== null) this.#changed(change);
    });
  }

  /**
   * A damaged file stays at its path. `aside`: the path of a damaged file that was moved aside, whose records are added.
   * @throws OtherVersion, or SQLite's errors
   */
  static async open(file: string, aside: string | null = null): Promise<SiteJournal> {
    const opened = openIntact(file, undefined, undefined, { copy: aside });
    if (opened.kind !== 'open') throw new OtherVersion(opened.version ?? '');
    const { store, last } = opened;
    try {
      return await SiteJournal.#restored(store, last.entry);
    } catch (error) {
      store.abandon();
      throw error;
    }
  }

  static async #restored(store: Store, last: number): Promise<SiteJournal> {
    // Records of a damaged file come back before new ones.
    while (store.salvage() !== null) continue;
    const fleet = new Fleet({ kept: limits.machines, orders: limits.orders });
    const stored = {
      knownOrders: () => store.history.knownOrders(limits.orders),
      machines: () => store.machines(),
      // Nothing is served meanwhile, so all entries are folded before the first new one.
      entries: () => 0,
      setMachinesAside: (vmcNos: readonly number[]) => store.setMachinesAside(vmcNos),
      namelessConnections: (upTo: number) => store.namelessConnections(upTo),
      entriesAfter: (after: number, limit: number) => store.entriesAfter(after, limit),
      connectionsOf: (vmcNos: readonly number[], upTo: number) => store.connectionsOf(vmcNos, upTo),
      entriesOf: (query: Parameters<Store['entriesOf']>[0]) => store.entriesOf(query),
    };
    const changed = await restoreFleet(stored, fleet, { last, isSalvaging: false });
    const journal = new SiteJournal(store, fleet, last);
    for (const vmcNo of changed ?? []) journal.#unwritten.add(vmcNo);
    for (const vmcNo of fleet.machines.keys()) journal.#unreported.add(vmcNo);
    return journal;
  }

  /** A link to an entry has the name of the site's own journal. */
  takeName(name: string): void {
    this.#store.takeName(name);
  }

  /** The newest entry. */
  get last(): number {
    return this.#log.lastId;
  }

  /** Whether it needs more memory than a real site does. */
  get isOversized(): boolean {
    const { machines, connections } = this.#fleet;
    return machines.size > most.machines || connections.size > most.connections;
  }

  /** Whether entries are missing between the newest one here and the first new one of a batch. */
  misses({ after, entries }: ReceivedBatch): boolean {
    return after > this.last && lastOf(entries).last > this.last;
  }

  /** Writes what is new in a batch. Returns the entries that are missing before it; `null`: none. */
  take(batch: ReceivedBatch): Gap | null {
    const { last } = this;
    const { after } = batch;
    const ends = lastOf(batch.entries);
    if (ends.last <= last) return null;
    // A journal that is read from its middle on misses nothing that was ever here.
    const gap = after > last && last > 0 ? { from: last + 1, to: after } : null;
    const { entries, read } = gap === null && ends.first > last ? batch : newIn(batch, last, gap);
    for (const entry of unpacked(entries, read)) {
      this.#log.take(readStored(entry));
      if (this.#from === null || entry.at < this.#from) this.#from = entry.at;
      if (this.#to === null || entry.at > this.#to) this.#to = entry.at;
    }
    this.#write(entries);
    this.#entries += entries.count;
    this.#sinceCheckpoint += entries.count;
    if (this.#sinceCheckpoint >= checkpointEvery) this.checkpoint();
    return gap;
  }

  #changed({ vmcNo, faults, orders, replaced }: Change): void {
    for (const one of replaced === null ? [vmcNo] : [vmcNo, replaced]) {
      this.#unwritten.add(one);
      this.#unreported.add(one);
    }
    for (const fault of faults) this.#faults.set(fault.id, fault);
    for (const order of orders) keepOrder(this.#orders, order);
  }

  #write(entries: PackedEntries, machines: Batch['machines'] = []): void {
    const [faults, orders] = [[...this.#faults.values()], [...this.#orders.values()]];
    this.#store.append({ entries, faults, orders, commands: [], machines });
    this.#faults = new Map();
    this.#orders = new Map();
  }

  /** Writes the states of changed machines, so that the next start folds less. */
  checkpoint(): void {
    this.#sinceCheckpoint = 0;
    const machines = this.#statesOf(this.#unwritten);
    const entry = this.last;
    this.#write(
      packEntries([]),
      machines.map(({ vmcNo, state }) => ({ vmcNo, entry, state })),
    );
    this.#unwritten = new Set();
  }

  keepCommand(command: Command): void {
    this.#store.append({
      entries: packEntries([]),
      faults: [],
      orders: [],
      commands: [command],
      machines: [],
    });
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

  /** The machines that changed since the last call, as JSON. */
  changes(): readonly { readonly vmcNo: number; readonly state: string }[] {
    const machines = this.#statesOf(this.#unreported);
    this.#unreported = new Set();
    return machines;
  }

  get commands(): number {
    return this.#commands;
  }

  facts(): SiteGrowth['facts'] {
    return {
      entries: this.#entries,
      machines: this.#fleet.machines.size,
      from: this.#from,
      to: this.#to,
    };
  }

  #statesOf(vmcNos: ReadonlySet<number>): readonly { readonly vmcNo: number; readonly state: string }[] {
    return [...vmcNos].flatMap((vmcNo) => {
      const machine = this.#fleet.machine(vmcNo);
      return machine === null ? [] : [{ vmcNo, state: JSON.stringify(machine) }];
    });
  }

  /** Deletes the oldest entries beyond the limits, a few steps at a time. */
  retain({ days, bytes }: Retention, now: number): void {
    for (let steps = 0; steps < retainSteps; steps += 1) {
      const through = this.#store.retain({ before: now - days * day, now, bytes });
      if (through === null) return;
      this.#fleet.forgetOrdersThrough(through);
    }
  }

  close(): void {
    this.checkpoint();
    this.#store.close();
  }

  /** Ends without a checkpoint, after an error. */
  abandon(): void {
    this.#store.abandon();
  }
}

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
