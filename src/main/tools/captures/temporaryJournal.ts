/** Reads a capture into a journal in a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from './importJob';
import { showProgress } from './terminal';

interface Importing {
  readonly journalWorker: string;
  readonly cancel: AbortSignal;
}

/** The journal exists only while `work` runs. */
export async function withJournalOf<T>(
  file: string,
  { journalWorker, cancel }: Importing,
  work: (journal: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'crema-journal-'));
  try {
    const journal = join(folder, 'journal.sqlite');
    await importFile({ file, journal, journalWorker }, cancel, { onProgress: showProgress });
    return await work(journal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
