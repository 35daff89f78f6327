/**
 * The journal client of the recording thread. It batches entries and sends a batch at most every 100 ms. While the
 * disk rejects writes, the client keeps entries in memory, up to a limit. The order never changes.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Run, RunMachine } from '#shared/model/run';
import {
  damagedKinds,
  type DamagedRows,
  type FileAside,
  type JournalStatus,
  type RefusedEntries,
  type Salvage,
} from '#shared/model/journal';
import type { CallName, Calls, JournalQueries, OpenResult } from './calls';
import { lastIdOf, type PackedEntries, type Recorded } from './packed';
import { ChangedRows } from './changedRows';
import { JournalThread, ThreadSilent } from './journalThread';
import { JournalError } from './journalError';
import { WaitingEntries } from './waiting';

const flushInterval = 100;
const retryInterval = 1_000;
/** Unwritten entries at which the sender of a flood has to wait: some tenths of a second of writing. */
const behindLimit = 20_000;
/** Age of an unwritten entry, in ms, at which floods wait too. An answer sent 500 ms before a kill must be on disk. */
const behindAge = 150;
/** ms between attempts to open a file. */
const reopenInterval = 5_000;

export interface JournalClientOptions {
  /** The journal thread died of a bug and was restarted. */
  readonly onError?: (error: Error) => void;
  /** ms in which the journal thread must answer each query of the start, until `begun`. */
  readonly patience?: number;
  /** Bytes of entries kept while the disk rejects writes; the default limit if left out. */
  readonly refusedLimit?: number | undefined;
}

export class JournalClient implements JournalQueries {
  readonly #workerFile: string | URL;
  readonly #onError: (error: Error) => void;
  #thread: JournalThread;
  readonly #watchers: ((state: JournalStatus) => void)[] = [];
  readonly #restartWatchers: (() => void)[] = [];
  readonly #writtenWatchers: ((last: number) => void)[] = [];
  readonly #damagedWatchers: ((rows: DamagedRows) => void)[] = [];
  /** Entries that the disk has not accepted. */
  readonly #waiting: WaitingEntries;
  #changed = new ChangedRows();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  /** Entries that are being written. */
  #inFlight: PackedEntries | null = null;
  #file = '';
  #reopening: NodeJS.Timeout | null = null;
  /** The file is being moved aside and replaced by a new one. */
  #replacing: Promise<void> | null = null;
  #aside: FileAside | null = null;
  #damagedRows: DamagedRows = {};
  #gone: FileAside | null = null;
  /** Recovery of the file that was moved aside as damaged. */
  #salvage: Salvage | null = null;
  #readable = false;
  /** Entries are accepted: the file is open, or opening is being retried. */
  #taking = false;
  #state: JournalStatus = { status: 'closed' };

  constructor(
    workerFile: string | URL,
    { onError = () => undefined, patience, refusedLimit }: JournalClientOptions = {},
  ) {
    this.#workerFile = workerFile;
    this.#waiting = new WaitingEntries(refusedLimit);
    this.#onError = onError;
    this.#thread = this.#newThread();
    this.#thread.patience = patience ?? null;
  }

  /** Ends the start: from now on, queries have no time limit. */
  begun(): void {
    this.#thread.patience = null;
  }

  #newThread(): JournalThread {
    return new JournalThread(this.#workerFile, {
      onGone: (error) => this.#onGone(error),
      // A problem with the new file is a state and is reported as such.
      onFileLost: () => {
        if (this.#taking) void this.#replaceOnce(() => this.#replaceFile()).catch(() => undefined);
      },
      onDamagedRows: (rows) => {
        this.#damagedRows = sumOf(this.#damagedRows, rows);
        for (const watcher of this.#damagedWatchers) watcher(rows);
      },
    });
  }

  get state(): JournalStatus {
    return this.#state;
  }

  /** Unreadable rows found since this process started. */
  get damagedRows(): DamagedRows {
    return this.#damagedRows;
  }

  /** True if the journal can answer queries. */
  get isReadable(): boolean {
    return this.#readable;
  }

  /** Entries that the disk has rejected and that this process still holds; 0 while the disk accepts writes. */
  get refused(): number {
    return this.#state.status === 'failing' ? this.#waiting.count : 0;
  }

