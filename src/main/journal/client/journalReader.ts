/** Asks the journal's thread from a thread that did not start it: main reads what the server's thread writes. */
import type { MessagePort } from 'node:worker_threads';
import { Callable } from '../../lib/threads/callable';
import type { Calls, JournalQueries, ReadCall, ReadCalls } from './calls';
import { journalError } from './journalError';

export class JournalReader implements JournalQueries {
  readonly #flush: () => Promise<void>;
  #thread: Callable<ReadCalls>;

  /** `port`: its other end went to `JournalClient.connect`. `flush` resolves when what is to be read is on disk; it comes before each question. */
  constructor(port: MessagePort, flush: () => Promise<void>) {
    this.#flush = flush;
    this.#thread = new Callable<ReadCalls>(port, { on: {} });
  }

  /** Another port in place of the last: after the journal's thread was started again. */
  async connect(port: MessagePort): Promise<void> {
    const last = this.#thread;
    this.#thread = new Callable<ReadCalls>(port, { on: {} });
    await last.end();
  }

  /** @throws JournalError, or ThreadGone where the journal's thread has ended. */
  async query<C extends ReadCall>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
    await this.#flush();
    try {
      return await this.#thread.call(name, args);
    } catch (error) {
      throw journalError(error);
    }
  }

  /** What was asked before is still answered, within so many ms. */
  async close(within?: number): Promise<void> {
    await this.#thread.end(within);
  }
}
