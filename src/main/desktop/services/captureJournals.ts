/** The journals of opened captures. A journal has a thread while it is queried; few threads run at once. */
import {
  type Calls,
  JournalClient,
  JournalError,
  type JournalQueries,
  type ReadCall,
} from '../../journal/api';
import type { JournalDamage } from '../../sites/api';
import type { Died } from './crashes';

/** [ours] Threads at once: each takes about 17 MB, even for a small journal. */
export const mostThreads = 8;

interface OpenJournal {
  readonly client: JournalClient;
  /** Open queries: the thread does not end before they are answered. */
  asked: number;
}

/** A journal of an opened capture. */
export interface CaptureJournal extends JournalQueries {
  /** @throws the reason why the file can't be opened */
  open(): Promise<void>;
  query<C extends ReadCall | 'changeMark'>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>;
  /** Waits for the answers to open queries. The file is not opened again. */
  close(): Promise<void>;
  /** Like `close`, but further queries wait until `resume`. */
  pause(): Promise<void>;
  resume(): void;
}

/** The thread that writes a journal's file. Nobody else writes or renames it. */
export interface JournalOwner {
  /** A query found damage. */
  readonly damaged: (what: JournalDamage) => void;
}

export interface CaptureJournalsParts {
  readonly journalWorker: string;
  readonly died: Died;
}

export class CaptureJournals {
  readonly #parts: CaptureJournalsParts;
  /** By file, least recently queried first. */
  readonly #open = new Map<string, OpenJournal>();
  /** Threads are started and ended one at a time, so that the limit holds and no file has two. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Ends the wait for an idle journal. */
  #onIdle: () => void = () => undefined;

  constructor(parts: CaptureJournalsParts) {
    this.#parts = parts;
  }

  /** The file must exist at the first query. `owner`: left out if this journal has none. */
  of(file: string, owner: JournalOwner | null = null): CaptureJournal {
    let isClosed = false;
    let gate: Promise<void> = Promise.resolve();
    let open: () => void = () => undefined;
    const asking = async <T>(ask: (client: JournalClient) => Promise<T>): Promise<T> => {
      await gate;
      if (isClosed) throw new Error('the capture is closed');
      const journal = await this.#held(file, owner);
      try {
        return await ask(journal.client);
      } catch (error) {
        if (error instanceof JournalError && error.isFileLost) owner?.damaged('file');
        throw error;
      } finally {
        this.#release(journal);
      }
    };
    return {
      open: () => asking(() => Promise.resolve()),
      query: (name, args) => asking((client) => client.query(name, args)),
      close: () => {
        isClosed = true;
        open();
        return this.#inTurn(() => this.#end(file));
      },
      pause: () => {
        open();
        gate = new Promise<void>((resolve) => (open = resolve));
        return this.#inTurn(() => this.#end(file));
      },
      resume: () => open(),
    };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const acted = this.#turn.then(act);
    this.#turn = acted.catch(() => undefined);
    return acted;
  }

  async #held(file: string, owner: JournalOwner | null): Promise<OpenJournal> {
    return (
      this.#hold(file) ??
      (await this.#inTurn(async () => this.#hold(file) ?? (await this.#start(file, owner))))
    );
  }

  #hold(file: string): OpenJournal | null {
    const journal = this.#open.get(file);
    if (journal === undefined) return null;
    journal.asked += 1;
    // Move to the end of the order.
    this.#open.delete(file);
    this.#open.set(file, journal);
    return journal;
  }

  #release(journal: OpenJournal): void {
    journal.asked -= 1;
    if (journal.asked === 0) this.#onIdle();
  }

  async #start(file: string, owner: JournalOwner | null): Promise<OpenJournal> {
    while (this.#open.size >= mostThreads) await this.#endOldest();
    const client = new JournalClient(this.#parts.journalWorker, {
      onError: ({ message }) => this.#parts.died('journal', message, true),
      isReadOnly: owner !== null,
    });
    if (owner !== null)
      client.onDamagedRows(({ entries = 0 }) => {
        if (entries > 0) owner.damaged('entries');
      });
    const opened = await client.open(file);
    if (opened.kind !== 'open') {
      await client.close();
      if (opened.kind === 'failed' && opened.isFileLost) owner?.damaged('file');
      throw new Error(opened.kind === 'failed' ? opened.detail : opened.kind);
    }
    const journal = { client, asked: 1 };
    this.#open.set(file, journal);
    return journal;
  }

  /** Waits for an idle journal if all have open queries. */
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
