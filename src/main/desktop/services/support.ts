/** The support file: collected piece by piece in a thread, previewed, and written to a place of the user's choice. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { damageIn, noDamage, type JobProblem } from '#shared/model/capture';
import {
  supportKinds,
  supportLimit,
  type OptionalSupport,
  type SupportFrames,
  type SupportKind,
  type SupportPart,
  type SupportState,
  supportWords,
} from '#shared/model/support';
import type { Words } from '#shared/words';
import type { DoctorResult } from '#shared/doctor';
import type { Computer } from '../../tools/doctor/api';
import { fileMinute } from '../../lib/files/fileStamp';
import { Refusal } from '../ipc/requests';
import type { Collected, CollectRequest, Staged, SupportCalls, SupportEvents } from '../../tools/support/api';
import { Callable } from '../../lib/threads/callable';
import type { Base } from './base';
import type { CrashesService, Died } from './crashes';
import { thisComputer } from './doctor';
import type { ServerService } from './server';
import type { Changed, Service } from './service';
import { supportFacts } from './supportFacts';

const hour = 3_600_000;
const doing = { collect: 'collect', frames: 'frames', save: 'save' } as const;
type Step = keyof typeof doing;

export interface SupportParts {
  /** The built support/thread.ts. */
  readonly worker: string | URL;
  /** A folder for files of this launch. */
  readonly directory: string;
  readonly version: string;
  readonly now: () => number;
  readonly limit?: number;
  readonly language: () => keyof Words;
  readonly logs: string | null;
  readonly crashes: string;
  readonly dumps: string | null;
  /** The live journal's file with all records so far; `null`: there is no readable journal. */
  readonly journal: () => Promise<string | null>;
  /** The file that is never overwritten. */
  readonly journalFile: string;
  readonly codes: () => readonly string[];
  readonly computer: () => { readonly computer: Computer; readonly known: readonly DoctorResult[] };
  readonly facts: () => CollectRequest['facts'];
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly changed: Changed;
  readonly died: Died;
}

type Verbs = 'supportCollect' | 'supportFrames' | 'supportSave' | 'supportCancel' | 'supportEnd';

/** The staged content, in its own folder. */
interface Bundle extends Collected {
  /** One key, so that frames and logs have the same stand-ins. Nobody keeps it. */
  readonly key: Uint8Array;
  readonly stage: string;
  readonly frames: { readonly stage: string; readonly file: Staged; readonly facts: SupportFrames } | null;
}

const nothing: SupportState = { doing: null, parts: [], frames: null, saved: null, problem: null };

export const support = (
  base: Base,
  { crashes, server }: { readonly crashes: CrashesService; readonly server: ServerService },
): Service<Verbs, 'support'> => {
  const { file, isReadable, flush } = server.liveJournal;
  return supportService({
    ...base,
    worker: base.thread('supportWorker'),
    directory: join(base.sessionDirectory, 'support'),
    version: base.facts.appVersion,
    language: base.words,
    logs: base.log.folder,
    crashes: base.dataPath('crashes'),
    journal: async () => {
      if (!isReadable()) return null;
      // A dead server must not prevent a support file about it.
      await flush().catch(() => undefined);
      return file;
    },
    journalFile: file,
    codes: () => [...base.store.codes().values()],
    computer: () => thisComputer(base),
    facts: () => supportFacts(base),
    askPlace: base.ask.place,
    died: crashes.died,
  });
};

