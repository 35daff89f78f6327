/** Jobs in separate processes, and opened captures, each with its own journal. */
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AppError } from '#shared/contract/errors';
import { damageIn, noDamage, type CaptureSnapshot, type Job } from '#shared/model/capture';
import { deathsReported } from '../electron/deaths';
import { granted, Refusal } from '../ipc/requests';
import { JobHost, type JobMessage } from '../../tools/captures/api';
import { CaptureJournals } from './captureJournals';
import { OpenedCapture } from './openedCapture';
import type { SettingsStore } from '../../lib/settings/store';
import type { StartProcess } from '../../lib/threads/process';
import type { Base } from './base';
import type { CrashesService, Died } from './crashes';
import type { Changed, Service } from './service';
import { SiteCaptures } from './siteCaptures';
import type { Source } from './source';

export interface CapturesParts {
  readonly directory: string;
  /** The built tools/captures/thread.ts. */
  readonly jobScript: string;
  readonly startProcess: StartProcess;
  readonly journalWorker: string;
  readonly store: SettingsStore;
  readonly askOpen: (windowId: number) => Promise<string | null>;
  readonly changed: Changed;
  readonly died: Died;
}

type CapturesVerb = 'openCapture' | 'closeCapture' | 'captureSnapshot' | 'cancelJob';

export interface CapturesService extends Service<CapturesVerb, 'jobs' | 'captures'> {
  readonly jobs: Pick<JobHost, 'start' | 'follow' | 'ended'>;
  readonly source: (id: number) => Source | null;
  /** The capture's journal, which stays until `end`; `null`: the capture was closed. */
  readonly journal: (
    id: number,
    end: Promise<void>,
  ) => { readonly file: string; readonly fileName: string; readonly now: number } | null;
  /** The journals of other sites, shown like captures that grow. */
  readonly sites: Pick<SiteCaptures, 'grown' | 'kept' | 'ownedBy' | 'replacing' | 'replaced'>;
  /** Imports a file that a person opened outside the window. */
  readonly open: (file: string) => Job;
}

export const captures = (base: Base, { crashes }: { readonly crashes: CrashesService }): CapturesService =>
  capturesService({
    ...base,
    directory: join(base.sessionDirectory, 'captures'),
    jobScript: base.thread('jobWorker'),
    journalWorker: base.thread('journalWorker'),
    askOpen: base.ask.capture,
    // A log-out ends job processes before this one has its signal.
    died: deathsReported(crashes.died, () => base.ending.aborted),
  });

export function capturesService(parts: CapturesParts): CapturesService {
  const { directory, store, changed } = parts;
  // Files of a killed run do not belong to anybody.
  rmSync(directory, { recursive: true, force: true });
  const jobs = new JobHost({
    script: parts.jobScript,
    startProcess: parts.startProcess,
    onChange: () => changed('jobs'),
    onDeath: (reason) => parts.died('jobs', reason, false),
  });
  const journals = new CaptureJournals(parts);
  /** Includes captures without any data yet. */
  const all = new Map<number, OpenedCapture>();
  let isClosing = false;

  const openedOnes = (): readonly OpenedCapture[] => [...all.values()].filter(({ isOpen }) => isOpen);
  const opened = (id: number): OpenedCapture | null => {
    const one = all.get(id);
    return one?.isOpen === true ? one : null;
  };
  const unknown = (id: number): AppError => ({ code: 'unknownCapture', params: { id } });

  const startImport = (file: string): Job => {
    const job = jobs.start(
      'import',
      file,
      (id) => {
        const journal = join(directory, `${id}.sqlite`);
        const own = { store, journal: journals.of(journal) };
        all.set(id, new OpenedCapture({ id, fileName: basename(file), site: null }, journal, own));
        return { what: 'import', file, journal, journalWorker: parts.journalWorker };
      },
      onRead,
    );
    return job;
  };

  /** A capture can be viewed while it is being read. */
  const onRead = async (id: number, message: JobMessage): Promise<Partial<Job>> => {
    const one = all.get(id);
    // The tab was closed meanwhile.
    if (one === undefined) return {};
    switch (message.kind) {
      case 'grown':
        await one.grow(message.growth);
        break;
      case 'imported':
        await one.end({ state: 'done' }, message.imported);
        break;
      case 'cancelled':
        await one.end({ state: 'cancelled' }, null);
        break;
      case 'failed':
        await one.end({ state: 'failed', problem: { code: message.code, detail: message.detail } }, null);
        break;
      case 'exported':
      case 'masked':
      case 'moved':
        break;
    }
    if (one.isOpen) changed('captures');
    else if (message.kind === 'cancelled' || message.kind === 'failed') await forget(id);
    return { ...changeAfter(message), ...(one.isOpen && { capture: id }) };
  };

  const forget = async (id: number): Promise<void> => {
    const one = all.get(id);
    all.delete(id);
    await one?.close();
  };

  const closeOne = async (id: number): Promise<void> => {
    const one = opened(id);
    // A site is removed in the settings.
    if (one?.capture.site !== null) throw new Refusal('unknownCapture', { id });
    all.delete(id);
    changed('captures');
    jobs.cancel(id);
    await jobs.ended(id);
    await one.close();
  };

  return {
    jobs,
    sites: new SiteCaptures({ all, nextId: () => jobs.nextId(), journals, store, changed }),
    source: (id) => opened(id)?.source ?? null,
    journal: (id, end) => {
      const one = opened(id);
      if (one === null) return null;
      one.isReadUntil(end);
      return { file: one.file, fileName: one.capture.fileName, now: one.now };
    },
    open: startImport,
    stop: async () => {
      isClosing = true;
      await jobs.close();
      await Promise.all([...all.keys()].map(forget));
    },
    live: { jobs: () => jobs.jobs, captures: () => openedOnes().map(({ capture }) => capture) },
    requests: {
      openCapture: async (_args, { windowId }) => {
        const file = await parts.askOpen(windowId);
        return file === null || isClosing ? null : startImport(file);
      },
      closeCapture: async ({ id }) => {
        await closeOne(id);
        return null;
      },
      captureSnapshot: ({ id }): CaptureSnapshot => granted(opened(id)?.snapshot() ?? unknown(id)),
      cancelJob: ({ id }) => {
        if (!jobs.cancel(id)) throw new Refusal('unknownJob', { id });
        return null;
      },
    },
  };
}

/** The change of a job after its message. */
export function changeAfter(message: JobMessage): Partial<Job> {
  switch (message.kind) {
    case 'exported':
      return { frames: message.frames, ...damageIn(message.damage ?? noDamage) };
    case 'imported':
    case 'masked':
      return { frames: message.frames };
    case 'failed':
      return { problem: { code: message.code, detail: message.detail } };
    case 'cancelled':
    case 'grown':
    case 'moved':
      return {};
  }
}

/** Keeps a journal open until `end`. */
export function lease(): { readonly over: Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}
