/**
 * Queries the journal thread from a thread that did not start it. Main uses
 * it to read entries that the machines thread writes.
 */
import type { MessagePort } from 'node:worker_threads';
import { Callable } from '../../lib/threads/callable';
import type { Calls, JournalQueries, ReadCall, ReadCalls } from './calls';
import { journalError } from './journalError';

export class JournalReader implements JournalQueries {
  readonly #flush: () => Promise<void>;
  #thread: Callable<ReadCalls>;

  /**
   * `port`: the other end of the port given to `JournalClient.connect`. `flush` runs
   * before each query and resolves when recent entries are on disk.
   */
  constructor(port: MessagePort, flush: () => Promise<void>) {
    this.#flush = flush;
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
    await this.#flush();
    try {
      return await this.#thread.call(name, args);
    } catch (error) {
      throw journalError(error);
    }
  }

  /** Waits up to `within` ms for answers to earlier queries. */
  async close(within?: number): Promise<void> {
    await this.#thread.end(within);
  }
}
