/** Entry of a job's thread: an import or export, so that it delays no answer to a machine. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CaptureError } from '../journal/files/types';
import { importFile } from './importJob';
import { ownPort, serve } from '../worker/serve';
import type { JobCalls, JobEnd, JobEvents, JobProgress, JobRequest } from './messages';

/** ms between two progress messages. */
const progressInterval = 250;

const cancel = new AbortController();
let postedAt = 0;
const onProgress = (progress: JobProgress): void => {
  const now = performance.now();
  if (now - postedAt < progressInterval) return;
  postedAt = now;
  thread.emit('progress', progress);
};

/** The journal can't be written in Crema's folder. */
class NoPlace extends Error {}
const noPlace = /^SQLITE_(?:CANTOPEN|READONLY|PERM|IOERR)/;

async function run(request: JobRequest): Promise<JobEnd> {
  if (request.what === 'export') {
    // Neither loads what only the other needs.
    const { exportFrames } = await import('./exportJob');
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
    onGrowth: (growth) => thread.emit('grown', growth),
  });
  return { kind: 'imported', imported, frames };
}

function problemOf(what: JobRequest['what'], error: unknown): JobEnd {
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

/** The thread is not terminated but ends after the job, because it may be inside SQLite. */
const thread = serve<JobCalls, JobEvents>(
  ownPort(),
  { run: (request) => run(request).catch((error: unknown) => problemOf(request.what, error)) },
  { onEnd: () => cancel.abort() },
);
