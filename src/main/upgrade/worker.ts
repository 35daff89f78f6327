/** Entry of the process that works on one file, so that hashing and unpacking gigabytes delay no answer, and a file that is too much ends nothing else. */
import { recipesIn } from '../fetched/content';
import { ownChannel, serve } from '../worker/serve';
import { hashFile } from './hashFile';
import type { PackageCalls, PackageEvents, StageProgress } from './messages';
import { exportTo, inspect, stage } from './stage';
import { Throttle } from './throttle';
import { contentsOf } from './zip';

const reportInterval = 100; // ms

const cancelled = new AbortController();
const { signal } = cancelled;

/** Tells of its progress, not too often. */
async function reported<T>(work: (onProgress: (progress: StageProgress) => void) => Promise<T>): Promise<T> {
  let latest: StageProgress | null = null;
  const throttle = new Throttle(reportInterval, () => {
    if (latest !== null) served.emit('progress', latest);
  });
  try {
    return await work((progress) => {
      latest = progress;
      throttle.trigger();
    });
  } finally {
    throttle.stop();
  }
}

const served = serve<PackageCalls, PackageEvents>(
  ownChannel(),
  {
    stage: (request) => reported((onProgress) => stage(request, signal, onProgress)),
    inspect: (request) => reported((onProgress) => inspect(request, signal, onProgress)),
    exportTo: (request) => reported((onProgress) => exportTo(request, signal, onProgress)),
    hashesOf: ({ file }) => hashFile(file, ['sha256', 'md5']),
    contents: ({ file, text }) => contentsOf(file, text, signal),
    tables: ({ file }) => recipesIn(file),
  },
  { onEnd: () => cancelled.abort() },
);
