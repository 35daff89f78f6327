/** The main thread's end of jobs: each runs in a thread of its own, reports its progress, and can be cancelled. */
import { once } from 'node:events';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Job } from '#shared/model/capture';
import type { JobMessage, JobRequest } from './messages';

/** Most of what a job makes is gone a moment later: with room for it, little is copied about (a sixth of the time, measured). */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };
/** Ended jobs the window is told of. */
const jobsKept = 20;

/** A job's messages beyond its progress. Each is handled before the next. */
export type JobNews = Exclude<JobMessage, { kind: 'progress' }>;

interface Running {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

export class JobHost {
  readonly #workerFile: string;
  readonly #onChange: () => void;
  readonly #jobs = new Map<number, Job>();
  readonly #running = new Map<number, Running>();
  #lastId = 0;

  constructor(workerFile: string, onChange: () => void) {
    this.#workerFile = workerFile;
    this.#onChange = onChange;
  }

  get jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** `file`: what the job is named after. What `onNews` gives is what the news changes of the job. */
  start(
    what: Job['what'],
    file: string,
    request: (id: number) => JobRequest,
    onNews: (id: number, news: JobNews) => Promise<Partial<Job>>,
  ): Job {
    this.#lastId += 1;
    const id = this.#lastId;
    const worker = new Worker(this.#workerFile, { workerData: request(id), resourceLimits });
    let handled = Promise.resolve();
    const handle = (news: JobNews): void => {
      handled = handleAfter(handled, news);
    };
    const handleAfter = async (before: Promise<void>, news: JobNews): Promise<void> => {
      await before;
      const change = await onNews(id, news).catch((error: unknown) => {
        this.cancel(id);
        return failed(error);
      });
      const state = stateAfter(news);
      this.#change(id, { ...(state === 'running' ? {} : { state, endedAt: Date.now() }), ...change });
    };
    worker.on('message', (message: JobMessage) => {
      if (message.kind !== 'progress') return handle(message);
      const { done, total, frames } = message;
      this.#change(id, { done, total, frames });
    });
    worker.once('error', (error) => handle({ kind: 'failed', code: 'internal', detail: error.message }));
    const end = async (): Promise<void> => {
      await once(worker, 'exit');
      await handled;
      this.#running.delete(id);
    };
    const ended = end();
    this.#running.set(id, { worker, ended });
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
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    running?.worker.postMessage('cancel');
    return running !== undefined;
  }

  /** Resolves when its thread has ended and all its messages were handled. */
  async ended(id: number): Promise<void> {
    await this.#running.get(id)?.ended;
  }

  /** Each ends by itself once it is cancelled: a thread must not be ended while it is inside SQLite. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#running].map(async ([id, { ended }]) => {
        this.cancel(id);
        await ended;
      }),
    );
  }

  #change(id: number, change: Partial<Job>): void {
    const job = this.#jobs.get(id);
    // What an ended one still says is old.
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

function stateAfter({ kind }: JobNews): Job['state'] {
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

/** A bug of ours on the way. */
function failed(error: unknown): Partial<Job> {
  const detail = error instanceof Error ? error.message : String(error);
  return { state: 'failed', endedAt: Date.now(), problem: { code: 'internal', detail } };
}
