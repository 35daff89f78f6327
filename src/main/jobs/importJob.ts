/** Reads a file of frames into a journal of its own: the same fold and the same tables as live. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Capture } from '#shared/model/capture';
import type { Entry, NewEntry } from '#shared/model/frame';
import { importCapture } from '../capture/importCapture';
import { importJsonl } from '../capture/jsonlIn';
import { openJournal, type JournalStore } from '../journal/store';
import { stored } from '../keeping';
import { Fleet } from '../session/fleet';
import { Ledger } from '../session/ledger';

export interface ImportRequest {
  readonly file: string;
  /** The journal to write, which is not there yet. */
  readonly journal: string;
}

export interface ImportProgress {
  /** Bytes read of the file. */
  readonly done: number;
  readonly total: number;
  readonly frames: number;
}

export type Imported = Omit<Capture, 'id' | 'fileName'>;

/** Entries per transaction. */
const batchSize = 5_000;

/** @throws CaptureError where the file is no capture; Node's own errors where it can't be read. */
export async function importFile(
  request: ImportRequest,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<Imported> {
  const { size } = await stat(request.file);
  const opened = openJournal(request.journal);
  if (opened.kind !== 'open') throw new Error('the journal was written by a newer Crema');
  const { store } = opened;
  try {
    const into = new Importer(store);
    const report = (done: number): void => onProgress({ done, total: size, frames: into.frames });
    const source = createReadStream(request.file, { highWaterMark: 1_048_576, signal });
    const options = { signal, onProgress: report };
    const passedOver: Record<string, number> = {};
    let [isCutOff, isDamaged] = [false, false];
    if (await isJsonl(request.file)) {
      const { badLines, ...rest } = await drain(importJsonl(source, options), into);
      if (badLines > 0) passedOver['badLine'] = badLines;
      ({ isCutOff } = rest);
    } else {
      const summary = await drain(importCapture(source, options), into);
      for (const [reason, count] of Object.entries(summary.passedOver)) passedOver[reason] = count;
      if (summary.otherConnections > 0) passedOver['otherConnections'] = summary.otherConnections;
      ({ isCutOff, isDamaged } = summary);
    }
    into.end();
    return { ...into.facts(), passedOver, isCutOff, isDamaged };
  } finally {
    store.close();
  }
}

async function drain<S>(
  pages: AsyncGenerator<readonly NewEntry[], S, undefined>,
  into: Importer,
): Promise<S> {
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return step.value;
    into.take(step.value);
  }
}

/** Ours begins with an object, perhaps after a byte order mark; gzip is looked into by the readers themselves. */
async function isJsonl(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return /^\uFEFF?\s*\{/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

class Importer {
  readonly #store: JournalStore;
  readonly #fleet = new Fleet();
  readonly #ledger = new Ledger(this.#fleet);
  readonly #connections = new Set<number>();
  #entries: Entry[] = [];
  #batch: Pick<Parameters<JournalStore['append']>[0], 'faults' | 'orders'> = { faults: [], orders: [] };
  #first: number | null = null;
  #last: number | null = null;
  frames = 0;

  constructor(store: JournalStore) {
    this.#store = store;
    this.#ledger.onEntry((entry, change) => {
      this.#entries.push(entry);
      if (change === null) return;
      const { faults, orders } = this.#batch;
      if (change.faults.length > 0 || change.orders.length > 0)
        this.#batch = { faults: [...faults, ...change.faults], orders: [...orders, ...change.orders] };
    });
  }

  take(page: readonly NewEntry[]): void {
    for (const entry of page) {
      // Numbered anew: what a file says of numbers is of another journal.
      const { id: _id, ...fresh } = entry as NewEntry & { readonly id?: number };
      this.#ledger.record(fresh);
      this.#connections.add(entry.conn);
      if (entry.kind === 'frame' || entry.kind === 'junk') this.frames += 1;
      this.#first ??= entry.at;
      this.#last = Math.max(this.#last ?? entry.at, entry.at);
      if (this.#entries.length >= batchSize) this.#write();
    }
  }

  #write(): void {
    this.#store.append({ entries: this.#entries.map(stored), ...this.#batch, commands: [], machines: [] });
    this.#entries = [];
    this.#batch = { faults: [], orders: [] };
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
  }

  facts(): Pick<Capture, 'entries' | 'machines' | 'connections' | 'from' | 'to'> {
    return {
      entries: this.#ledger.lastId,
      machines: this.#fleet.machines.size,
      connections: this.#connections.size,
      from: this.#first,
      to: this.#last,
    };
  }
}
