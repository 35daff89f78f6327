/** Runs the staging of a file in a worker thread, one thread per file. */
import { Worker } from 'node:worker_threads';
import { Callable } from '../worker/callable';
import type { StageCalls, StageEvents, StageProgress, StageRequest, StageResult } from './messages';

export class Stager {
  readonly #thread: Callable<StageCalls, StageEvents>;
  readonly result: Promise<StageResult>;

  constructor(
    workerFile: string | URL,
    request: StageRequest,
    onProgress: (progress: StageProgress) => void,
  ) {
    this.#thread = new Callable<StageCalls, StageEvents>(new Worker(workerFile, { name: 'package' }), {
      on: { progress: onProgress },
    });
    this.result = this.#stage(request);
  }

  cancel(): void {
    void this.#thread.end();
  }

  async #stage(request: StageRequest): Promise<StageResult> {
    try {
      return await this.#thread.call('stage', request);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { refusal: { reason: 'unreadable', params: { detail } } };
    } finally {
      // The files are closed only then, and outside Linux an open file can't be renamed or removed.
      await this.#thread.end();
    }
  }
}
