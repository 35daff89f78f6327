/** The journal's thread as the thread that started it asks it. */
import { Worker } from 'node:worker_threads';
import type { DamagedRows } from '#shared/model/journal';
import { Callable } from '../../lib/threads/callable';
import type { TransferList } from '../../lib/threads/messages';
import type { CallName, Calls, JournalEvents } from './calls';
import { journalError } from './journalError';

/** It has not answered a question, and may never. */
export class ThreadSilent extends Error {
  override readonly name = 'ThreadSilent';
}

export interface ThreadEvents {
  /** It died of a bug. */
  readonly onGone?: (error: Error) => void;
  /** The file is damaged, or at its path no more. */
  readonly onFileLost?: () => void;
  /** Rows that can't be read were found. */
  readonly onDamagedRows?: (rows: DamagedRows) => void;
}

export class JournalThread {
  readonly #thread: Callable<Calls, JournalEvents>;
  /** ms in which it must answer a question; `null`: it may take as long as it needs. */
  patience: number | null = null;

  constructor(workerFile: string | URL, { onGone, onFileLost, onDamagedRows }: ThreadEvents = {}) {
    this.#thread = new Callable<Calls, JournalEvents>(new Worker(workerFile), {
      on: { fileLost: () => onFileLost?.(), damagedRows: (rows) => onDamagedRows?.(rows) },
      ...(onGone === undefined ? {} : { onGone }),
    });
  }

  get isGone(): boolean {
    return this.#thread.isGone;
  }

  /** `transfer`: of `args`, what is handed over instead of copied. @throws JournalError, ThreadSilent, or what ended the thread. */
  async call<C extends CallName>(
    name: C,
    args: Calls[C]['args'],
    transfer: TransferList = [],
  ): Promise<Calls[C]['result']> {
    try {
      return await this.#inTime(this.#thread.call(name, args, transfer));
    } catch (error) {
      throw journalError(error);
    }
  }

  async #inTime<T>(answer: Promise<T>): Promise<T> {
    const { patience } = this;
    if (patience === null) return answer;
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      const seconds = Math.round(patience / 1_000);
      timer = setTimeout(
        () => reject(new ThreadSilent(`the journal's thread has not answered for ${seconds} s`)),
        patience,
      );
    });
    return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
  }

  /** It must not be ended while it is inside SQLite: it closes the file itself, then it ends. */
  async close(): Promise<void> {
    await this.#thread.end();
  }
}
