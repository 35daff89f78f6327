/** One job's thread: a file of frames in or out, so that neither reading nor folding it takes time from the machines. */
import { parentPort, workerData } from 'node:worker_threads';
import type { JobProblem } from '#shared/model/capture';
import { CaptureError } from '../capture/types';
import { exportFrames } from './exportJob';
import { importFile } from './importJob';
import type { JobMessage, JobRequest } from './messages';

/** ms between two words about how far it is. */
const progressInterval = 100;

const cancel = new AbortController();
const port = parentPort;
port?.once('message', () => cancel.abort());

let told = 0;
const say = (message: JobMessage): void => port?.postMessage(message);
const onProgress = (progress: Omit<Extract<JobMessage, { kind: 'progress' }>, 'kind'>): void => {
  const now = performance.now();
  if (now - told < progressInterval) return;
  told = now;
  say({ kind: 'progress', ...progress });
};

async function run(request: JobRequest): Promise<JobMessage> {
  if (request.what === 'export') {
    return { kind: 'exported', frames: await exportFrames(request, cancel.signal, onProgress) };
  }
  let frames = 0;
  const imported = await importFile(request, cancel.signal, (progress) => {
    ({ frames } = progress);
    onProgress(progress);
  });
  return { kind: 'imported', imported, frames };
}

function problemOf(what: JobRequest['what'], error: unknown): JobMessage {
  if (cancel.signal.aborted) return { kind: 'cancelled' };
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof CaptureError) return { kind: 'failed', code: error.code, detail };
  const byCode: Readonly<Record<string, JobProblem>> = { ENOSPC: 'noSpace', EDQUOT: 'noSpace' };
  if (Object.hasOwn(byCode, code)) return { kind: 'failed', code: byCode[code] ?? 'internal', detail };
  if (/^E[A-Z]+$/.test(code))
    return { kind: 'failed', code: what === 'import' ? 'unreadable' : 'unwritable', detail };
  return { kind: 'failed', code: 'internal', detail };
}

const request = workerData as JobRequest;
run(request)
  .catch((error: unknown) => problemOf(request.what, error))
  .then(say)
  // Nothing more is listened for: the thread ends by itself, never inside SQLite.
  .finally(() => port?.close())
  .catch(() => process.exit(1));
