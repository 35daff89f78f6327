/** A thread that is started again when it dies, until it dies too often. */
import type { Callable } from './callable';

export interface RestartingOptions<Thread> {
  readonly launch: (onGone: (error: Error) => void) => Thread;
  /** Brings a new one to where the last one was. */
  readonly prepare: (thread: Thread) => Promise<void>;
  /** `isFinal`: it is not started again. */
  readonly onDeath: (error: Error, isFinal: boolean) => void;
  /** It lives, but could not be brought there. */
  readonly onUnprepared?: (error: Error) => void;
  readonly now: () => number;
}

/** So many deaths within so many ms are a bug that starting again does not mend. */
const maxDeaths = 3;
const deathsWithin = 60_000;

export class Restarting<Thread extends Pick<Callable<never>, 'end' | 'isGone'>> {
  readonly #options: RestartingOptions<Thread>;
  #deaths: readonly number[] = [];
  #thread: Thread;
  #ready: Promise<void>;
  #isEnding = false;

  constructor(options: RestartingOptions<Thread>) {
    this.#options = options;
    ({ thread: this.#thread, ready: this.#ready } = this.#launch());
  }

  /** The one that runs. Of a dead one that is not started again every call is rejected with the reason. */
  get thread(): Thread {
    return this.#thread;
  }

  /** The one that runs, when it is where the last one was. */
  async ready(): Promise<Thread> {
    // One that dies meanwhile is followed by another, which is not there yet.
    for (let ready: Promise<void> | null = null; ready !== this.#ready;) {
      ready = this.#ready;
      await ready;
    }
    return this.#thread;
  }

  /** `farewell`: what comes before, during which it is not started again either. */
  async end(within?: number, farewell?: (thread: Thread) => Promise<void>): Promise<void> {
    this.#isEnding = true;
    await farewell?.(this.#thread);
    await this.#thread.end(within);
  }

  #launch(): { readonly thread: Thread; readonly ready: Promise<void> } {
    const thread = this.#options.launch((error) => this.#died(error));
    const ready = this.#options.prepare(thread).catch((error: unknown) => {
      // Should it have died meanwhile, `onDeath` tells; one that is being ended refuses.
      if (thread.isGone || this.#isEnding) return;
      this.#options.onUnprepared?.(error instanceof Error ? error : new Error(String(error)));
    });
    return { thread, ready };
  }

  #died(error: Error): void {
    const now = this.#options.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < deathsWithin), now];
    const isFinal = this.#isEnding || this.#deaths.length >= maxDeaths;
    if (!isFinal) ({ thread: this.#thread, ready: this.#ready } = this.#launch());
    this.#options.onDeath(error, isFinal);
  }
}
