/** The main thread's end of reading a file in: one worker thread per file, so that none waits idle for years. */
import { Worker } from 'node:worker_threads';
import type { FromStager, Refusal, Staged, StageRequest, ToStager } from './messages';

export type StageResult = { readonly staged: Staged } | { readonly refusal: Refusal };

export class Stager {
  readonly #worker: Worker;
  readonly result: Promise<StageResult>;

  constructor(
    workerFile: string | URL,
    request: StageRequest,
    onProgress: (progress: Extract<FromStager, { kind: 'progress' }>) => void,
  ) {
    const worker = new Worker(workerFile, { name: 'package', workerData: request });
    this.#worker = worker;
    this.result = new Promise((resolve) => {
      const broke = (detail: string): void =>
        resolve({ refusal: { reason: 'unreadable', params: { detail } } });
      let told: StageResult | null = null;
      worker.on('message', (message: FromStager) => {
        if (message.kind === 'progress') onProgress(message);
        else told = message.kind === 'staged' ? { staged: message.staged } : { refusal: message.refusal };
      });
      worker.on('error', (error) => broke(error.message));
      // Only then are its files closed: elsewhere than on Linux an open file can't be renamed or removed.
      worker.on('exit', (code) =>
        told === null ? broke(`the worker ended with code ${code}`) : resolve(told),
      );
    });
  }

  cancel(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    this.#worker.postMessage('cancel' satisfies ToStager);
  }
}
