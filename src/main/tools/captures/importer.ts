/** Folds entries of a file and writes them to a journal in steps, so that it can be read during the import. */
import type { Capture } from '#shared/model/capture';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Mark } from '#shared/model/journal';
import { joinedMarks } from '../../core/captures/notes';
import type { LateMark, ReadEntry } from '../../core/captures/types';
import { EntryPacker, keepOrder, packEntries } from '../../journal/api';
import type { Batch } from '../../journal/embed';
import { Fleet } from '../../core/state/fleet';
import { EntryLog } from '../../core/state/entryLog';
import { CaptureFindings } from '../../core/state/captureFindings';
import type { JournalWriter } from './journalWriter';

/** Entries per transaction. */
const batchSize = 5_000;
/** Batches being written at a time, so that one slow write does not stop reading. */
const maxBatches = 4;
/** ms after which entries are written, however few, so that they are shown also from a slow disk. */
const writeInterval = 500;
/**
 * ms between two growth reports, each after faults and orders were written as they are then; longer when there are so many machines
 * that a report takes a while.
 */
const growthInterval = 1_000;
/** The largest part of its time that a job spends on reports. */
const reportShare = 0.04;

type Facts = Pick<Capture, 'entries' | 'machines' | 'connections' | 'from' | 'to'>;

/** What the entries up to `last`, since the batch before, changed of faults and orders: the newest version of each. */
interface Changes {
  readonly last: number;
  readonly faults: Map<number, Fault>;
  readonly orders: Map<string, OrderRecord>;
}

const newChanges = (): Changes => ({ last: 0, faults: new Map(), orders: new Map() });

/** What is in the journal, and what is new since the last report. */
export interface Growth {
  readonly facts: Facts;
  /** States of machines that changed, as JSON. */
  readonly machines: readonly { readonly vmcNo: number; readonly state: string }[];
  readonly marks: readonly Mark[];
}

export interface ImporterOptions {
  /** Whether to make the findings that the live session makes. */
  readonly addFindings: boolean;
  /** `null`: nobody wants to know. */
  readonly onGrowth: ((growth: Growth) => void) | null;
}

export class Importer {
  readonly #writer: JournalWriter;
  readonly #onGrowth: ImporterOptions['onGrowth'];
  readonly #fleet = new Fleet();
  readonly #entryLog = new EntryLog(this.#fleet);
  #findings: CaptureFindings | null;
  /** The last entry of each connection, and what was said of it. */
  readonly #lastOf = new Map<number, { entry: number; mark: ReadEntry['mark'] }>();
  readonly #packer = new EntryPacker();
  /** The batches that are being written, oldest first. */
  readonly #writing: Promise<void>[] = [];
  #handedOver = 0;
  /** Of the entries that are not handed over, and of batches whose faults and orders are not written, oldest first. */
  #changes = newChanges();
  #unwritten: Changes[] = [];
  #marks: Mark[] = [];
  #newMarks: Mark[] = [];
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

  /** Resolves when there is room for more, that is, when few enough batches are being written. */
  async add(page: readonly ReadEntry[]): Promise<void> {
    for (const entry of page) {
      this.#record(entry);
      const { at, kind } = entry;
      if (kind === 'frame' || kind === 'junk') this.frames += 1;
      // Bytes that were held are told of later than others that came after them.
      if (this.#first === null || at < this.#first) this.#first = at;
      if (this.#last === null || at > this.#last) this.#last = at;
      if (this.#packer.count >= batchSize) await this.#write();
    }
    if (performance.now() - this.#writtenAt >= writeInterval) await this.#write();
  }

  #record(entry: ReadEntry): void {
    const { mark, conn } = entry;
    // The entry log assigns new numbers, because numbers in a file belong to another journal.
    const own = this.#entryLog.lastId + 1;
    if (this.#findings === null) this.#entryLog.record(entry);
    else for (const judged of this.#findings.add(entry)) this.#entryLog.record(judged);
    // What is found about a frame comes behind it.
    if (mark !== undefined) this.#marks.push({ entry: own, ...mark });
    const last = this.#entryLog.lastId;
    const lastOf = this.#lastOf.get(conn);
    if (lastOf === undefined) this.#lastOf.set(conn, { entry: last, mark: last === own ? mark : undefined });
    else {
      lastOf.entry = last;
      lastOf.mark = last === own ? mark : undefined;
    }
  }

  /** All entries are there, and these are for the last of their connections. */
  markLast(late: readonly LateMark[]): void {
    for (const { conn, mark } of late) {
      const last = this.#lastOf.get(conn);
      if (last === undefined) continue;
      last.mark = last.mark === undefined ? mark : joinedMarks(last.mark, mark);
      this.#marks.push({ entry: last.entry, ...last.mark });
    }
  }

  /** Writes the machines' last states, as a live run does, so that they need not be folded when the file is opened. */
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
    if (this.#onGrowth !== null) this.#newMarks.push(...marks);
    this.#marks = [];
    this.#unwritten = [];
    this.#reportGrowth();
  }

  /** After a failure: writes what was read, if possible. */
  async endEarly(): Promise<void> {
    try {
      await this.end();
    } catch {
      // The first error is reported (a full disk, for example); what was written before stays.
      if (this.#written === 0) return;
      await this.#writeHistory();
      this.#reportGrowth();
    }
  }

  /** Faults and orders of the entries that were written. */
  async #writeHistory(): Promise<void> {
    const history = historyOf(this.#unwritten.filter(({ last }) => last <= this.#written));
    try {
      await this.#writer.append({ entries: packEntries([]), ...history, commands: [], machines: [] });
    } catch {
      // They are what is missing then.
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

  /** Starts writing the collected entries, once few enough batches are being written. */
  async #write(): Promise<void> {
    if (this.#packer.count === 0) return;
    const last = this.#entryLog.lastId;
    this.#unwritten.push({ ...this.#changes, last });
    this.#changes = newChanges();
    // Errors and orders are told of again and again, and need not be written each time.
    const isReported = performance.now() >= this.#reportAt;
    if (isReported) this.#reportAt = Infinity;
    const batch: Batch = {
      entries: this.#packer.take(),
      ...historyOf(isReported ? this.#unwritten : []),
      commands: [],
      machines: [],
      marks: this.#marks,
      follows: this.#handedOver,
    };
    this.#handedOver = last;
    this.#marks = [];
    this.#writtenAt = performance.now();
    if (this.#writing.length === maxBatches) await this.#writing.shift();
    const writing = this.#append(batch, last, isReported);
    // An error is thrown where the promise is awaited.
    writing.catch(() => undefined);
    this.#writing.push(writing);
  }

  async #append(batch: Batch, last: number, isReported: boolean): Promise<void> {
    await this.#writer.append(batch);
    if (this.#onGrowth !== null) this.#newMarks.push(...(batch.marks ?? []));
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
    onGrowth({ facts: this.facts(), machines, marks: this.#newMarks });
    this.#changed = new Set();
    this.#newMarks = [];
    const ended = performance.now();
    this.#reportAt = ended + Math.max(growthInterval, (ended - begun) / reportShare);
  }
}

/** The newest version of each. `all`: oldest first. */
function historyOf(all: readonly Changes[]): Pick<Batch, 'faults' | 'orders'> {
  const faults = new Map(all.flatMap((one) => [...one.faults]));
  const orders = new Map<string, OrderRecord>();
  for (const one of all) for (const order of one.orders.values()) keepOrder(orders, order);
  return { faults: [...faults.values()], orders: [...orders.values()] };
}
