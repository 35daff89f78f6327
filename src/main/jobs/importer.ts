/** Folds entries of a file and writes them to a journal, in steps that somebody may look at while it goes on. */
import type { Capture } from '#shared/model/capture';
import type { Entry } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import type { ReadEntry } from '../capture/types';
import type { JournalStore } from '../journal/store';
import { stored } from '../keeping';
import { Fleet } from '../session/fleet';
import { Ledger } from '../session/ledger';
import { Listening } from './listening';

/** Entries per transaction. */
const batchSize = 5_000;
/** ms after which what was read is written, however little it is: a slow stick is looked at all the same. */
const writeInterval = 500;
/** ms between two words about what is in the journal. */
const growthInterval = 1_000;

type Facts = Pick<Capture, 'entries' | 'machines' | 'connections' | 'from' | 'to'>;

/** What is in the journal by now, and what is new of it since the last word. */
export interface Growth {
  readonly facts: Facts;
  /** States of machines that changed, as JSON. */
  readonly machines: readonly { readonly vmcNo: number; readonly state: string }[];
  readonly marks: readonly Mark[];
}

export interface ImporterOptions {
  /** Remarks what the live session would have remarked. */
  readonly remark: boolean;
  readonly onGrowth: (growth: Growth) => void;
}

export class Importer {
  readonly #store: JournalStore;
  readonly #onGrowth: ImporterOptions['onGrowth'];
  readonly #fleet = new Fleet();
  readonly #ledger = new Ledger(this.#fleet);
  #listening: Listening | null;
  readonly #connections = new Set<number>();
  #entries: Entry[] = [];
  #batch: Pick<Parameters<JournalStore['append']>[0], 'faults' | 'orders'> = { faults: [], orders: [] };
  #marks: Mark[] = [];
  #newMarks: Mark[] = [];
  #changed = new Set<number>();
  #written = 0;
  #writtenAt = -Infinity;
  #toldAt = -Infinity;
  #first: number | null = null;
  #last: number | null = null;
  frames = 0;

  constructor(store: JournalStore, { remark, onGrowth }: ImporterOptions) {
    this.#store = store;
    this.#onGrowth = onGrowth;
    this.#listening = remark ? new Listening((vmcNo) => this.#fleet.machine(vmcNo)) : null;
    this.#ledger.onEntry((entry, change) => {
      this.#entries.push(entry);
      if (change === null) return;
      this.#changed.add(change.vmcNo);
      const { faults, orders } = this.#batch;
      if (change.faults.length > 0 || change.orders.length > 0)
        this.#batch = { faults: [...faults, ...change.faults], orders: [...orders, ...change.orders] };
    });
  }

  /** Frames are missing by choice: gaps among them say nothing about the machine. */
  isSelection(): void {
    this.#listening = null;
  }

  take(page: readonly ReadEntry[]): void {
    for (const entry of page) {
      // Numbered anew: what a file says of numbers is of another journal.
      const { id: _id, mark, ...fresh } = entry as ReadEntry & { readonly id?: number };
      for (const heard of this.#listening?.hear(fresh) ?? [fresh]) this.#ledger.record(heard);
      if (mark !== undefined) this.#marks.push({ entry: this.#ledger.lastId, ...mark });
      this.#connections.add(entry.conn);
      if (entry.kind === 'frame' || entry.kind === 'junk') this.frames += 1;
      this.#first ??= entry.at;
      this.#last = Math.max(this.#last ?? entry.at, entry.at);
      if (this.#entries.length >= batchSize) this.#write();
    }
    if (performance.now() - this.#writtenAt >= writeInterval) this.#write();
    if (performance.now() - this.#toldAt >= growthInterval) this.#tell();
  }

  /** The machines' last states go in as a live run's would: whoever opens the file knows them at once. */
  end(): void {
    this.#write();
    const machines = [...this.#fleet.machines.values()].map((machine) => ({
      vmcNo: machine.vmcNo,
      entry: this.#ledger.lastId,
      state: JSON.stringify(machine),
    }));
    this.#store.append({ entries: [], faults: [], orders: [], commands: [], machines });
    this.#tell();
  }

  /** Something went wrong: what can be kept of what was read is. */
  giveUp(): void {
    try {
      this.end();
    } catch {
      // The disk is full, say, and what led here says so: what was written before is there.
      if (this.#written > 0) this.#tell();
    }
  }

  facts(): Facts {
    return {
      entries: this.#written,
      machines: this.#fleet.machines.size,
      connections: this.#connections.size,
      from: this.#first,
      to: this.#last,
    };
  }

  #write(): void {
    if (this.#entries.length === 0) return;
    this.#store.append({ entries: this.#entries.map(stored), ...this.#batch, commands: [], machines: [] });
    for (const mark of this.#marks) this.#store.setMark(mark);
    this.#newMarks.push(...this.#marks);
    this.#written = this.#ledger.lastId;
    this.#writtenAt = performance.now();
    this.#marks = [];
    this.#entries = [];
    this.#batch = { faults: [], orders: [] };
  }

  #tell(): void {
    if (this.#written === 0) return;
    const machines: Growth['machines'][number][] = [];
    for (const vmcNo of this.#changed) {
      const machine = this.#fleet.machine(vmcNo);
      if (machine !== null) machines.push({ vmcNo, state: JSON.stringify(machine) });
    }
    this.#onGrowth({ facts: this.facts(), machines, marks: this.#newMarks });
    this.#changed = new Set();
    this.#newMarks = [];
    this.#toldAt = performance.now();
  }
}
