/**
 * The journal client of the recording thread. It opens the file, replaces it if it is damaged or lost, and starts a
 * dead journal thread again. Records go through the outbox.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Command } from '#shared/model/command';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Run, RunMachine } from '#shared/model/run';
import type { DamagedRows, JournalStatus, RefusedEntries } from '#shared/model/journal';
import type { CallName, Calls, JournalQueries, OpenResult } from './calls';
import type { ChangedRows } from './changedRows';
import { ClientStatus } from './clientStatus';
import { JournalThread, ThreadSilent } from './journalThread';
import { JournalError } from './journalError';
import { Outbox } from './outbox';
import type { PackedEntries, Recorded } from './packed';

/** ms between attempts to open a file. */
const reopenInterval = 5_000;

export interface JournalClientOptions {
  /** The journal thread died of a bug and was restarted. */
  readonly onError?: (error: Error) => void;
  /** ms in which the journal thread must answer each query of the start, until `begun`. */
  readonly patience?: number;
  /** Bytes of entries kept while the disk rejects writes; the default limit if left out. */
  readonly refusedLimit?: number | undefined;
  /** The number of the newest batch of an earlier client of this process. */
  readonly lastBatch?: number | undefined;
  /** The file belongs to another thread: it is not written, and a damaged file stays at its path. */
  readonly isReadOnly?: boolean;
}

export class JournalClient implements JournalQueries {
  readonly #workerFile: string | URL;
  readonly #onError: (error: Error) => void;
  #thread: JournalThread;
  readonly #restartWatchers: (() => void)[] = [];
  readonly #writtenWatchers: ((last: number) => void)[] = [];
  readonly #outbox: Outbox;
  readonly #status: ClientStatus;
  readonly #isReadOnly: boolean;
  #file = '';
  /** The thread was started after another one died, and has not opened the file yet. */
  #isAnotherThread = false;
  #reopening: NodeJS.Timeout | null = null;
  /** The file is being moved aside and replaced by a new one. */
  #replacing: Promise<void> | null = null;
  #readable = false;
  /** Entries are accepted: the file is open, or opening is being retried. */
  #taking = false;

