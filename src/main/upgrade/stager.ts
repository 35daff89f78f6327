/** Runs the work on a package's file in a worker thread, one thread for each. */
import { Worker } from 'node:worker_threads';
import { Callable } from '../worker/callable';
import type { PackageCalls, PackageEvents, StageProgress } from './messages';

type Result<C extends keyof PackageCalls> = PackageCalls[C]['result'];

export class PackageThread {
  readonly #thread: Callable<PackageCalls, PackageEvents>;

  constructor(workerFile: string | URL, onProgress: (progress: StageProgress) => void = () => undefined) {
    this.#thread = new Callable<PackageCalls, PackageEvents>(new Worker(workerFile, { name: 'package' }), {
      on: { progress: onProgress },
    });
  }

  /** `within`: one that goes on after so many ms, on a disk that does not answer, is ended by force. */
  async cancel(within?: number): Promise<void> {
    await this.#thread.end(within);
  }

  /** Its only work. @throws what went wrong there, or that it was ended */
  async run<C extends keyof PackageCalls>(call: C, args: PackageCalls[C]['args']): Promise<Result<C>> {
    try {
      return await this.#thread.call(call, args);
    } finally {
      // The files are closed only then, and outside Linux an open file can't be renamed or removed.
      await this.#thread.end();
    }
  }
}
