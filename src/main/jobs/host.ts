/** Runs jobs, each in its own thread, with progress and cancel. */
import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Job } from '#shared/model/capture';
import { Callable } from '../worker/callable';
import type { Growth } from './importer';
import type { JobCalls, JobEnd, JobEvents, JobRequest } from './messages';

/** MB for new objects, of which V8 has two such halves: most of a job's objects die young. */
const youngSpace = 32;
/** Ended jobs that stay in the window's list. */
const jobsKept = 20;

/** A job's messages beyond its progress. Each is handled before the next. */
export type JobMessage = JobEnd | { readonly kind: 'grown'; readonly growth: Growth };

interface Running {
  readonly thread: Callable<JobCalls, JobEvents>;
  readonly ended: Promise<void>;
}

export class JobHost {
  readonly #workerFile: string;
  readonly #onChange: () => void;
  readonly #onDeath: (reason: string) => void;
  readonly #jobs = new Map<number, Job>();
  readonly #running = new Map<number, Running>();
  #lastId = 0;

  /** `onDeath`: a job's thread died of a bug, and the job failed. */
  constructor(workerFile: string, onChange: () => void, onDeath: (reason: string) => void = () => undefined) {
    this.#workerFile = workerFile;
    this.#onChange = onChange;
    this.#onDeath = onDeath;
  }

  get jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** `file`: what the job is named after. What `onMessage` gives is what the message changes of the job. */
  start(
    what: Job['what'],
    file: string,
    request: (id: number) => JobRequest,
    onMessage: (id: number, message: JobMessage) => Promise<Partial<Job>>,
  ): Job {
    this.#lastId += 1;
    const id = this.#lastId;
    const jobRequest = request(id);
    let handled = Promise.resolve();
    const handle = (message: JobMessage): void => {
      handled = handleAfter(handled, message);
    };
    const handleAfter = async (before: Promise<void>, message: JobMessage): Promise<void> => {
      await before;
      const change = await onMessage(id, message).catch((error: unknown) => {
        this.cancel(id);
        return failed(error);
      });
      const state = stateAfter(message);
      this.#change(id, { ...(state === 'running' ? {} : { state, endedAt: Date.now() }), ...change });
    };
    const thread = new Callable<JobCalls, JobEvents>(bulkWorker(this.#workerFile), {
      onGone: ({ message }) => this.#onDeath(message),
      on: {
        progress: (progress) => this.#change(id, progress),
        grown: (growth) => handle({ kind: 'grown', growth }),
      },
    });
    const run = async (): Promise<void> => {
      handle(
        await thread
          .call('run', jobRequest)
          .catch((error: unknown): JobEnd => ({ kind: 'failed', code: 'internal', detail: detailOf(error) })),
      );
      await thread.end();
      await handled;
      this.#running.delete(id);
    };
    this.#running.set(id, { thread, ended: run() });
    return this.#set({
      id,
      what,
      fileName: basename(file),
      state: 'running',
      done: 0,
      total: null,
      frames: 0,
      startedAt: Date.now(),
      endedAt: null,
      problem: null,
      capture: null,
    });
  }

  /** False: it has ended. */
  cancel(id: number): boolean {
    const running = this.#running.get(id);
    void running?.thread.end();
    return running !== undefined;
  }

  /** Resolves when its thread has ended and all its messages were handled. */
  async ended(id: number): Promise<void> {
    await this.#running.get(id)?.ended;
  }

  /** Cancels all jobs and waits, because a thread must not be terminated while it is inside SQLite. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#running.values()].map(async ({ thread, ended }) => {
        await thread.leave();
        await ended;
      }),
    );
  }

  #change(id: number, change: Partial<Job>): void {
    const job = this.#jobs.get(id);
    // Late messages of an ended job are ignored.
    if (job?.state === 'running') this.#set({ ...job, ...change });
  }

  #set(job: Job): Job {
    this.#jobs.set(job.id, job);
    const ended = this.jobs.filter(({ state }) => state !== 'running');
    for (const { id } of ended.slice(0, Math.max(0, ended.length - jobsKept))) this.#jobs.delete(id);
    this.#onChange();
    return job;
  }
}

/**
 * A thread that has all its young space from the beginning. A worker's own limits say only how far that may grow, and meanwhile objects
 * outlive collections that would soon be dead; V8 then puts such ones among the old from the first, and an import takes a sixth longer
 * (measured). The flag is read when a thread begins, and is not for others.
 */
function bulkWorker(file: string): Worker {
  setFlagsFromString(`--min-semi-space-size=${youngSpace}`);
  const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: 2 * youngSpace } });
  const reset = (): void => setFlagsFromString('--min-semi-space-size=0');
  return worker.once('online', reset).once('exit', reset);
}

function stateAfter({ kind }: JobMessage): Job['state'] {
  switch (kind) {
    case 'grown':
      return 'running';
    case 'exported':
    case 'imported':
      return 'done';
    case 'cancelled':
    case 'failed':
      return kind;
  }
}

/** The change for an unexpected error. */
function failed(error: unknown): Partial<Job> {
  return { state: 'failed', endedAt: Date.now(), problem: { code: 'internal', detail: detailOf(error) } };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
