/**
 * The main thread's end of the journal: gathers entries, hands them over at most every 100 ms, and keeps them when the disk
 * refuses, within a limit, until it takes them again. Nothing is reordered.
 */
import { Worker } from 'node:worker_threads';
import type { Fault } from '#shared/model/history';
import type { AnswerMessage, CallName, Calls, OpenResult } from './calls';
import type { Batch, StoredEntry } from './store';

const flushInterval = 100;
const retryInterval = 1_000;
/** Entries per transaction; also how many are handed over before the interval is up. */
const batchSize = 5_000;
/** What is kept in memory while the disk refuses; beyond it the newest are lost, counted and told. */
const waitingLimit = 500_000;

export type JournalState =
  | { readonly status: 'closed' }
  | { readonly status: 'open' }
  | { readonly status: 'refused'; readonly version: number }
  | { readonly status: 'failing'; readonly detail: string; readonly waiting: number; readonly lost: number };

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class JournalHost {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  readonly #watchers: ((state: JournalState) => void)[] = [];
  #lastCall = 0;
  #entries: StoredEntry[] = [];
  #faults = new Map<number, Fault>();
  #machines = new Map<number, Batch['machines'][number]>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #lost = 0;
  #readable = false;
  #state: JournalState = { status: 'closed' };

  constructor(workerFile: string | URL) {
    this.#worker = new Worker(workerFile);
    this.#worker.on('message', (message: AnswerMessage) => this.#onAnswer(message));
    this.#worker.on('error', (error) => this.#onWorkerGone(error));
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Whether there is a journal to ask. */
  get isReadable(): boolean {
    return this.#readable;
  }

  onState(watcher: (state: JournalState) => void): void {
    this.#watchers.push(watcher);
  }

  async open(file: string): Promise<OpenResult> {
    const result = await this.#call('open', { file });
    this.#readable = result.kind === 'open';
    if (result.kind === 'open') this.#set({ status: 'open' });
    else if (result.kind === 'newer') this.#set({ status: 'refused', version: result.version });
    else this.#set({ status: 'failing', detail: result.detail, waiting: 0, lost: 0 });
    return result;
  }

  /** Takes an entry; it is on disk at most a little over 100 ms later. */
  add(entry: StoredEntry, faults: readonly Fault[] = []): void {
    if (!this.#readable) return;
    if (this.#entries.length >= waitingLimit) {
      this.#lost += 1;
      return;
    }
    this.#entries.push(entry);
    for (const fault of faults) this.#faults.set(fault.id, fault);
    this.#schedule(this.#entries.length >= batchSize ? 0 : flushInterval);
  }

  /** Keeps a machine's state, so that a restart need not read the whole journal; `null` takes it out. */
  keepMachine(vmcNo: number, entry: number, state: string | null): void {
    this.#machines.set(vmcNo, { vmcNo, entry, state });
    this.#schedule(flushInterval);
  }

  keepFaults(faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.set(fault.id, fault);
    this.#schedule(flushInterval);
  }

  async query<C extends Exclude<CallName, 'open' | 'append' | 'close'>>(
    name: C,
    args: Calls[C]['args'],
  ): Promise<Calls[C]['result']> {
    await this.flush();
    return this.#call(name, args);
  }

  /** Hands over what is waiting and resolves when it is on disk (or was refused). */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#writing !== null) await this.#writing;
    if (this.#entries.length + this.#faults.size + this.#machines.size === 0) return;
    this.#writing = this.#write();
    await this.#writing;
  }

  /** The worker must not be ended while it is inside SQLite: it closes the file itself, then it is ended. */
  async close(): Promise<void> {
    if (this.#state.status === 'open') await this.flush();
    this.#readable = false;
    await this.#call('close', null).catch(() => null);
    this.#set({ status: 'closed' });
    await this.#worker.terminate();
  }

  async #write(): Promise<void> {
    const entries = this.#entries.splice(0, batchSize);
    const faults = this.#faults;
    const machines = this.#machines;
    this.#faults = new Map();
    this.#machines = new Map();
    try {
      await this.#call('append', { entries, faults: [...faults.values()], machines: [...machines.values()] });
      if (this.#state.status === 'failing') this.#set({ status: 'open' });
      this.#writing = null;
      if (this.#entries.length > 0) this.#schedule(0);
    } catch (error) {
      // Back to the front, in order; newer rows of the same fault or machine win.
      this.#entries.unshift(...entries);
      this.#faults = new Map([...faults, ...this.#faults]);
      this.#machines = new Map([...machines, ...this.#machines]);
      this.#writing = null;
      const detail = error instanceof Error ? error.message : String(error);
      this.#set({ status: 'failing', detail, waiting: this.#entries.length, lost: this.#lost });
      this.#schedule(retryInterval);
    }
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, ms);
  }

  async #call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
    this.#lastCall += 1;
    const id = this.#lastCall;
    return new Promise<Calls[C]['result']>((resolve, reject) => {
      this.#waiters.set(id, { resolve: resolve as (value: unknown) => void, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage({ id, name, args });
    });
  }

  #onAnswer(message: AnswerMessage): void {
    const waiter = this.#waiters.get(message.id);
    this.#waiters.delete(message.id);
    if (message.ok) waiter?.resolve(message.result);
    else waiter?.reject(new Error(message.detail));
  }

  #onWorkerGone(error: Error): void {
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
    this.#set({ status: 'failing', detail: error.message, waiting: this.#entries.length, lost: this.#lost });
  }

  #set(state: JournalState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
}
