/** Asks the journal's thread from a thread that did not start it: main reads what the server's thread writes. */
import type { MessagePort } from 'node:worker_threads';
import type { AnswerMessage, Calls, JournalQueries, ReadCall } from './calls';
import { PendingCalls } from './pendingCalls';

export class JournalReader implements JournalQueries {
  readonly #flush: () => Promise<void>;
  readonly #calls = new PendingCalls();
  #port: MessagePort | null = null;

  /** `port`: its other end went to `JournalClient.connect`. `flush` resolves when what is to be read is on disk; it comes before each question. */
  constructor(port: MessagePort, flush: () => Promise<void>) {
    this.#flush = flush;
    this.connect(port);
  }

  /** Another port in place of the last: after the journal's thread was started again. */
  connect(port: MessagePort): void {
    this.close();
    this.#port = port;
    port.on('message', (message: AnswerMessage) => this.#calls.settle(message));
    // The other end is gone: the thread has ended.
    port.on('close', () => {
      if (this.#port === port) this.close();
    });
  }

  /** @throws JournalError, or an Error where the journal's thread has ended. */
  async query<C extends ReadCall>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
    await this.#flush();
    const port = this.#port;
    if (port === null) throw new Error(closed);
    return this.#calls.start(name, args, (message) => port.postMessage(message));
  }

  close(): void {
    const port = this.#port;
    this.#port = null;
    port?.close();
    this.#calls.rejectAll(new Error(closed));
  }
}

const closed = 'the journal is not connected';
