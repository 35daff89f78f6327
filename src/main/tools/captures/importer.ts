/** Folds entries of a file and writes them to a journal in steps, so that the journal is readable during the import. */
import type { Capture } from '#shared/model/capture';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Mark } from '#shared/model/journal';
import { joinedMarks } from '../../core/captures/notes';
import type { LateMark, ReadEntry } from '../../core/captures/types';
import { EntryPacker, keepOrder, OriginalRuns, packEntries } from '../../journal/api';
import type { Batch } from '../../journal/embed';
import { Fleet } from '../../core/state/fleet';
import { EntryLog } from '../../core/state/entryLog';
import { CaptureFindings } from '../../core/state/captureFindings';
import type { JournalWriter } from './journalWriter';

/** Entries per transaction. */
const batchSize = 5_000;
/** Batches written at a time, so that one slow write does not stop reading. */
const maxBatches = 4;
/** ms after which even a few entries are written, so that entries also appear early on a slow disk. */
const writeInterval = 500;
/**
 * ms between two growth reports. Current faults and orders are written before each report. The interval grows if there are so many
 * machines that a report takes long.
 */
const growthInterval = 1_000;
/** The largest share of its time that a job spends on reports. */
const reportShare = 0.04;

type Facts = Pick<Capture, 'entries' | 'machines' | 'connections' | 'from' | 'to'>;

/** Faults and orders that the entries up to `last` changed since the batch before: the newest version of each. */
interface Changes {
  readonly last: number;
  readonly faults: Map<number, Fault>;
  readonly orders: Map<string, OrderRecord>;
}

const newChanges = (): Changes => ({ last: 0, faults: new Map(), orders: new Map() });

/** The content of the journal, and the changes since the last report. */
export interface Growth {
  readonly facts: Facts;
  /** Changed machine states, as JSON. */
  readonly machines: readonly { readonly vmcNo: number; readonly state: string }[];
}

export interface ImporterOptions {
  /** Whether to make the findings that the live connection makes. */
  readonly addFindings: boolean;
  /** `null`: no reports are wanted. */
  readonly onGrowth: ((growth: Growth) => void) | null;
}

export class Importer {
  readonly #writer: JournalWriter;
  readonly #onGrowth: ImporterOptions['onGrowth'];
  readonly #fleet = new Fleet();
  readonly #entryLog = new EntryLog(this.#fleet);
  #findings: CaptureFindings | null;
  /** The last entry of each connection, and its mark. */
  readonly #lastOf = new Map<number, { entry: number; mark: ReadEntry['mark'] }>();
  readonly #packer = new EntryPacker();
  /** The batches being written, oldest first. */
  readonly #writing: Promise<void>[] = [];
  #handedOver = 0;
  /** Changes of entries not handed over yet, and of batches whose faults and orders are not written yet, oldest first. */
  #changes = newChanges();
  #unwritten: Changes[] = [];
  #marks: Mark[] = [];
  readonly #originals = new OriginalRuns();
  #changed = new Set<number>();
  #written = 0;
  #writtenAt = -Infinity;
  #reportAt = -Infinity;
  #first: number | null = null;
  #last: number | null = null;
  frames = 0;

