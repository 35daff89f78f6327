/** The main thread's end of reading a file in: one worker thread per file, so that none waits idle for years. */
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
      // Only then are its files closed: elsewhere than on Linux an open file can't be renamed or removed.
      await this.#thread.end();
    }
  }
}
