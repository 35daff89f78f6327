/** Restarts a thread when it dies, unless it dies too often. */
import type { Callable } from './callable';

export interface RestartingOptions<Thread> {
  readonly launch: (onGone: (error: Error) => void) => Thread;
  /** Brings a new thread to the state of the previous one. */
  readonly prepare: (thread: Thread) => Promise<void>;
  /** `isFinal`: the thread is not restarted. */
  readonly onDeath: (error: Error, isFinal: boolean) => void;
  /** The thread lives, but the preparation failed. */
  readonly onUnprepared?: (error: Error) => void;
  readonly now: () => number;
}

/** This many deaths within this time (ms) mean a bug that a restart does not fix. */
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

  /** The current thread. If it is dead for good, calls reject with the reason. */
  get thread(): Thread {
    return this.#thread;
  }

  /** The current thread, once it is prepared. */
  async ready(): Promise<Thread> {
    // A thread that dies meanwhile is replaced by another, which is not prepared yet.
    for (let ready: Promise<void> | null = null; ready !== this.#ready;) {
      ready = this.#ready;
      await ready;
    }
    return this.#thread;
  }

  /** `beforeEnd`: runs before the end. The thread is not restarted during this either. */
  async end(within?: number, beforeEnd?: (thread: Thread) => Promise<void>): Promise<void> {
    this.#isEnding = true;
    await beforeEnd?.(this.#thread);
    await this.#thread.end(within);
  }

  #launch(): { readonly thread: Thread; readonly ready: Promise<void> } {
    const thread = this.#options.launch((error) => this.#died(error));
    const ready = this.#options.prepare(thread).catch((error: unknown) => {
      // After its death `onDeath` reports; a thread that is ending refuses calls.
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