  constructor(
    workerFile: string | URL,
    {
      onError = () => undefined,
      patience,
      refusedLimit,
      lastBatch = 0,
      isReadOnly = false,
    }: JournalClientOptions = {},
  ) {
    this.#isReadOnly = isReadOnly;
    this.#workerFile = workerFile;
    this.#outbox = new Outbox({
      append: (batch) => this.#thread.call('append', batch),
      isOpen: () => this.#readable,
      replace: (error) => (this.#isFileLost(error) ? this.#replaceFile() : null),
      onWritten: (last) => this.#written(last),
      onRefused: (error) => this.#status.failed(error instanceof Error ? error.message : String(error)),
      last: lastBatch,
      mostBytes: refusedLimit,
    });
    this.#status = new ClientStatus(this.#outbox);
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
        if (this.#taking && !this.#isReadOnly) void this.#replaceFile().catch(() => undefined);
      },
      onDamagedRows: (rows) => this.#status.foundDamaged(rows),
    });
  }

  get state(): JournalStatus {
    return this.#status.state;
  }

  /** Unreadable rows found since this process started. */
  get damagedRows(): DamagedRows {
    return this.#status.damagedRows;
  }

  /** True if the journal can answer queries. */
  get isReadable(): boolean {
    return this.#readable;
  }

  /** Entries that the disk has rejected and that this process still holds; 0 while the disk accepts writes. */
  get refused(): number {
    return this.#status.refused;
  }

  /** The disk accepts entries, but slower than they arrive. */
  get hasBacklog(): boolean {
    return this.state.status === 'open' && this.#outbox.hasBacklog;
  }

  /** Entries that the disk rejects at present. */
  get unwritten(): RefusedEntries {
    return this.#status.unwritten;
  }

  /** Removes and returns the entries that the disk rejects, oldest first, to be stored elsewhere. */
  takeUnwritten(): readonly PackedEntries[] {
    return this.#outbox.takeAll();
  }

  onState(watcher: (state: JournalStatus) => void): void {
    this.#status.onState(watcher);
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
    this.#status.onDamagedRows(watcher);
  }

  /** Hands over one end of a channel; a JournalReader uses the other end. */
  async connect(port: MessagePort): Promise<void> {
    await this.#thread.call('connect', { port }, [port]);
  }

  /** If the file cannot be opened, the client retries, and holds incoming entries meanwhile. @throws ThreadSilent */
  async open(file: string): Promise<OpenResult> {
    this.#file = file;
    const { written } = this.#outbox;
    const result = await this.#thread
      .call('open', { file, written, isReadOnly: this.#isReadOnly })
      .catch((error: unknown): OpenResult => {
        if (error instanceof ThreadSilent) throw error;
        return { kind: 'failed', detail: String(error), code: '', isFileLost: false };
      });
    this.#taking = result.kind !== 'otherVersion';
    if (result.kind === 'open' && this.#isAnotherThread) {
      this.#isAnotherThread = false;
      this.#outbox.drop(result.last.entry);
    }
    this.#readable = result.kind === 'open';
    switch (result.kind) {
      case 'open':
        this.#status.opened(result.aside);
        break;
      case 'otherVersion':
        this.#status.set({ status: 'refused', version: result.version });
        break;
      case 'failed':
        this.#status.failed(result.detail);
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
    this.#startAgain();
    const result = await this.open(this.#file);
    if (result.kind === 'open') await this.flush();
  }

  /** Starts a new thread if the old one died. */
  #startAgain(): void {
    if (!this.#thread.isGone) return;
    this.#thread = this.#newThread();
    this.#isAnotherThread = true;
    for (const watcher of this.#restartWatchers) watcher();
  }

  /** Takes an entry. The entry is on disk a little over 100 ms later at most. */
  add(entry: Recorded): void {
    if (this.#taking) this.#outbox.add(entry);
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
    if (this.#taking) this.#outbox.keep(put);
  }

  /**
   * Moves a file of another version aside and creates a new one, unless both
   * happened meanwhile. @throws Error if renaming fails
   */
  async beginNew(): Promise<void> {
    if (this.state.status !== 'refused') return;
    await this.#replaceOnce(async () => {
      this.#startAgain();
      this.#status.wasSetAside(await this.#thread.call('setAside', { file: this.#file }));
      await this.open(this.#file);
    });
  }

  /** Recovers the next part of a damaged journal. Returns false if nothing remains. */
  async salvage(): Promise<boolean> {
    const salvage = await this.query('salvage', null);
    if (salvage === null) return false;
    this.#status.salvaged(salvage);
    return !salvage.isOver;
  }

  async query<C extends Exclude<CallName, 'open' | 'append' | 'setAside' | 'connect'>>(
    name: C,
    args: Calls[C]['args'],
  ): Promise<Calls[C]['result']> {
    await this.flush();
    return this.#ask(name, args);
  }

  /**
   * Hands all records so far to the journal thread. Returns the number of their batch. A question with this number
   * is answered with these records.
   */
  handOver(): number {
    return this.#outbox.handOver();
  }

  /** Sends all records so far. Resolves when they are on disk or were rejected. */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  /** Resolves when all waiting entries are on disk or were rejected. */
  async settle(): Promise<void> {
    let waiting: number;
    do {
      waiting = this.#outbox.count;
      await this.flush();
    } while (this.#outbox.count > 0 && this.#outbox.count < waiting);
  }

  async close(): Promise<void> {
    await this.settle();
    this.#readable = false;
    this.#taking = false;
    if (this.#reopening !== null) clearTimeout(this.#reopening);
    this.#status.set({ status: 'closed' });
    await this.#thread.close();
  }

  #written(last: number | null): void {
    this.#status.accepted();
    if (last !== null) for (const watcher of this.#writtenWatchers) watcher(last);
  }

  /** Replaces a damaged or moved file and repeats the query. */
  async #ask<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
    try {
      return await this.#thread.call(name, args);
    } catch (error) {
      if (!this.#isFileLost(error)) throw error;
      await this.#replaceFile();
      return this.#thread.call(name, args);
    }
  }

  #isFileLost(error: unknown): boolean {
    return error instanceof JournalError && error.isFileLost && this.#taking && !this.#isReadOnly;
  }

  /** Concurrent queries find the same damage, and the file must be moved aside only once. */
  async #replaceOnce(replace: () => Promise<void>): Promise<void> {
    this.#replacing ??= replace().finally(() => {
      this.#replacing = null;
    });
    await this.#replacing;
  }

  #replaceFile(): Promise<void> {
    return this.#replaceOnce(async () => {
      const opened = await this.open(this.#file);
      if (opened.kind === 'failed') throw new Error(opened.detail);
    });
  }

  #onGone(error: Error): void {
    this.#onError(error);
    this.#readable = false;
    // Nothing waits for a refused file. A new thread starts when the file is to be moved aside.
    if (this.state.status === 'refused') return;
    this.#status.failed(error.message);
    if (this.#taking) this.#reopenLater();
  }
}
