/** The journal's thread as the thread that started it asks it. */
import { Worker } from 'node:worker_threads';
import type { DamagedRows } from '#shared/model/journal';
import { Callable } from '../../worker/callable';
import type { TransferList } from '../../worker/messages';
import type { CallName, Calls, JournalEvents } from './calls';
import { journalError } from './journalError';

export interface ThreadEvents {
  /** It died of a bug. */
  readonly onGone?: (error: Error) => void;
  /** A reader in another thread found the file damaged. */
  readonly onDamaged?: () => void;
  /** Rows that can't be read were found. */
  readonly onDamagedRows?: (rows: DamagedRows) => void;
}

export class JournalThread {
  readonly #thread: Callable<Calls, JournalEvents>;

  constructor(workerFile: string | URL, { onGone, onDamaged, onDamagedRows }: ThreadEvents = {}) {
    this.#thread = new Callable<Calls, JournalEvents>(new Worker(workerFile), {
      on: { damaged: () => onDamaged?.(), damagedRows: (rows) => onDamagedRows?.(rows) },
      ...(onGone === undefined ? {} : { onGone }),
    });
  }

  get isGone(): boolean {
    return this.#thread.isGone;
  }

  /** `transfer`: of `args`, what is handed over instead of copied. @throws JournalError, or what ended the thread. */
  async call<C extends CallName>(
    name: C,
    args: Calls[C]['args'],
    transfer: TransferList = [],
  ): Promise<Calls[C]['result']> {
    try {
      return await this.#thread.call(name, args, transfer);
    } catch (error) {
      throw journalError(error);
    }
  }

  /** It must not be ended while it is inside SQLite: it closes the file itself, then it ends. */
  async close(): Promise<void> {
    await this.#thread.end();
  }
}
