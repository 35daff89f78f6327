/** Entry of a job's process: an import or export. A separate process delays no answer to a machine, and its crash ends only the job. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { CaptureError } from '../../core/captures/types';
import { importFile } from './importJob';
import { ownChannel, serve } from '../../lib/threads/serve';
import type { JobCalls, JobEnd, JobEvents, JobProgress, JobRequest } from './messages';

/** ms between two progress messages. */
const progressInterval = 250;

// This thread's young space begins large; the journal-writing thread keeps the default.
setFlagsFromString('--min-semi-space-size=0');

/** Bytes of the whole process. Buffers are outside V8's heap, which has its own limit. */
const mostMemory = 380 * 1_048_576;
/** ms between two memory checks. */
const memoryInterval = 50;

const cancel = new AbortController();
const tooMuch = new Error('more memory than a job may have');
setInterval(() => {
  if (process.memoryUsage.rss() > mostMemory) cancel.abort(tooMuch);
}, memoryInterval).unref();

let postedAt = 0;
const onProgress = (progress: JobProgress): void => {
  const now = performance.now();
  if (now - postedAt < progressInterval) return;
  postedAt = now;
  served.emit('progress', progress);
};

/** The journal can't be written in Crema's data folder. */
class NoPlace extends Error {}
const noPlace = /^SQLITE_(?:CANTOPEN|READONLY|PERM|IOERR)/;

function makeFolder(journal: string): void {
  try {
    mkdirSync(dirname(journal), { recursive: true });
  } catch (error) {
    throw new NoPlace(error instanceof Error ? error.message : String(error));
  }
}

async function run(request: JobRequest): Promise<JobEnd> {
  if (request.what === 'export') {
    // Imported on demand: an export does not load the importer, nor the reverse.
    const { exportFrames } = await import('./exportJob');
    const { entries: _all, ...exported } = await exportFrames(request, cancel.signal, onProgress);
    return { kind: 'exported', ...exported };
  }
  if (request.what === 'mask') {
    const { maskFile } = await import('./maskJob');
    makeFolder(request.journal);
    return { kind: 'masked', ...(await maskFile(request, cancel.signal, onProgress)) };
  }
  let frames = 0;
  makeFolder(request.journal);

  const imported = await importFile(request, cancel.signal, {
    onProgress: (progress) => {
      ({ frames } = progress);
      onProgress(progress);
    },
    onGrowth: (growth) => served.emit('grown', growth),
  });
  return { kind: 'imported', imported, frames };
}

function problemOf(what: JobRequest['what'], error: unknown): JobEnd {
  const detail = error instanceof Error ? error.message : String(error);
  if (cancel.signal.reason === tooMuch) return { kind: 'failed', code: 'noMemory', detail };
  if (cancel.signal.aborted) return { kind: 'cancelled' };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof CaptureError) return { kind: 'failed', code: error.code, detail };
  // SQLite's own code for a problem with the journal's file.
  const sqlite = error instanceof Error && 'sqliteCodeName' in error ? String(error.sqliteCodeName) : code;
  if (code === 'ENOSPC' || code === 'EDQUOT' || sqlite === 'SQLITE_FULL')
    return { kind: 'failed', code: 'noSpace', detail };
  if (error instanceof NoPlace || (what !== 'export' && noPlace.test(sqlite)))
    return { kind: 'failed', code: 'noPlace', detail };
  if (/^E[A-Z]+$/.test(code))
    return { kind: 'failed', code: what === 'export' ? 'unwritable' : 'unreadable', detail };
  return { kind: 'failed', code: 'internal', detail };
}

const served = serve<JobCalls, JobEvents>(
  ownChannel(),
  { run: (request) => run(request).catch((error: unknown) => problemOf(request.what, error)) },
  { onEnd: () => cancel.abort() },
);
