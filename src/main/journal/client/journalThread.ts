/** The journal's thread as the thread that started it asks it. */
import { Worker, type MessagePort } from 'node:worker_threads';
import type { AnswerMessage, CallName, Calls, DamagedMessage } from './calls';
import { PendingCalls } from './pendingCalls';

export interface ThreadEvents {
  /** It died of a bug. */
  readonly onGone?: (error: Error) => void;
  /** A question of another thread found the file damaged. */
  readonly onDamaged?: () => void;
}

export class JournalThread {
  readonly #worker: Worker;
  readonly #calls = new PendingCalls();
  /** Why it is not asked any more. */
  #gone: Error | null = null;

  constructor(workerFile: string | URL, { onGone, onDamaged }: ThreadEvents = {}) {
    this.#worker = new Worker(workerFile);
    this.#worker.on('message', (message: AnswerMessage | DamagedMessage) => {
      if ('damaged' in message) onDamaged?.();
      else this.#calls.settle(message);
    });
    const end = (error: Error): void => {
      if (this.#gone !== null) return;
      this.#gone = error;
      this.#calls.rejectAll(error);
      onGone?.(error);
    };
    this.#worker.on('error', end);
    this.#worker.on('exit', (code) => end(new Error(`the journal's thread ended with code ${code}`)));
  }

  get isGone(): boolean {
    return this.#gone !== null;
  }

  /** `transfer`: of `args`, what is handed over instead of copied. @throws JournalError, or what ended the thread. */
  async call<C extends CallName>(
    name: C,
    args: Calls[C]['args'],
    transfer: readonly (ArrayBufferLike | MessagePort)[] = [],
  ): Promise<Calls[C]['result']> {
    if (this.#gone !== null) throw this.#gone;
    return this.#calls.start(name, args, (message) =>
      this.#worker.postMessage(message, transfer as (ArrayBuffer | MessagePort)[]),
    );
  }

  /** It must not be ended while it is inside SQLite: it closes the file itself, then it is ended. */
  async close(): Promise<void> {
    await this.call('close', null).catch(() => null);
    this.#gone ??= new Error('the journal is closed');
    await this.#worker.terminate();
  }
}
