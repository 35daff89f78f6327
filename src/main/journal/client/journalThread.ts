/** A journal's thread as another thread asks it: calls by number, each answered once. */
import { Worker } from 'node:worker_threads';
import type { AnswerMessage, CallName, Calls } from './calls';

/** What the journal's thread could not do. */
export class JournalError extends Error {
  /** SQLite's name for it, or Node's; empty where neither has one. */
  readonly code: string;
  /** The file itself is damaged, not the disk. */
  readonly isDamaged: boolean;

  constructor({ detail, code, isDamaged }: Extract<AnswerMessage, { ok: false }>) {
    super(detail);
    this.name = 'JournalError';
    this.code = code;
    this.isDamaged = isDamaged;
  }
}

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class JournalThread {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  #lastCall = 0;
  /** Why it is not asked any more. */
  #gone: Error | null = null;

  /** `onGone`: it died of a bug. */
  constructor(workerFile: string | URL, onGone: (error: Error) => void = () => undefined) {
    this.#worker = new Worker(workerFile);
    this.#worker.on('message', (message: AnswerMessage) => this.#onAnswer(message));
    this.#worker.on('error', (error) => {
      this.#gone = error;
      for (const waiter of this.#waiters.values()) waiter.reject(error);
      this.#waiters.clear();
      onGone(error);
    });
  }

  get isGone(): boolean {
    return this.#gone !== null;
  }

  /** `given`: of `args`, what is handed over instead of copied. @throws JournalError, or what ended the thread. */
  async call<C extends CallName>(
    name: C,
    args: Calls[C]['args'],
    given: readonly ArrayBufferLike[] = [],
  ): Promise<Calls[C]['result']> {
    if (this.#gone !== null) throw this.#gone;
    this.#lastCall += 1;
    const id = this.#lastCall;
    return new Promise<Calls[C]['result']>((resolve, reject) => {
      this.#waiters.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ id, name, args }, given as ArrayBuffer[]);
    });
  }

  /** It must not be ended while it is inside SQLite: it closes the file itself, then it is ended. */
  async close(): Promise<void> {
    await this.call('close', null).catch(() => null);
    this.#gone ??= new Error('the journal is closed');
    await this.#worker.terminate();
  }

  #onAnswer(message: AnswerMessage): void {
    const waiter = this.#waiters.get(message.id);
    this.#waiters.delete(message.id);
    if (message.ok) waiter?.resolve(message.result);
    else waiter?.reject(new JournalError(message));
  }
}
