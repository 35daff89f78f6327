/** Replays of recorded frames: one at a time, in a separate thread. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { frameTest } from '#shared/filter/frames';
import type { Args } from '#shared/contract/requests/index';
import {
  mostReplayConnections,
  noReplayCounts,
  type ReplayPart,
  type ReplayProgress,
  type ReplayState,
} from '#shared/model/replay';
import { Refusal } from '../ipc/requests';
import type { ReplayCalls, ReplayEvents, ReplaySource, ReplayWish } from '../../tools/replay/api';
import type { SettingsStore } from '../../lib/settings/store';
import { Callable } from '../../lib/threads/callable';
import type { Feed } from '../ipc/feed';
import type { Base } from './base';
import { lease, type CapturesService } from './captures';
import type { CrashesService, Died } from './crashes';
import type { LiveJournal, ServerService } from './server';
import type { Changed, Service } from './service';

export interface ReplaysParts {
  /** The built tools/replay/thread.ts. */
  readonly worker: string | URL;
  readonly store: Pick<SettingsStore, 'settings' | 'configs' | 'codes'>;
  readonly server: Pick<ServerService, 'notify'>;
  readonly feed: Pick<Feed, 'rows'>;
  readonly captures: Pick<CapturesService, 'journal'>;
  readonly live: LiveJournal;
  readonly now: () => number;
  readonly changed: Changed;
  readonly died: Died;
}

type Verbs = 'offerReplay' | 'startReplay' | 'controlReplay' | 'replayRows';
type Thread = Callable<ReplayCalls, ReplayEvents>;
type Chosen = Args<'offerReplay'>;

const atBeginning: ReplayProgress = {
  status: 'running',
  sent: 0,
  next: null,
  counts: noReplayCounts,
  rows: 0,
  problem: null,
};

export const replays = (
  base: Base,
  {
    crashes,
    captures,
    server,
  }: {
    readonly crashes: CrashesService;
    readonly captures: CapturesService;
    readonly server: ServerService;
  },
): Service<Verbs, 'replay'> =>
  replaysService({
    ...base,
    worker: base.thread('replayWorker'),
    server,
    captures,
    live: server.liveJournal,
    died: crashes.died,
  });

export function replaysService(parts: ReplaysParts): Service<Verbs, 'replay'> {
  const { store, server, feed, captures, live, now, changed } = parts;
  let state: ReplayState | null = null;
  /** The thread of the replay in `state`, which holds its rows. */
  let thread: Thread | null = null;
  let last = 0;
  let isStarting = false;
  const threads = new Set<Thread>();

  const set = (change: Partial<ReplayState> | null): void => {
    state = change === null || state === null ? null : { ...state, ...change };
    changed('replay');
  };
  const isRunning = (): boolean => state?.status === 'running' || state?.status === 'paused';
  const launch = (): Thread => {
    const one: Thread = new Callable<ReplayCalls, ReplayEvents>(
      new Worker(parts.worker, { name: 'replay' }),
      {
        onGone: ({ message }) => parts.died('jobs', message, false),
        on: {
          progress: (progress) => {
            if (one === thread && isRunning()) set(progress);
          },
        },
      },
    );
    threads.add(one);
    return one;
  };
  /** Not terminated by force: SQLite must finish first. */
  const leave = (one: Thread | null): Promise<void> => {
    if (one === null) return Promise.resolve();
    return one.end().finally(() => threads.delete(one));
  };
  const sourceOf = async (
    { capture, filter, ids }: Chosen,
    end: Promise<void>,
  ): Promise<{ readonly source: ReplaySource; readonly file: string | null }> => {
    const test = frameTest(filter, now());
    if (!test.ok) throw new Refusal('badFilter', { at: test.error.at });
    const opened = capture === undefined ? null : captures.journal(capture, end);
    if (capture !== undefined && opened === null) throw new Refusal('unknownCapture', { id: capture });
    if (opened === null) {
      if (!live.isReadable()) throw new Refusal('noJournal');
      await live.flush();
    }
    const names = Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name]));
    const { ownErrors } = store.settings;
    const question = { filter, ids: ids ?? null, names, ownErrors, now: opened?.now ?? now() };
    return {
      source: { journal: opened?.file ?? live.file, ...question },
      file: opened?.fileName ?? null,
    };
  };

  const start = async ({ to, pace, rules, ...chosen }: Args<'startReplay'>): Promise<void> => {
    const one = launch();
    const reading = lease();
    try {
      const { source, file } = await sourceOf(chosen, reading.over);
      const { extent, frames } = checked((await one.call('survey', source))[to.role], to.vmcNo);
      void leave(thread);
      thread = one;
      last += 1;
      const startedAt = now();
      state = { ...atBeginning, id: last, file, to, pace, frames, startedAt, endedAt: null };
      changed('replay');
      const wish = { source, extent, vmcNo: to.vmcNo, pace, rules, codes: store.codes() };
      void play(one, to, wish).finally(reading.end);
    } catch (error) {
      reading.end();
      void leave(one);
      throw error;
    }
  };

  const play = async (one: Thread, to: ReplayState['to'], wish: Omit<ReplayWish, 'to'>): Promise<void> => {
    const run = (): Promise<ReplayProgress> => {
      if (to.role === 'machine') return one.call('run', { ...wish, to: { server: to.server } });
      const { port1, port2 } = new MessageChannel();
      server.notify('connectReplay', { vmcNo: to.vmcNo, port: port1 }, [port1]);
      return one.call('run', { ...wish, to: { machine: port2 } }, [port2]);
    };
    const over = await run().catch((error: unknown) => ({
      status: 'failed' as const,
      next: null,
      problem: { code: 'internal' as const, detail: error instanceof Error ? error.message : String(error) },
    }));
    if (thread === one) set({ ...over, endedAt: now() });
  };

  const forget = (): Promise<void> => {
    const left = leave(thread);
    thread = null;
    set(null);
    return left;
  };

  return {
    live: { replay: () => state },
    stop: async () => {
      void forget();
      await Promise.all([...threads].map((one) => one.leave()));
    },
    requests: {
      offerReplay: async (chosen) => {
        const one = launch();
        const reading = lease();
        try {
          const { source } = await sourceOf(chosen, reading.over);
          const survey = await one.call('survey', source);
          const online = feed.rows('machines').filter((machine) => machine.online);
          return { ...survey, online: online.map(({ vmcNo, name }) => ({ vmcNo, name })) };
        } finally {
          reading.end();
          void leave(one);
        }
      },
      startReplay: async (args) => {
        if (isRunning() || isStarting) throw new Refusal('replayRuns');
        isStarting = true;
        await start(args).finally(() => (isStarting = false));
        return null;
      },
      controlReplay: async ({ to }) => {
        if (to === 'end') await forget();
        else if (isRunning()) await thread?.call('control', { to });
        return null;
      },
      replayRows: async (query) => (await thread?.call('rows', query)) ?? { rows: [], next: null },
    },
  };
}

/** The frames to send, and the entries before and after them. */
function checked(
  { extent, machines, connections, frames }: ReplayPart,
  vmcNo: number | null,
): { readonly extent: NonNullable<ReplayPart['extent']>; readonly frames: number } {
  if (extent === null) throw new Refusal('replayNothing');
  if (vmcNo !== null && machines.length > 1)
    throw new Refusal('replayManyMachines', { machines: machines.slice(0, 10).join(', ') });
  if (connections > mostReplayConnections)
    throw new Refusal('replayManyConnections', { connections, max: mostReplayConnections });
  return { extent, frames };
}
