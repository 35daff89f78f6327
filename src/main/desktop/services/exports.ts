/** Files that a person asks for: frames of the live journal or of an opened capture, tables, and the dissector. */
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { ExportFormat, Job } from '#shared/model/capture';
import { csvText } from '../../core/captures/out/exportCsv';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import type { SettingsStore } from '../../lib/settings/store';
import { recorded, Refusal } from '../ipc/requests';
import type { Base } from './base';
import { changeAfter, lease, type CapturesService } from './captures';
import type { LiveJournal, ServerService } from './server';
import type { Service } from './service';
import type { SourcesService } from './sources';

interface ExportsParts {
  readonly captures: Pick<CapturesService, 'jobs' | 'journal'>;
  readonly live: LiveJournal;
  readonly store: SettingsStore;
  readonly sources: Pick<SourcesService, 'of'>;
  /** The current language of the windows. */
  readonly language: () => string;
  /** The dissector's path among the app's own files. */
  readonly dissector: string;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askSave: (windowId: number, format: ExportFormat) => Promise<string | null>;
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

type ExportsService = Service<'exportFrames' | 'saveDissector' | 'saveTable' | 'saveOrderTotals'>;

export const fileExports = (
  base: Base,
  {
    captures,
    server,
    sources,
  }: {
    readonly captures: CapturesService;
    readonly server: ServerService;
    readonly sources: SourcesService;
  },
): ExportsService =>
  exportsService({
    ...base,
    captures,
    sources,
    live: server.liveJournal,
    askPlace: base.ask.place,
    askSave: base.ask.export,
  });

function exportsService({
  captures,
  live,
  store,
  sources,
  language,
  dissector,
  askPlace,
  askSave,
}: ExportsParts): ExportsService {
  /** Files that are being written. */
  const targets = new Set<string>();
  let isClosing = false;

  const start = (file: string, { capture, filter, format, ids, words }: ExportWish): Job => {
    const reading = lease();
    try {
      const opened = capture === null ? null : captures.journal(capture, reading.over);
      if (capture !== null && opened === null) throw new Refusal('unknownCapture', { id: capture });
      const journal = opened?.file ?? live.file;
      const now = opened?.now ?? Date.now();
      const { ownErrors } = store.settings;
      const names = Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name]));
      const job = captures.jobs.start(
        'export',
        file,
        () => ({ what: 'export', journal, file, format, filter, ids, now, names, ownErrors, words }),
        (_id, message) => Promise.resolve(changeAfter(message)),
      );
      void captures.jobs.ended(job.id).finally(() => {
        targets.delete(resolve(file));
        reading.end();
      });
      return job;
    } catch (error) {
      reading.end();
      throw error;
    }
  };

  const exportFrames = async (windowId: number, wish: ExportWish): Promise<Job | null> => {
    const isMissing = (): boolean => wish.capture === null && !live.isReadable();
    if (isMissing()) throw new Refusal('noJournal');
    const file = await askSave(windowId, wish.format);
    if (file === null || isClosing) return null;
    // Checked again: the journal may have closed meanwhile.
    if (isMissing()) throw new Refusal('noJournal');
    if (targets.has(resolve(file))) throw new Refusal('fileBusy', { file: basename(file) });
    // Reserved before the first await: another export may start meanwhile.
    targets.add(resolve(file));
    try {
      if (wish.capture === null) await live.flush();
      return start(file, wish);
    } catch (error) {
      targets.delete(resolve(file));
      throw error;
    }
  };

  const save = async (
    windowId: number,
    name: string,
    bytes: () => Promise<Buffer>,
  ): Promise<string | null> => {
    const file = await askPlace(windowId, name);
    if (file === null) return null;
    try {
      const content = await bytes();
      await writeWholeFile(file, (write) => write(content), new AbortController().signal);
    } catch (error) {
      throw new Refusal('unwritable', { detail: error instanceof Error ? error.message : String(error) });
    }
    return basename(file);
  };

  return {
    live: {},
    stop: () => {
      isClosing = true;
      return Promise.resolve();
    },
    requests: {
      exportFrames: async ({ filter, format, ids, words }, { windowId, capture }) => {
        const test = frameTest(filter, Date.now());
        if (!test.ok) throw new Refusal('badFilter', { at: test.error.at });
        return exportFrames(windowId, { capture, filter, format, ids: ids ?? null, words });
      },
      saveDissector: (_args, { windowId }) => save(windowId, basename(dissector), () => readFile(dissector)),
      saveTable: ({ name, rows }, { windowId }) =>
        save(windowId, name, () => Promise.resolve(Buffer.from(csvText(rows)))),
      saveOrderTotals: (query, { windowId, capture }) => {
        const { journal, facts } = sources.of(capture);
        const reader = recorded(journal());
        const { now, rehearses, currencies, currency } = facts;
        const name = `crema-orders-${new Date(now).toLocaleDateString('sv')}.csv`;
        return save(windowId, name, async () => {
          const given = { ...query, now, rehearses, currencies, currency, language: language() };
          return Buffer.from(await reader.query('orderTable', given));
        });
      },
    },
  };
}
