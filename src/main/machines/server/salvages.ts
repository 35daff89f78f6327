/** Runs the recovery of a damaged journal in the journal thread, in small steps. Other work runs between the steps. */
import type { JournalClient } from '../../journal/api';

/** ms between steps, and after a failed one: a full disk may have room later. */
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

  /** Resolves when nothing is left to recover, or after `stop`. */
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
