/** The folds of all journals that are read, in a thread of their own. */
import { MessageChannel } from 'node:worker_threads';
import { Callable } from '../../lib/threads/callable';
import type { Port } from '../../lib/threads/messages';
import { serve } from '../../lib/threads/serve';
import type { StoredFleet } from '../../core/state/restoreFleet';
import type { PackedEntries, ReadDetails } from '../../journal/api';
import type { FoldCalls, Folded, FoldSizes, States, StoredCalls } from './calls';

type Thread = Callable<FoldCalls>;

export class Folds {
  readonly #start: () => Port;
  readonly #onGone: (error: Error) => void;
  #thread: Thread | null = null;
  #last = 0;

  /** `start`: called when the first journal is opened. */
  constructor(start: () => Port, onGone: (error: Error) => void) {
    this.#start = start;
    this.#onGone = onGone;
  }

  /** `last`: the newest entry. @throws the errors of `stored` */
  async open(stored: StoredFleet, last: number): Promise<JournalFold> {
    this.#thread ??= new Callable<FoldCalls>(this.#start(), { on: {}, onGone: this.#onGone });
    this.#last += 1;
    const [thread, fold] = [this.#thread, this.#last];
    const { port1, port2 } = new MessageChannel();
    const failed: unknown[] = [];
    answer(port1, stored, (error) => failed.push(error));
    try {
      const sizes = await thread.call('open', { fold, port: port2, last }, [port2]);
      return new JournalFold(thread, fold, sizes);
    } catch (error) {
      // The thread's error is a copy without the code of SQLite.
      for (const cause of failed) throw cause;
      throw error;
    } finally {
      port1.close();
    }
  }

  async end(): Promise<void> {
    await this.#thread?.end();
  }
}

function answer(port: MessageChannel['port1'], stored: StoredFleet, onError: (error: unknown) => void): void {
  const guarded = async <T>(ask: () => T | Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      onError(error);
      throw error;
    }
  };
  serve<StoredCalls>(port, {
    knownOrders: (args) => guarded(() => stored.knownOrders(...args)),
    machines: () => guarded(() => stored.machines()),
    entries: () => guarded(() => stored.entries()),
    setMachinesAside: (args) => guarded(() => stored.setMachinesAside(...args)),
    namelessConnections: (args) => guarded(() => stored.namelessConnections(...args)),
    entriesAfter: (args) => guarded(() => stored.entriesAfter(...args)),
    connectionsOf: (args) => guarded(() => stored.connectionsOf(...args)),
    entriesOf: (args) => guarded(() => stored.entriesOf(...args)),
  });
}

/** The fold of one journal. Its calls are answered in their order. */
export class JournalFold {
  readonly #thread: Thread;
  readonly #fold: number;
  /** At the start. */
  readonly sizes: FoldSizes;

  constructor(thread: Thread, fold: number, sizes: FoldSizes) {
    this.#thread = thread;
    this.#fold = fold;
    this.sizes = sizes;
  }

  take(entries: PackedEntries, read: ReadDetails, isCheckpoint: boolean): Promise<Folded> {
    return this.#thread.call('take', { fold: this.#fold, entries, read, isCheckpoint });
  }

  checkpoint(): Promise<States> {
    return this.#thread.call('checkpoint', { fold: this.#fold });
  }

  report(): Promise<States> {
    return this.#thread.call('report', { fold: this.#fold });
  }

  forgetOrdersThrough(through: number): void {
    this.#thread.notify('forgetOrders', { fold: this.#fold, through });
  }

  close(): void {
    this.#thread.notify('close', { fold: this.#fold });
  }
}