export function supportService(parts: SupportParts): Service<Verbs, 'support'> {
  const { directory, changed, now } = parts;
  const limit = parts.limit ?? supportLimit;
  rmSync(directory, { recursive: true, force: true });
  let state: SupportState | null = null;
  let bundle: Bundle | null = null;
  let running: Callable<SupportCalls, SupportEvents> | null = null;
  const threads = new Map<Callable<SupportCalls, SupportEvents>, Promise<void>>();
  let folders = 0;

  const set = (change: Partial<SupportState> | null): void => {
    state = change === null ? null : { ...(state ?? nothing), ...change };
    changed('support');
  };
  const folder = (): string => {
    const path = join(directory, String((folders += 1)));
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const forget = (path: string | undefined): void => {
    if (path !== undefined) rmSync(path, { recursive: true, force: true });
  };
  /** Runs after its request is answered; one task at a time. */
  const begin = <R>(
    what: Step,
    ask: (thread: Callable<SupportCalls, SupportEvents>) => Promise<R>,
    done: (result: R) => void,
    given: () => void = () => undefined,
  ): void => {
    const thread = new Callable<SupportCalls, SupportEvents>(new Worker(parts.worker, { name: 'support' }), {
      onGone: ({ message }) => parts.died('jobs', message, false),
      on: {
        progress: (progress) => {
          if (running === thread) set({ doing: { what: doing[what], ...progress } });
        },
      },
    });
    running = thread;
    set({ doing: { what: doing[what], done: 0, total: 0 }, saved: null, problem: null });
    const run = async (): Promise<void> => {
      try {
        const result = await ask(thread);
        if (running === thread) {
          running = null;
          done(result);
          set({ doing: null });
        } else given();
      } catch (error) {
        given();
        if (running !== thread) return;
        running = null;
        set({ doing: null, problem: problemOf(what, error) });
      } finally {
        await thread.end();
      }
    };
    threads.set(
      thread,
      run().finally(() => threads.delete(thread)),
    );
  };
  const free = (): void => {
    if (running !== null) throw new Refusal('supportBusy');
  };
  const ready = (): Bundle => {
    free();
    if (bundle === null) throw new Refusal('supportGone');
    return bundle;
  };
  const keep = (next: Bundle): void => {
    bundle = next;
    set({ parts: partsOf(next), frames: next.frames?.facts ?? null });
  };
  const cancel = (): void => {
    void running?.end();
    running = null;
  };
  const end = (): void => {
    cancel();
    forget(bundle?.stage);
    forget(bundle?.frames?.stage);
    bundle = null;
    set(null);
  };

  return {
    stop: async () => {
      end();
      await Promise.all([...threads].flatMap(([thread, ended]) => [thread.leave(), ended]));
      rmSync(directory, { recursive: true, force: true });
    },
    live: { support: () => state },
    requests: {
      supportCollect: () => {
        // Another window may already show the support file.
        if (running !== null || (bundle !== null && state?.problem === null)) return null;
        end();
        const stage = folder();
        const key = randomBytes(32);
        const request = async (): Promise<CollectRequest> => ({
          stage,
          limit,
          journal: await parts.journal(),
          key,
          codes: parts.codes(),
          logs: parts.logs,
          crashes: parts.crashes,
          dumps: parts.dumps,
          language: parts.language(),
          facts: parts.facts(),
          ...parts.computer(),
        });
        begin(
          'collect',
          async (thread) => thread.call('collect', await request()),
          (collected) => keep({ ...collected, key, stage, frames: null }),
          () => forget(stage),
        );
        return null;
      },
      supportFrames: ({ hours, machines }) => {
        const before = ready();
        forget(before.frames?.stage);
        const without = { ...before, frames: null };
        keep(without);
        if (hours === 0) return null;
        const stage = folder();
        const taken = before.files.reduce((all, { packed }) => all + packed, 0);
        begin(
          'frames',
          async (thread) =>
            thread.call('frames', {
              stage,
              limit,
              taken,
              journal: await parts.journal(),
              key: before.key,
              codes: parts.codes(),
              language: parts.language(),
              since: now() - hours * hour,
              now: now(),
              machines,
            }),
          ({ file, facts }) =>
            keep({ ...without, frames: { stage, file, facts: { ...facts, hours, machines } } }),
          () => forget(stage),
        );
        return null;
      },
      supportSave: async ({ without }, { windowId }) => {
        const asked = ready();
        const target = await parts.askPlace(windowId, fileName(now()));
        if (target === null) return null;
        // Checked again: it may have been cancelled meanwhile.
        if (ready() !== asked) throw new Refusal('supportGone');
        const files = filesOf(asked).filter(({ kind }) => !without.some((one) => one === kind));
        const manifest = manifestOf(asked, files, { ...parts, limit, without });
        begin(
          'save',
          (thread) => thread.call('save', { limit, target, files, manifest, journal: parts.journalFile }),
          (written) => set({ saved: { file: target, bytes: written } }),
        );
        return basename(target);
      },
      supportCancel: () => {
        cancel();
        set({ doing: null });
        return null;
      },
      supportEnd: () => {
        end();
        return null;
      },
    },
  };
}

/** `crema-support 2026-11-26 09-14.zip` */
const fileName = (now: number): string => `crema-support ${fileMinute(now)}.zip`;

const filesOf = ({ files, frames }: Bundle): readonly Staged[] =>
  frames === null ? files : [...files, frames.file];

function partsOf(bundle: Bundle): readonly SupportPart[] {
  const all = filesOf(bundle);
  const left = (kind: SupportKind): number =>
    kind === 'frames'
      ? (bundle.frames?.facts.leftOut ?? 0)
      : bundle.leftOut.filter((one) => one.kind === kind).length;
  return supportKinds.flatMap((kind) => {
    const files = all.filter((one) => one.kind === kind);
    const leftOut = left(kind);
    if (files.length === 0 && leftOut === 0) return [];
    const sum = (of: (file: Staged) => number): number => files.reduce((total, file) => total + of(file), 0);
    return {
      kind,
      files: files.length,
      bytes: sum(({ bytes }) => bytes),
      packed: sum(({ packed }) => packed),
      leftOut,
    };
  });
}

interface ManifestParts extends Pick<SupportParts, 'version' | 'now' | 'language'> {
  readonly limit: number;
  readonly without: readonly OptionalSupport[];
}

function manifestOf(
  bundle: Bundle,
  files: readonly Staged[],
  { version, now, language, limit, without }: ManifestParts,
): object {
  const words = language();
  const frames = without.includes('frames') ? null : (bundle.frames?.facts ?? null);
  const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    about: supportWords.about[words],
    private: supportWords.private[words],
    crema: version,
    made: time(now()),
    limit,
    files: files.map(({ name, bytes }) => ({ name, bytes })),
    leftOutByChoice: without,
    foundNoRoom: bundle.leftOut.map(({ name }) => name),
    frames: frames && {
      hours: frames.hours,
      machines: frames.machines ?? 'all',
      entries: frames.entries,
      from: time(frames.from),
      to: time(frames.to),
      olderThatFoundNoRoom: frames.leftOut,
      withheld: frames.withheld,
      ...damageIn(frames.damage ?? noDamage),
    },
  };
}

function problemOf(what: Step, error: unknown): { readonly code: JobProblem; readonly detail: string } {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'noSpace', detail };
  if (/^E[A-Z]+$/.test(code)) return { code: what === 'save' ? 'unwritable' : 'noPlace', detail };
  return { code: 'internal', detail };
}
