/** Has the journal's thread bring back the records of a damaged journal, a little at a time: everything else comes between two steps. */
import type { JournalClient } from '../../journal/api';

/** ms between two steps, and after one that failed: a full disk may take more later. */
const pause = 10;
const failedPause = 60_000;

export class Salvages {
  readonly #client: Pick<JournalClient, 'salvage'>;
  #running: Promise<void> | null = null;
  #isStopped = false;
  #wake: (() => void) | null = null;

  constructor(client: Pick<JournalClient, 'salvage'>) {
    this.#client = client;
  }

  /** Resolves when there is nothing to be brought back any more, or `stop` was called. */
  begin(): Promise<void> {
    return (this.#running ??= this.#run().finally(() => {
      this.#running = null;
    }));
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const isMore = await this.#client.salvage().catch(() => null);
      if (isMore === false) return;
      await this.#pause(isMore === null ? failedPause : pause);
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
