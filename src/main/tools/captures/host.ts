/** Runs each job in its own process, with progress and cancel. A file that exhausts a process costs only its job. */
import { basename } from 'node:path';
import { isOver, type Job, type JobProblem } from '#shared/model/capture';
import { Callable } from '../../lib/threads/callable';
import { ProcessGone, type ProcessLimits, type StartProcess } from '../../lib/threads/process';
import type { Growth } from './importer';
import type { JobCalls, JobEnd, JobEvents, JobRequest } from './messages';

/**
 * MB of a job's process. With program, buffers and SQLite the process takes 400 MB. Most objects of a job die young. A small young space
 * promotes objects that soon die, and an import then takes a sixth longer (measured).
 */
const limits: ProcessLimits = { heap: 192, young: 32 };
/** Ended jobs that stay in the window's list. A failure stays visible even when many files are opened at once. */
const jobsKept = 20;
const failedKept = 200;

/** A job's messages other than progress. Each is handled before the next. */
export type JobMessage = JobEnd | { readonly kind: 'grown'; readonly growth: Growth };

/** [ours] Processes that run at a time: each can take 400 MB and a core. */
const mostAtOnce = 3;

/** The work of a job. Its end cancels the job; `leave` waits until its files are written. */
interface Work {
  readonly end: () => unknown;
  readonly leave: () => Promise<unknown>;
}

/** A job that has not ended. */
interface Open {
  /** False: the job waits for other jobs to end. */
  isBegun: boolean;
  /** It runs in a process of its own. */
  readonly isProcess: boolean;
  /** `null`: the job waits, or the system could not start a process. */
  work: Work | null;
  readonly begin: () => void;
  readonly ended: Promise<void>;
  readonly over: () => void;
}

/** Of a job in another thread. `waiting`: for something outside. */
export type FollowedProgress = Pick<Job, 'done' | 'total'> & { readonly state: 'waiting' | 'running' };

export interface JobHostOptions {
  readonly script: string;
  readonly startProcess: StartProcess;
  readonly onChange: () => void;
  /** Called when a bug ended a job's process and so failed the job. */
  readonly onDeath?: (reason: string) => void;
}

export class JobHost {
  readonly #options: JobHostOptions;
  readonly #jobs = new Map<number, Job>();
  /** Oldest first. */
  readonly #open = new Map<number, Open>();
  #lastId = 0;

  constructor(options: JobHostOptions) {
    this.#options = options;
  }

  get jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** A number that no job and no capture has. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /**
   * Begins the job at once, or when enough other jobs have ended. `file` names the job. `request` is called when the job begins.
   * `onMessage` returns the changes that the message makes to the job.
   */
  start(
    what: JobRequest['what'],
    file: string,
    request: (id: number) => JobRequest,
    onMessage: (id: number, message: JobMessage) => Promise<Partial<Job>>,
  ): Job {
    return this.#add(what, file, true, (id) => this.#begin(id, request(id), onMessage));
  }

