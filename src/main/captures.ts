/** Files of frames in the running app: jobs in threads of their own, and opened captures, each a journal without a link. */
import { mkdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AppError } from '#shared/contract/errors';
import type { Capture, Job } from '#shared/model/capture';
import type { MachineState } from '#shared/model/machine';
import type { CapturesService, ExportWish, Source } from './ipc/services';
import { JournalHost } from './journal/host';
import type { JobMessage, JobRequest } from './jobs/messages';
import { Fleet } from './session/fleet';
import { machineRow } from './session/rows';
import type { SettingsStore } from './settings/store';
import { makeSource } from './source';

/** Ended jobs the window is told of. */
const jobsKept = 20;

function stop(worker: Worker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  worker.postMessage('cancel');
}

interface Opened {
  readonly capture: Capture;
  readonly fleet: Fleet;
  readonly journal: JournalHost;
  readonly source: Source;
  readonly file: string;
}

export interface CapturesParts {
  readonly directory: string;
  readonly jobWorker: string;
  readonly journalWorker: string;
  readonly store: SettingsStore;
  /** The live journal's file. */
  readonly liveJournal: string;
  readonly flushLive: () => Promise<void>;
  readonly askOpen: (windowId: number) => Promise<string | null>;
  readonly askSave: (windowId: number, wish: ExportWish) => Promise<string | null>;
  /** Where the dissector stands among the app's own files. */
  readonly dissector: string;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly onChange: (part: 'jobs' | 'captures') => void;
}

export function makeCaptures(
  parts: CapturesParts,
): CapturesService & { readonly close: () => Promise<void> } {
  const { directory, store, onChange } = parts;
  // What a killed run left behind belongs to nobody.
  rmSync(directory, { recursive: true, force: true });
  const jobs = new Map<number, Job>();
  const workers = new Map<number, Worker>();
  const opened = new Map<number, Opened>();
  let lastId = 0;

  const set = (job: Job): Job => {
    jobs.set(job.id, job);
    const ended = [...jobs.values()].filter(({ state }) => state !== 'running');
    for (const { id } of ended.slice(0, Math.max(0, ended.length - jobsKept))) jobs.delete(id);
    onChange('jobs');
    return job;
  };

  const end = (id: number, change: Partial<Job>): void => {
    const job = jobs.get(id);
    workers.delete(id);
    if (job !== undefined) set({ ...job, endedAt: Date.now(), ...change });
  };

  const run = (what: Job['what'], file: string, request: (id: number) => JobRequest): Job => {
    lastId += 1;
    const id = lastId;
    const worker = new Worker(parts.jobWorker, { workerData: request(id) });
    workers.set(id, worker);
    worker.on('message', (message: JobMessage) => void onMessage(id, file, message));
    worker.once('error', (error) =>
      end(id, { state: 'failed', problem: { code: 'internal', detail: error.message } }),
    );
    return set({
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
  };

  const onMessage = async (id: number, file: string, message: JobMessage): Promise<void> => {
    const job = jobs.get(id);
    if (job === undefined) return;
    switch (message.kind) {
      case 'progress':
        set({ ...job, done: message.done, total: message.total, frames: message.frames });
        break;
      case 'exported':
        end(id, { state: 'done', frames: message.frames, done: job.total ?? job.done });
        break;
      case 'cancelled':
        removeJournal(id);
        end(id, { state: 'cancelled' });
        break;
      case 'failed':
        removeJournal(id);
        end(id, { state: 'failed', problem: { code: message.code, detail: message.detail } });
        break;
      case 'imported': {
        const capture: Capture = { id, fileName: basename(file), ...message.imported };
        await openImported(capture);
        end(id, { state: 'done', frames: message.frames, done: job.total ?? job.done, capture: id });
      }
    }
  };

  const journalFile = (id: number): string => join(directory, `${id}.sqlite`);
  const removeJournal = (id: number): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(journalFile(id) + suffix, { force: true });
  };

  const openImported = async (capture: Capture): Promise<void> => {
    const journal = new JournalHost(parts.journalWorker);
    await journal.open(journalFile(capture.id));
    const fleet = new Fleet();
    for (const { state } of await journal.query('machines', null)) {
      if (state !== null) fleet.restore(JSON.parse(state) as MachineState);
    }
    const source = makeSource({
      machine: (vmcNo) => fleet.machine(vmcNo),
      journal,
      recent: null,
      store,
      sayings: { nameOf: (vmcNo) => store.config(vmcNo).name, markOf: () => null },
    });
    opened.set(capture.id, { capture, fleet, journal, source, file: journalFile(capture.id) });
    onChange('captures');
  };

  const unknown = (id: number): AppError => ({ code: 'unknownCapture', params: { id } });
  return {
    get jobs() {
      return [...jobs.values()];
    },
    get captures() {
      return [...opened.values()].map(({ capture }) => capture);
    },
    source: (id) => opened.get(id)?.source ?? null,
    snapshot: (id) => {
      const one = opened.get(id);
      if (one === undefined) return unknown(id);
      const rows = [...one.fleet.machines.values()].map((machine) =>
        machineRow(machine, store.config(machine.vmcNo), false),
      );
      return { capture: one.capture, machines: rows };
    },
    open: async (windowId) => {
      const file = await parts.askOpen(windowId);
      if (file === null) return null;
      mkdirSync(directory, { recursive: true });
      return run('import', file, (id) => ({ what: 'import', file, journal: journalFile(id) }));
    },
    export: async (windowId, wish) => {
      const journal = wish.capture === null ? parts.liveJournal : opened.get(wish.capture)?.file;
      if (journal === undefined) return unknown(wish.capture ?? 0);
      const file = await parts.askSave(windowId, wish);
      if (file === null) return null;
      if (wish.capture === null) await parts.flushLive();
      const names = Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name]));
      const { filter, ids, format } = wish;
      return run('export', file, () => ({
        what: 'export',
        journal,
        file,
        format,
        filter,
        ids,
        now: Date.now(),
        names,
        words: {},
      }));
    },
    saveDissector: async (windowId) => {
      const file = await parts.askPlace(windowId, basename(parts.dissector));
      if (file === null) return null;
      try {
        await writeFile(file, await readFile(parts.dissector));
      } catch (error) {
        return {
          code: 'unwritable',
          params: { detail: error instanceof Error ? error.message : String(error) },
        };
      }
      return basename(file);
    },
    close: async (id?: number) => {
      const closing = id === undefined ? [...opened.keys()] : [id];
      if (id === undefined) {
        // Each ends by itself once it has heard of it: a thread must not be ended while it is inside SQLite.
        await Promise.all(
          [...workers.values()].map(
            (worker) =>
              new Promise((resolve) => {
                worker.once('exit', resolve);
                stop(worker);
              }),
          ),
        );
      }
      for (const one of closing) {
        const capture = opened.get(one);
        if (capture === undefined) continue;
        opened.delete(one);
        await capture.journal.close();
        removeJournal(one);
      }
      onChange('captures');
    },
    has: (id) => opened.has(id),
    cancel: (id) => {
      const worker = workers.get(id);
      if (worker === undefined) return { code: 'unknownJob', params: { id } };
      stop(worker);
      return null;
    },
  };
}
