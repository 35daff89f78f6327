/**
 * Queries the journal thread from a thread that did not start it. Main uses
 * it to read entries that the machines thread writes.
 */
import type { MessagePort } from 'node:worker_threads';
import { Callable } from '../../lib/threads/callable';
import type { Calls, JournalQueries, ReadCall, ReadCalls } from './calls';
import { journalError } from './journalError';

interface ReaderParts {
  /** Resolves when the port is connected: at once, except during a restart of the recording thread. */
  readonly ready: () => Promise<unknown>;
  /** The batch that an answer must include; 0: none. */
  readonly batch: () => number;
}

export class JournalReader implements JournalQueries {
  readonly #parts: ReaderParts;
  #thread: Callable<ReadCalls>;

  /** `port`: the other end of the port given to `JournalClient.connect`. */
  constructor(port: MessagePort, parts: ReaderParts) {
    this.#parts = parts;
    this.#thread = new Callable<ReadCalls>(port, { on: {} });
  }

  /** Replaces the port after a restart of the journal thread. */
  async connect(port: MessagePort): Promise<void> {
    const last = this.#thread;
    this.#thread = new Callable<ReadCalls>(port, { on: {} });
    await last.end();
  }

  /** @throws JournalError, or ThreadGone if the journal thread has ended. */
  async query<C extends ReadCall>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
    await this.#parts.ready();
    try {
      return await this.#thread.call(name, { args, after: this.#parts.batch() });
    } catch (error) {
      throw journalError(error);
    }
  }

  /** Waits up to `within` ms for answers to earlier queries. */
  async close(within?: number): Promise<void> {
    await this.#thread.end(within);
  }
}