  constructor(writer: JournalWriter, { addFindings, onGrowth }: ImporterOptions) {
    this.#writer = writer;
    this.#onGrowth = onGrowth;
    this.#findings = addFindings
      ? new CaptureFindings(
          (vmcNo, message) => this.#fleet.machineBefore(vmcNo, message),
          (conn) => this.#fleet.connections.get(conn),
        )
      : null;
    this.#entryLog.onEntry((entry, change) => {
      this.#packer.add(entry);
      if (change === null) return;
      if (onGrowth !== null) this.#changed.add(change.vmcNo);
      for (const fault of change.faults) this.#changes.faults.set(fault.id, fault);
      for (const order of change.orders) keepOrder(this.#changes.orders, order);
    });
  }

  /** The file holds a selection of frames, so gaps in it are not findings. */
  isSelection(): void {
    this.#findings = null;
  }

  /** Resolves when few enough batches are being written. */
  async add(page: readonly ReadEntry[]): Promise<void> {
    for (const entry of page) {
      this.#record(entry);
      const { at, kind } = entry;
      if (kind === 'frame' || kind === 'junk') this.frames += 1;
      // Held-back bytes are reported after later ones.
      if (this.#first === null || at < this.#first) this.#first = at;
      if (this.#last === null || at > this.#last) this.#last = at;
      if (this.#packer.count >= batchSize) await this.#write();
    }
    if (performance.now() - this.#writtenAt >= writeInterval) await this.#write();
  }

  #record(entry: ReadEntry): void {
    const { mark, conn, original } = entry;
    // The entry log assigns new numbers, because the file's numbers may repeat or go back.
    const own = this.#entryLog.lastId + 1;
    if (this.#findings === null) this.#entryLog.record(entry);
    else for (const judged of this.#findings.add(entry)) this.#entryLog.record(judged);
    // The mark belongs to the frame itself; its findings follow as entries of their own.
    if (mark !== undefined) this.#marks.push({ entry: own, ...mark });
    if (original !== undefined) this.#originals.add(own, original);
    const last = this.#entryLog.lastId;
    const lastOf = this.#lastOf.get(conn);
    if (lastOf === undefined) this.#lastOf.set(conn, { entry: last, mark: last === own ? mark : undefined });
    else {
      lastOf.entry = last;
      lastOf.mark = last === own ? mark : undefined;
    }
  }

  /** Call when all entries are added: each mark is for the last entry of its connection. */
  markLast(late: readonly LateMark[]): void {
    for (const { conn, mark } of late) {
      const last = this.#lastOf.get(conn);
      if (last === undefined) continue;
      last.mark = last.mark === undefined ? mark : joinedMarks(last.mark, mark);
      this.#marks.push({ entry: last.entry, ...last.mark });
    }
  }

  /** Writes the machines' last states, as a live run does. The opened journal then needs no new fold. */
  async end(): Promise<void> {
    await this.#write();
    await Promise.all(this.#writing);
    const machines = [...this.#fleet.machines.values()].map((machine) => ({
      vmcNo: machine.vmcNo,
      entry: this.#entryLog.lastId,
      state: JSON.stringify(machine),
    }));
    const history = historyOf(this.#unwritten);
    const marks = this.#marks;
    await this.#writer.append({ entries: packEntries([]), ...history, commands: [], machines, marks });
    this.#marks = [];
    this.#unwritten = [];
    this.#reportGrowth();
  }

  /** Writes the entries read before a failure, if possible. */
  async endEarly(): Promise<void> {
    try {
      await this.end();
    } catch {
      // The caller reports the first error, such as a full disk. Entries written before stay.
      if (this.#written === 0) return;
      await this.#writeHistory();
      this.#reportGrowth();
    }
  }

  /** Writes the faults and orders of the written entries. */
  async #writeHistory(): Promise<void> {
    const history = historyOf(this.#unwritten.filter(({ last }) => last <= this.#written));
    try {
      await this.#writer.append({ entries: packEntries([]), ...history, commands: [], machines: [] });
    } catch {
      // The journal then lacks only its faults and orders.
    }
  }

  facts(): Facts {
    return {
      entries: this.#written,
      machines: this.#fleet.machines.size,
      connections: this.#lastOf.size,
      from: this.#first,
      to: this.#last,
    };
  }

  /** Writes the collected entries as soon as few enough batches are being written. */
  async #write(): Promise<void> {
    if (this.#packer.count === 0) return;
    const last = this.#entryLog.lastId;
    this.#unwritten.push({ ...this.#changes, last });
    this.#changes = newChanges();
    // Faults and orders change often and need not be written each time.
    const isReported = performance.now() >= this.#reportAt;
    if (isReported) this.#reportAt = Infinity;
    const batch: Batch = {
      entries: this.#packer.take(),
      ...historyOf(isReported ? this.#unwritten : []),
      commands: [],
      machines: [],
      marks: this.#marks,
      originals: this.#originals.take(),
      follows: this.#handedOver,
    };
    this.#handedOver = last;
    this.#marks = [];
    this.#writtenAt = performance.now();
    if (this.#writing.length === maxBatches) await this.#writing.shift();
    const writing = this.#append(batch, last, isReported);
    // The error is thrown where the promise is awaited.
    writing.catch(() => undefined);
    this.#writing.push(writing);
  }

  async #append(batch: Batch, last: number, isReported: boolean): Promise<void> {
    await this.#writer.append(batch);
    this.#written = last;
    if (!isReported) return;
    this.#unwritten = this.#unwritten.filter((changes) => changes.last > last);
    this.#reportGrowth();
  }

  #reportGrowth(): void {
    const begun = performance.now();
    this.#reportAt = begun + growthInterval;
    const onGrowth = this.#onGrowth;
    if (this.#written === 0 || onGrowth === null) return;
    const machines: Growth['machines'][number][] = [];
    for (const vmcNo of this.#changed) {
      const machine = this.#fleet.machine(vmcNo);
      if (machine !== null) machines.push({ vmcNo, state: JSON.stringify(machine) });
    }
    onGrowth({ facts: this.facts(), machines });
    this.#changed = new Set();
    const ended = performance.now();
    this.#reportAt = ended + Math.max(growthInterval, (ended - begun) / reportShare);
  }
}

/** The newest version of each fault and order. `all` is in order, oldest first. */
function historyOf(all: readonly Changes[]): Pick<Batch, 'faults' | 'orders'> {
  const faults = new Map(all.flatMap((one) => [...one.faults]));
  const orders = new Map<string, OrderRecord>();
  for (const one of all) for (const order of one.orders.values()) keepOrder(orders, order);
  return { faults: [...faults.values()], orders: [...orders.values()] };
}
