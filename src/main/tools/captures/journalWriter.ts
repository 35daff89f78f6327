/** Writes an import's journal in another thread, in parallel with reading, or in this thread. */
import type { Batch } from '../../journal/embed';
import { JournalError, JournalThread } from '../../journal/api';

export interface JournalWriter {
  /** Resolves when the batch is written. */
  readonly append: (batch: Batch) => Promise<void>;
  readonly close: () => Promise<void>;
}

const otherVersion = 'the journal is of another version';

/** `worker`: the script of the journal's thread; `null`: this thread writes. @throws the error that prevents opening the file */
export async function openJournalWriter(file: string, worker: string | null): Promise<JournalWriter> {
  if (worker !== null) return inThread(file, worker);
  const { openJournal } = await import('../../journal/embed');
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error(otherVersion);
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

async function inThread(file: string, worker: string): Promise<JournalWriter> {
  const thread = new JournalThread(worker);
  const opened = await thread.call('open', { file });
  if (opened.kind !== 'open') {
    await thread.close();
    if (opened.kind === 'otherVersion') throw new Error(otherVersion);
    throw new JournalError(opened.detail, opened);
  }
  return {
    append: async (batch) => {
      const { numbers, places, bytes } = batch.entries;
      await thread.call('append', batch, [numbers.buffer, places.buffer, bytes.buffer] as ArrayBuffer[]);
    },
    close: () => thread.close(),
  };
}
