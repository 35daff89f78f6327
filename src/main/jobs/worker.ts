/** One job's thread: a file of frames in or out, so that neither reading nor folding it takes time from the machines. */
import { parentPort, workerData } from 'node:worker_threads';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CaptureError } from '../journal/files/types';
import { exportFrames } from './exportJob';
import { importFile } from './importJob';
import type { JobMessage, JobRequest } from './messages';

/** ms between two progress messages. */
const progressInterval = 100;

const cancel = new AbortController();
const port = parentPort;
port?.once('message', () => cancel.abort());

let postedAt = 0;
const post = (message: JobMessage): void => port?.postMessage(message);
const onProgress = (progress: Omit<Extract<JobMessage, { kind: 'progress' }>, 'kind'>): void => {
  const now = performance.now();
  if (now - postedAt < progressInterval) return;
  postedAt = now;
  post({ kind: 'progress', ...progress });
};

/** Crema's own folder takes nothing. */
class NoPlace extends Error {}
const noPlace = /^SQLITE_(?:CANTOPEN|READONLY|PERM|IOERR)/;

async function run(request: JobRequest): Promise<JobMessage> {
  if (request.what === 'export') {
    const { frames } = await exportFrames(request, cancel.signal, onProgress);
    return { kind: 'exported', frames };
  }
  let frames = 0;
  try {
    mkdirSync(dirname(request.journal), { recursive: true });
  } catch (error) {
    throw new NoPlace(error instanceof Error ? error.message : String(error));
  }
  const imported = await importFile(request, cancel.signal, {
    onProgress: (progress) => {
      ({ frames } = progress);
      onProgress(progress);
    },
    onGrowth: (growth) => post({ kind: 'grown', growth }),
  });
  return { kind: 'imported', imported, frames };
}

function problemOf(what: JobRequest['what'], error: unknown): JobMessage {
  if (cancel.signal.aborted) return { kind: 'cancelled' };
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof CaptureError) return { kind: 'failed', code: error.code, detail };
  // SQLite's own name for what is wrong with the file of a journal.
  const sqlite = error instanceof Error && 'sqliteCodeName' in error ? String(error.sqliteCodeName) : code;
  if (code === 'ENOSPC' || code === 'EDQUOT' || sqlite === 'SQLITE_FULL')
    return { kind: 'failed', code: 'noSpace', detail };
  if (error instanceof NoPlace || (what === 'import' && noPlace.test(sqlite)))
    return { kind: 'failed', code: 'noPlace', detail };
  if (/^E[A-Z]+$/.test(code))
    return { kind: 'failed', code: what === 'import' ? 'unreadable' : 'unwritable', detail };
  return { kind: 'failed', code: 'internal', detail };
}

const request = workerData as JobRequest;
run(request)
  .catch((error: unknown) => problemOf(request.what, error))
  .then(post)
  // Nothing more is listened for: the thread ends by itself, never inside SQLite.
  .finally(() => port?.close())
  .catch(() => process.exit(1));
