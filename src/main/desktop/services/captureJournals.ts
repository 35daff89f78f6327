/** The journals of opened captures. Each has a thread while it is asked; only a few threads are alive at once. */
import { type Calls, JournalClient, type JournalQueries, type ReadCall } from '../../journal/api';
import type { Died } from './crashes';

/** [ours] Threads at once: each takes about 17 MB, however small its journal is. */
export const mostThreads = 8;

interface OpenJournal {
  readonly client: JournalClient;
  /** Questions that are not answered yet: its thread is not ended before. */
  asked: number;
}

/** A journal of an opened capture. */
export interface CaptureJournal extends JournalQueries {
  /** @throws why its file can't be opened */
  open(): Promise<void>;
  query<C extends ReadCall | 'setMark'>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>;
  /** What was asked before is answered; nothing opens the file again. */
  close(): Promise<void>;
}

export interface CaptureJournalsParts {
  readonly journalWorker: string;
  readonly died: Died;
}

export class CaptureJournals {
  readonly #parts: CaptureJournalsParts;
  /** By file, the one that was asked longest ago first. */
  readonly #open = new Map<string, OpenJournal>();
  /** Threads are started and ended one after the other, so that there are never more, nor two of one file. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Ends the waiting for one that is not asked anything. */
  #onIdle: () => void = () => undefined;

  constructor(parts: CaptureJournalsParts) {
    this.#parts = parts;
  }

  /** Of a file that is there when the journal is first asked. */
  of(file: string): CaptureJournal {
    let isClosed = false;
    const asking = async <T>(ask: (client: JournalClient) => Promise<T>): Promise<T> => {
      if (isClosed) throw new Error('the capture is closed');
      const journal = await this.#held(file);
      try {
        return await ask(journal.client);
      } finally {
        this.#release(journal);
      }
    };
    return {
      open: () => asking(() => Promise.resolve()),
      query: (name, args) => asking((client) => client.query(name, args)),
      close: () => {
        isClosed = true;
        return this.#inTurn(() => this.#end(file));
      },
    };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const acted = this.#turn.then(act);
    this.#turn = acted.catch(() => undefined);
    return acted;
  }

  async #held(file: string): Promise<OpenJournal> {
    return (
      this.#hold(file) ?? (await this.#inTurn(async () => this.#hold(file) ?? (await this.#start(file))))
    );
  }

  #hold(file: string): OpenJournal | null {
    const journal = this.#open.get(file);
    if (journal === undefined) return null;
    journal.asked += 1;
    // To the end of the order.
    this.#open.delete(file);
    this.#open.set(file, journal);
    return journal;
  }

  #release(journal: OpenJournal): void {
    journal.asked -= 1;
    if (journal.asked === 0) this.#onIdle();
  }

  async #start(file: string): Promise<OpenJournal> {
    while (this.#open.size >= mostThreads) await this.#endOldest();
    const client = new JournalClient(this.#parts.journalWorker, {
      onError: ({ message }) => this.#parts.died('journal', message, true),
    });
    const opened = await client.open(file);
    if (opened.kind !== 'open') {
      await client.close();
      throw new Error(opened.kind === 'failed' ? opened.detail : opened.kind);
    }
    const journal = { client, asked: 1 };
    this.#open.set(file, journal);
    return journal;
  }

  /** Waits until one is idle where all are asked something. */
  async #endOldest(): Promise<void> {
    for (const [file, { asked }] of this.#open) if (asked === 0) return this.#end(file);
    return this.#nextIdle();
  }

  async #end(file: string): Promise<void> {
    const journal = this.#open.get(file);
    if (journal === undefined) return;
    while (journal.asked > 0) await this.#nextIdle();
    this.#open.delete(file);
    await journal.client.close();
  }

  #nextIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }
}
