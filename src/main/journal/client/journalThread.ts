/** The journal thread, as its parent thread calls it. */
import { Worker } from 'node:worker_threads';
import type { DamagedRows } from '#shared/model/journal';
import { Callable } from '../../lib/threads/callable';
import type { TransferList } from '../../lib/threads/messages';
import type { CallName, Calls, JournalEvents } from './calls';
import { journalError } from './journalError';

/** The thread did not answer a query in time, and may never answer. */
export class ThreadSilent extends Error {
  override readonly name = 'ThreadSilent';
}

export interface ThreadEvents {
  /** The thread died of a bug. */
  readonly onGone?: (error: Error) => void;
  /** The file is damaged, or is not at its path any more. */
  readonly onFileLost?: () => void;
  /** Unreadable rows were found. */
  readonly onDamagedRows?: (rows: DamagedRows) => void;
}

export class JournalThread {
  readonly #thread: Callable<Calls, JournalEvents>;
  /** ms in which the thread must answer a query; `null`: no limit. */
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

  /**
   * `transfer`: objects in `args` to transfer instead of copy. @throws
   * JournalError, ThreadSilent, or the error that ended the thread.
   */
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

  /** The thread must not be terminated inside SQLite: it closes the file itself, then ends. */
  async close(): Promise<void> {
    await this.#thread.end();
  }
}
