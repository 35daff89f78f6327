/** Where an import writes: a journal's thread beside its own, so that reading and writing share the work, or the journal itself. */
import { openJournal, type Batch } from '../journal/store/journalStore';
import { JournalError, JournalThread } from '../journal/client/journalThread';

export interface Sink {
  /** Resolves when it is written. */
  readonly append: (batch: Batch) => Promise<void>;
  readonly close: () => Promise<void>;
}

const newer = 'the journal was written by a newer Crema';

/** `worker`: the journal's thread's script; `null`: in this thread. @throws what keeps the file from being opened */
export async function openSink(file: string, worker: string | null): Promise<Sink> {
  if (worker !== null) return inThread(file, worker);
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error(newer);
  const { store } = opened;
  return {
    append: async (batch) => {
      await Promise.resolve();
      store.append(batch);
    },
    close: async () => {
      await Promise.resolve();
      store.close();
    },
  };
}

async function inThread(file: string, worker: string): Promise<Sink> {
  const thread = new JournalThread(worker);
  const opened = await thread.call('open', { file });
  if (opened.kind !== 'open') {
    await thread.close();
    if (opened.kind === 'newer') throw new Error(newer);
    throw new JournalError({ id: 0, ok: false, isDamaged: false, ...opened });
  }
  return {
    append: async (batch) => {
      const { numbers, places, bytes } = batch.entries;
      await thread.call('append', batch, [numbers.buffer, places.buffer, bytes.buffer]);
    },
    close: () => thread.close(),
  };
}
