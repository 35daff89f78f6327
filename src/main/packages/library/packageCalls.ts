/** Calls for one package file. They run in a process of their own. */
import { recipesIn } from '../uploads/content';
import type { ServerPort } from '../../lib/threads/messages';
import { serve } from '../../lib/threads/serve';
import { hashFile } from './openFile';
import type { PackageCalls, PackageEvents, StageProgress } from './messages';
import { exportTo, inspect, stage } from './stage';
import { Throttle } from '../host/throttle';
import { contentsOf } from './zip';

const reportInterval = 100; // ms

export function servePackageCalls(port: ServerPort): void {
  const cancelled = new AbortController();
  const { signal } = cancelled;

  /** Reports progress at intervals. */
  const reported = async <T>(
    work: (onProgress: (progress: StageProgress) => void) => Promise<T>,
  ): Promise<T> => {
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
  };

  const served = serve<PackageCalls, PackageEvents>(
    port,
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
}