  /** The disk accepts entries, but slower than they arrive. */
  get hasBacklog(): boolean {
    if (this.#state.status !== 'open') return false;
    const count = this.#waiting.count + (this.#inFlight?.count ?? 0);
    return count > behindLimit || performance.now() - this.#waiting.oldest(this.#inFlight) > behindAge;
  }

  /** Entries that the disk rejects at present. */
  get unwritten(): RefusedEntries {
    const detail = this.#state.status === 'failing' ? this.#state.detail : '';
    return { waiting: this.refused, lost: this.#waiting.lost, detail, gone: this.#gone };
  }

  /** Removes and returns the entries that the disk rejects, oldest first, to be stored elsewhere. */
  takeUnwritten(): readonly PackedEntries[] {
    return this.#waiting.takeAll();
  }

  onState(watcher: (state: JournalStatus) => void): void {
    this.#watchers.push(watcher);
  }

  /** Calls `watcher` after a restart of the journal thread. The restart closes the ports of the previous thread. */
  onRestart(watcher: () => void): void {
    this.#restartWatchers.push(watcher);
  }

  /** Calls `watcher` when all entries up to `last` are on disk. */
  onWritten(watcher: (last: number) => void): void {
    this.#writtenWatchers.push(watcher);
  }

  /** Calls `watcher` with the rows found since the last call. */
  onDamagedRows(watcher: (rows: DamagedRows) => void): void {
    this.#damagedWatchers.push(watcher);
  }

  /** Hands over one end of a channel; a JournalReader uses the other end. */
  async connect(port: MessagePort): Promise<void> {
    await this.#thread.call('connect', { port }, [port]);
  }

  /** If the file cannot be opened, the client retries, and holds incoming entries meanwhile. @throws ThreadSilent */
  async open(file: string): Promise<OpenResult> {
    this.#file = file;
    const result = await this.#thread.call('open', { file }).catch((error: unknown): OpenResult => {
      if (error instanceof ThreadSilent) throw error;
      return { kind: 'failed', detail: String(error), code: '', isFileLost: false };
    });
    this.#taking = result.kind !== 'otherVersion';
    this.#readable = result.kind === 'open';
    switch (result.kind) {
      case 'open':
        if (result.aside !== null) {
          this.#aside = result.aside;
          this.#salvage = null;
          const { why } = result.aside;
          // If several files were replaced, report the lost file.
          if (why === 'deleted' || (why === 'moved' && this.#gone === null)) this.#gone = result.aside;
        }
        this.#setOpen();
        break;
      case 'otherVersion':
        this.#set({ status: 'refused', version: result.version });
        break;
      case 'failed':
        this.#setFailing(result.detail);
        this.#reopenLater();
    }
    return result;
  }

  #reopenLater(): void {
    this.#reopening ??= setTimeout(() => {
      this.#reopening = null;
      void this.#reopen();
    }, reopenInterval).unref();
  }

  async #reopen(): Promise<void> {
    if (!this.#taking) return;
    const isGone = this.#startAgain();
    const result = await this.open(this.#file);
    if (result.kind !== 'open') return;
    // The thread died before it could confirm that it had written these entries.
    const { first } = this.#waiting;
    const last = first === undefined ? null : lastIdOf(first);
    if (isGone && last !== null && last <= result.last.entry) this.#waiting.take();
    await this.flush();
  }

  /** Starts a new thread if the old one died. Returns false if the old one is alive. */
  #startAgain(): boolean {
    if (!this.#thread.isGone) return false;
    this.#thread = this.#newThread();
    for (const watcher of this.#restartWatchers) watcher();
    return true;
  }

  /** Takes an entry. The entry is on disk a little over 100 ms later at most. */
  add(entry: Recorded): void {
    if (!this.#taking) return;
    const batch = this.#waiting.add(entry);
    if (batch !== null) this.#schedule(batch === 'full' ? 0 : flushInterval);
  }

  /** Keeps a machine's state, so that a restart need not read the whole journal. `null` deletes the state. */
  keepMachine(vmcNo: number, entry: number, state: string | null): void {
    this.#keep((changed) => changed.machines.set(vmcNo, { vmcNo, entry, state }));
  }

  keepFaults(faults: readonly Fault[]): void {
    this.#keep((changed) => faults.forEach((fault) => changed.faults.set(fault.id, fault)));
  }

  keepOrders(orders: readonly OrderRecord[]): void {
    this.#keep((changed) => orders.forEach((order) => changed.keepOrder(order)));
  }

  keepCommand(command: Command): void {
    this.#keep((changed) => changed.commands.set(command.id, command));
  }

  keepDiagnoses(rows: readonly Diagnosis[]): void {
    this.#keep((changed) => rows.forEach((row) => changed.diagnoses.set(row.id, row)));
  }

  keepRun(run: Run, lines: readonly RunMachine[]): void {
    this.#keep((changed) => {
      changed.runs.set(run.id, run);
      for (const line of lines) changed.runLines.set(line.id, line);
    });
  }

  #keep(put: (changed: ChangedRows) => void): void {
    if (!this.#taking) return;
    put(this.#changed);
    if (this.#changed.size > 0) this.#schedule(flushInterval);
  }

  /**
   * Moves a file of another version aside and creates a new one, unless both
   * happened meanwhile. @throws Error if renaming fails
   */
  async beginNew(): Promise<void> {
    if (this.#state.status !== 'refused') return;
    await this.#replaceOnce(async () => {
      this.#startAgain();
      const file = await this.#thread.call('setAside', { file: this.#file });
      this.#aside = { file, why: 'otherVersion' };
      await this.open(this.#file);
    });
  }

  /** Recovers the next part of a damaged journal. Returns false if nothing remains. */
  async salvage(): Promise<boolean> {
    const salvage = await this.query('salvage', null);
    if (salvage === null) return false;
    const isNews = salvage.isOver || Math.floor(salvage.share * 100) !== this.#percentSalvaged;
    this.#salvage = salvage;
    if (isNews && this.#state.status === 'open') this.#setOpen();
    return !salvage.isOver;
  }

  get #percentSalvaged(): number {
    return this.#salvage === null ? -1 : Math.floor(this.#salvage.share * 100);
  }

  async query<C extends Exclude<CallName, 'open' | 'append' | 'setAside' | 'connect'>>(
    name: C,
    args: Calls[C]['args'],
  ): Promise<Calls[C]['result']> {
    await this.flush();
    return this.#ask(name, args);
  }

  /** Sends waiting entries. Resolves when they are on disk or were rejected. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#writing !== null) await this.#writing;
    if (!this.#readable || this.#waiting.count + this.#changed.size === 0) return;
    this.#writing = this.#write();
    await this.#writing;
  }

  /** Resolves when all waiting entries are on disk or were rejected. */
  async settle(): Promise<void> {
    let waiting: number;
    do {
      waiting = this.#waiting.count;
      await this.flush();
    } while (this.#waiting.count > 0 && this.#waiting.count < waiting);
  }

  async close(): Promise<void> {
    await this.settle();
    this.#readable = false;
    this.#taking = false;
    if (this.#reopening !== null) clearTimeout(this.#reopening);
    this.#set({ status: 'closed' });
    await this.#thread.close();
  }

  async #write(): Promise<void> {
    const entries = this.#waiting.take();
    this.#inFlight = entries;
    const changed = this.#changed;
    this.#changed = new ChangedRows();
    try {
      await this.#ask('append', { entries, ...changed.rows() });
      this.#inFlight = null;
      if (this.#state.status === 'failing' || this.#lostSince) this.#setOpen();
      this.#writing = null;
      const last = lastIdOf(entries);
      if (last !== null) for (const watcher of this.#writtenWatchers) watcher(last);
      if (this.#waiting.count > 0) this.#schedule(0);
    } catch (error) {
      this.#inFlight = null;
      this.#waiting.putBack(entries);
      this.#changed.refill(changed);
      this.#writing = null;
      this.#setFailing(error instanceof Error ? error.message : String(error));
      this.#schedule(retryInterval);
    }
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, ms);
  }

  /** Replaces a damaged or moved file and repeats the query. */
  async #ask<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
    try {
      return await this.#thread.call(name, args);
    } catch (error) {
      if (!(error instanceof JournalError && error.isFileLost) || !this.#taking) throw error;
      await this.#replaceOnce(() => this.#replaceFile());
      return this.#thread.call(name, args);
    }
  }

  /** Concurrent queries find the same damage, and the file must be moved aside only once. */
  async #replaceOnce(replace: () => Promise<void>): Promise<void> {
    this.#replacing ??= replace().finally(() => {
      this.#replacing = null;
    });
    await this.#replacing;
  }

  async #replaceFile(): Promise<void> {
    const opened = await this.open(this.#file);
    if (opened.kind === 'failed') throw new Error(opened.detail);
  }

  #onGone(error: Error): void {
    this.#onError(error);
    this.#readable = false;
    // Nothing waits for a refused file. A new thread starts when the file is to be moved aside.
    if (this.#state.status === 'refused') return;
    this.#setFailing(error.message);
    if (this.#taking) this.#reopenLater();
  }

  /** Entries were lost, and no status has reported these losses yet. */
  get #lostSince(): boolean {
    return this.#state.status === 'open' && (this.#state.lost ?? 0) < this.#waiting.lost;
  }

  #setOpen(): void {
    const { lost } = this.#waiting;
    const salvage = this.#salvage;
    this.#set({
      status: 'open',
      aside: this.#aside,
      ...(lost > 0 && { lost }),
      ...(salvage !== null && { salvage }),
    });
  }

  #setFailing(detail: string): void {
    const { count: waiting, lost } = this.#waiting;
    this.#set({ status: 'failing', detail, waiting, lost });
  }

  #set(state: JournalStatus): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
}

function sumOf(a: DamagedRows, b: DamagedRows): DamagedRows {
  const all = damagedKinds.map((kind) => [kind, (a[kind] ?? 0) + (b[kind] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}