  /** Begins at once a job that another thread does. `work` resolves with its end, also after its signal has aborted. */
  follow(
    what: Exclude<Job['what'], JobRequest['what']>,
    file: string,
    work: (signal: AbortSignal, onProgress: (change: FollowedProgress) => void) => Promise<JobEnd>,
  ): Job {
    return this.#add(what, file, false, (id) => {
      const ending = new AbortController();
      const run = async (): Promise<void> => {
        const end = await work(ending.signal, (change) => this.#change(id, change)).catch(
          (error: unknown): JobEnd => ({ kind: 'failed', code: 'internal', detail: detailOf(error) }),
        );
        const problem = end.kind === 'failed' ? { code: end.code, detail: end.detail } : null;
        const capture = end.kind === 'moved' ? end.capture : null;
        this.#change(id, { state: stateAfter(end), endedAt: Date.now(), problem, capture });
        this.#end(id);
      };
      const ended = run();
      return {
        end: () => ending.abort(),
        leave: () => {
          ending.abort();
          return ended;
        },
      };
    });
  }

  #add(what: Job['what'], file: string, isProcess: boolean, begin: (id: number) => Work | null): Job {
    const id = this.nextId();
    let over: Open['over'] = () => undefined;
    const ended = new Promise<void>((resolve) => (over = resolve));
    const open: Open = {
      isBegun: false,
      isProcess,
      work: null,
      begin: () => {
        open.work = begin(id);
      },
      ended,
      over,
    };
    this.#open.set(id, open);
    const job: Job = {
      id,
      what,
      fileName: basename(file),
      state: 'waiting',
      done: 0,
      total: null,
      frames: 0,
      startedAt: Date.now(),
      endedAt: null,
      problem: null,
      capture: null,
    };
    this.#set(job);
    this.#beginNext();
    return this.#jobs.get(id) ?? job;
  }

  #beginNext(): void {
    let free = mostAtOnce;
    for (const { isBegun, isProcess } of this.#open.values()) if (isBegun && isProcess) free -= 1;
    for (const [id, open] of this.#open) {
      if (open.isBegun || (open.isProcess && free <= 0)) continue;
      if (open.isProcess) free -= 1;
      open.isBegun = true;
      this.#change(id, { state: 'running', startedAt: Date.now() });
      open.begin();
    }
  }

  #begin(
    id: number,
    request: JobRequest,
    onMessage: (id: number, message: JobMessage) => Promise<Partial<Job>>,
  ): Work | null {
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
    const { script, startProcess, onDeath } = this.#options;
    const started = (): Callable<JobCalls, JobEvents> | Error => {
      try {
        return new Callable<JobCalls, JobEvents>(startProcess(script, limits), {
          // Running out of memory is caused by the file, not by a bug.
          onGone: (error) => codeOf(error) !== 'noMemory' && onDeath?.(error.message),
          on: {
            progress: (progress) => this.#change(id, progress),
            grown: (growth) => handle({ kind: 'grown', growth }),
          },
        });
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    };
    const process = started();
    const isStarted = !(process instanceof Error);
    const run = async (): Promise<void> => {
      const answer = isStarted ? process.call('run', request) : Promise.reject(process);
      handle(
        await answer.catch((error: unknown): JobEnd => ({
          kind: 'failed',
          code: codeOf(error),
          detail: detailOf(error),
        })),
      );
      if (isStarted) await process.end();
      await handled;
      this.#end(id);
    };
    void run();
    return isStarted ? process : null;
  }

  #end(id: number): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.over();
    this.#beginNext();
  }

  /** Returns false if the job has already ended. */
  cancel(id: number): boolean {
    const open = this.#open.get(id);
    if (open === undefined) return false;
    if (!open.isBegun) {
      this.#change(id, { state: 'cancelled', endedAt: Date.now() });
      this.#end(id);
    } else void open.work?.end();
    return true;
  }

  /** Resolves when the job's process has ended and all its messages are handled. */
  async ended(id: number): Promise<void> {
    await this.#open.get(id)?.ended;
  }

  /** Cancels all jobs and waits until their files are written. */
  async close(): Promise<void> {
    const open = [...this.#open];
    // Cancel waiting jobs first, so that none begins when a running job ends.
    for (const [id, { isBegun }] of open) if (!isBegun) this.cancel(id);
    await Promise.all(
      open.map(async ([, { work, ended }]) => {
        await work?.leave();
        await ended;
      }),
    );
  }

  #change(id: number, change: Partial<Job>): void {
    const job = this.#jobs.get(id);
    // Late messages of an ended job are ignored.
    if (job !== undefined && !isOver(job)) this.#set({ ...job, ...change });
  }

  #set(job: Job): Job {
    this.#jobs.set(job.id, job);
    const failures = this.jobs.filter(({ state }) => state === 'failed');
    const others = this.jobs.filter((one) => isOver(one) && one.state !== 'failed');
    for (const { id } of [...beyond(failures, failedKept), ...beyond(others, jobsKept)])
      this.#jobs.delete(id);
    this.#options.onChange();
    return job;
  }
}

/** The oldest jobs, beyond the newest `kept`. */
const beyond = (jobs: readonly Job[], kept: number): readonly Job[] =>
  jobs.slice(0, Math.max(0, jobs.length - kept));

function stateAfter({ kind }: JobMessage): Job['state'] {
  switch (kind) {
    case 'grown':
      return 'running';
    case 'exported':
    case 'imported':
    case 'masked':
    case 'moved':
      return 'done';
    case 'cancelled':
    case 'failed':
      return kind;
  }
}

/** The change of a job for an unexpected error. */
function failed(error: unknown): Partial<Job> {
  return { state: 'failed', endedAt: Date.now(), problem: { code: 'internal', detail: detailOf(error) } };
}

/** The error code of a job whose process died before it could report one. */
function codeOf(error: unknown): JobProblem {
  if (!(error instanceof ProcessGone)) return 'internal';
  if (error.isOutOfMemory) return 'noMemory';
  return error.isQuiet ? 'readerEnded' : 'readerStopped';
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
