/** Captures and exports in the running app: jobs in separate processes, and opened captures, each with its own journal. */
import { rmSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { AppError } from '#shared/contract/errors';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { CaptureSnapshot, ExportFormat, Job } from '#shared/model/capture';
import type { Mark, MarkChange } from '#shared/model/journal';
import { granted, Refusal } from '../ipc/requests';
import { JobHost, type JobMessage } from '../../tools/captures/api';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { csvText } from '../../core/captures/out/exportCsv';
import { CaptureJournals } from './captureJournals';
import { OpenedCapture } from './openedCapture';
import type { SettingsStore } from '../../lib/settings/store';
import type { StartProcess } from '../../lib/threads/process';
import type { Died } from './crashes';
import type { Changed, Service } from './service';
import type { Source } from './source';

export interface CapturesParts {
  readonly directory: string;
  /** The built tools/captures/thread.ts. */
  readonly jobScript: string;
  readonly startProcess: StartProcess;
  readonly journalWorker: string;
  readonly store: SettingsStore;
  /** The live journal's file. */
  readonly liveJournal: string;
  /** The live journal is open. A journal that is not open must not be read: a journal of another version would be misread. */
  readonly hasLive: () => boolean;
  readonly flushLive: () => Promise<void>;
  readonly askOpen: (windowId: number) => Promise<string | null>;
  readonly askSave: (windowId: number, format: ExportFormat) => Promise<string | null>;
  /** The dissector's path among the app's own files. */
  readonly dissector: string;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly changed: Changed;
  readonly died: Died;
}

/** An export that a person asked for. */
interface ExportWish {
  readonly capture: number | null;
  readonly filter: FrameFilter;
  readonly format: ExportFormat;
  readonly ids: readonly number[] | null;
  /** Texts for findings and similar codes, in the language of the file's reader. */
  readonly words: Readonly<Record<string, string>>;
}

type CapturesVerb =
  | 'exportFrames'
  | 'saveDissector'
  | 'saveTable'
  | 'openCapture'
  | 'closeCapture'
  | 'captureSnapshot'
  | 'cancelJob';

export interface CapturesService extends Service<CapturesVerb, 'jobs' | 'captures'> {
  readonly source: (id: number) => Source | null;
  /** The capture's journal, which stays until `end`; `null`: the capture was closed. */
  readonly journal: (
    id: number,
    end: Promise<void>,
  ) => { readonly file: string; readonly fileName: string; readonly now: number } | null;
  /** Imports a file that a person opened outside the window. */
  readonly open: (file: string) => Job;
  /** Stores the mark in the capture's own journal. Without an export, it is deleted with the journal. */
  readonly setMark: (id: number, change: MarkChange) => Promise<Mark | AppError>;
}

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
  const captures = new Map<number, OpenedCapture>();
  /** Files that are being written. */
  const targets = new Set<string>();
  let isClosing = false;

  const openedOnes = (): readonly OpenedCapture[] => [...captures.values()].filter(({ isOpen }) => isOpen);
  const opened = (id: number): OpenedCapture | null => {
    const one = captures.get(id);
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
        captures.set(id, new OpenedCapture({ id, fileName: basename(file) }, journal, own));
        return { what: 'import', file, journal, journalWorker: parts.journalWorker };
      },
      onRead,
    );
    return job;
  };

  /** A capture can be viewed while it is being read. */
  const onRead = async (id: number, message: JobMessage): Promise<Partial<Job>> => {
    const one = captures.get(id);
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
        break;
    }
    if (one.isOpen) changed('captures');
    else if (message.kind === 'cancelled' || message.kind === 'failed') await forget(id);
    return { ...ending(message), ...(one.isOpen && { capture: id }) };
  };

  const forget = async (id: number): Promise<void> => {
    const one = captures.get(id);
    captures.delete(id);
    await one?.close();
  };

  const startExport = (file: string, journal: string, wish: ExportWish): Job => {
    const { filter, ids, format, words } = wish;
    const now = (wish.capture === null ? null : captures.get(wish.capture)?.now) ?? Date.now();
    const { ownErrors } = store.settings;
    const names = Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name]));
    const job = jobs.start(
      'export',
      file,
      () => ({ what: 'export', journal, file, format, filter, ids, now, names, ownErrors, words }),
      (_id, message) => Promise.resolve(ending(message)),
    );
    const end = jobs.ended(job.id).finally(() => targets.delete(resolve(file)));
    if (wish.capture !== null) captures.get(wish.capture)?.isReadUntil(end);
    return job;
  };

  const exportFrames = async (windowId: number, wish: ExportWish): Promise<Job | null> => {
    const isMissing = (): boolean => wish.capture === null && !parts.hasLive();
    if (isMissing()) throw new Refusal('noJournal');
    const file = await parts.askSave(windowId, wish.format);
    if (file === null || isClosing) return null;
    // Checked again: the tab may have been closed meanwhile.
    if (isMissing()) throw new Refusal('noJournal');
    const journal = wish.capture === null ? parts.liveJournal : opened(wish.capture)?.file;
    if (journal === undefined) return granted(unknown(wish.capture ?? 0));
    if (targets.has(resolve(file))) throw new Refusal('fileBusy', { file: basename(file) });
    // Reserved before the first await: another export may start meanwhile.
    targets.add(resolve(file));
    try {
      if (wish.capture === null) await parts.flushLive();
      return startExport(file, journal, wish);
    } catch (error) {
      targets.delete(resolve(file));
      throw error;
    }
  };
  const closeOne = async (id: number): Promise<void> => {
    const one = opened(id);
    if (one === null) throw new Refusal('unknownCapture', { id });
    captures.delete(id);
    changed('captures');
    jobs.cancel(id);
    await jobs.ended(id);
    await one.close();
  };

  return {
    source: (id) => opened(id)?.source ?? null,
    journal: (id, end) => {
      const one = opened(id);
      if (one === null) return null;
      one.isReadUntil(end);
      return { file: one.file, fileName: one.capture.fileName, now: one.now };
    },
    open: startImport,
    setMark: async (id, change) => opened(id)?.setMark(change) ?? unknown(id),
    stop: async () => {
      isClosing = true;
      await jobs.close();
      await Promise.all([...captures.keys()].map(forget));
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
      exportFrames: async ({ filter, format, ids, words }, { windowId, capture }) => {
        const test = frameTest(filter, Date.now());
        if (!test.ok) throw new Refusal('badFilter', { at: test.error.at });
        return exportFrames(windowId, { capture, filter, format, ids: ids ?? null, words });
      },
      saveDissector: async (_args, { windowId }) => {
        const file = await parts.askPlace(windowId, basename(parts.dissector));
        if (file === null) return null;
        try {
          const bytes = await readFile(parts.dissector);
          await writeWholeFile(file, (write) => write(bytes), new AbortController().signal);
        } catch (error) {
          const detail = error instanceof Error ? error.message : String(error);
          throw new Refusal('unwritable', { detail });
        }
        return basename(file);
      },
      saveTable: async ({ name, rows }, { windowId }) => {
        const file = await parts.askPlace(windowId, name);
        if (file === null) return null;
        try {
          const bytes = Buffer.from(csvText(rows));
          await writeWholeFile(file, (write) => write(bytes), new AbortController().signal);
        } catch (error) {
          throw new Refusal('unwritable', { detail: error instanceof Error ? error.message : String(error) });
        }
        return basename(file);
      },
      cancelJob: ({ id }) => {
        if (!jobs.cancel(id)) throw new Refusal('unknownJob', { id });
        return null;
      },
    },
  };
}

/** The change of the job after its message. */
function ending(message: JobMessage): Partial<Job> {
  switch (message.kind) {
    case 'exported':
    case 'imported':
      return { frames: message.frames };
    case 'failed':
      return { problem: { code: message.code, detail: message.detail } };
    case 'cancelled':
    case 'grown':
      return {};
  }
}
