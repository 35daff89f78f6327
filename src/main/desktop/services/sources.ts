/** Live data and opened captures, and the answers of their journals. */
import { requests, type Args, type ReplyValue } from '#shared/contract/requests/index';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import { Refusal } from '../ipc/requests';
import { JournalError, type JournalName } from '../../journal/api';
import type { SettingsStore } from '../../lib/settings/store';
import type { Feed } from '../ipc/feed';
import type { Base } from './base';
import type { CapturesService } from './captures';
import type { ServerService } from './server';
import type { Service } from './service';
import { factsOf, type Source } from './source';

export interface SourcesService extends Service {
  /** `null`: live data. @throws Refusal if the capture is closed */
  readonly of: (capture: number | null) => Source;
  /** Asks the journal of the source. @throws Refusal */
  readonly ask: <N extends JournalName>(
    name: N,
    args: Args<N>,
    capture: number | null,
  ) => Promise<ReplyValue<N>>;
}

interface SourcesParts {
  readonly store: SettingsStore;
  readonly feed: Feed;
  readonly captures: Pick<CapturesService, 'source'>;
  readonly server: Pick<ServerService, 'call' | 'journal'>;
}

export const sources = (
  { store, feed }: Base,
  { captures, server }: { readonly captures: CapturesService; readonly server: ServerService },
): SourcesService => sourcesService({ store, feed, captures, server });

/** @throws Refusal if the filter has an error */
export function readable(filter: FrameFilter): void {
  const test = frameTest(filter, Date.now());
  if (!test.ok) throw new Refusal('badFilter', { at: test.error.at });
}

export function sourcesService({ store, feed, captures, server }: SourcesParts): SourcesService {
  const live: Source = {
    machine: (vmcNo) => server.call('machine', { vmcNo }),
    journal: server.journal,
    changeMark: (change) => server.call('changeMark', change),
    facts: factsOf({ store, platforms: () => feed.rows('machines'), rehearses: true, now: Date.now }),
  };
  /** The newest entries, in memory of the machines thread: without a journal, or if the disk refuses them. */
  const inMemory = {
    frames: async ({ filter, place, limit }: Args<'frames'>) => {
      readable(filter);
      return server.call('recentPage', { filter, place, limit });
    },
    countFrames: async ({ filter, after, bins }: Args<'countFrames'>) => {
      readable(filter);
      // Memory holds too few entries for a span of time.
      if (bins !== null) throw new Refusal('noJournal');
      return server.call('recentCount', { filter, after });
    },
    frame: async ({ id }: Args<'frame'>) => {
      const frame = await server.call('recentFrame', { id });
      if (frame === null) throw new Refusal('unknownFrame', { id });
      return frame;
    },
  };
  const memoryOf = (name: JournalName): ((args: unknown) => Promise<unknown>) | null =>
    name in inMemory
      ? (inMemory[name as keyof typeof inMemory] as (args: unknown) => Promise<unknown>)
      : null;
  const of = (capture: number | null): Source => {
    const source = capture === null ? live : captures.source(capture);
    if (source === null) throw new Refusal('unknownCapture', { id: capture ?? 0 });
    return source;
  };
  const answer = async (
    name: JournalName,
    args: object | undefined,
    capture: number | null,
  ): Promise<unknown> => {
    const { journal, facts } = of(capture);
    const memory = capture === null ? memoryOf(name) : null;
    const reader = journal();
    if (reader === null) {
      if (memory === null) throw new Refusal('noJournal');
      return memory(args);
    }
    const row = requests[name];
    const given = 'facts' in row ? Object.fromEntries(row.facts.map((fact) => [fact, facts[fact]])) : null;
    try {
      // The guard checked the arguments against the row.
      return await reader.query(name, (given === null ? args : { ...args, ...given }) as never);
    } catch (error) {
      const refusal = error instanceof JournalError ? error.refusal : null;
      if (refusal === null) throw error;
      // The machines thread is busy, so the journal comes first.
      if (refusal.code === 'unknownFrame' && memory !== null) return memory(args);
      throw new Refusal(refusal.code, refusal.params);
    }
  };
  return {
    live: {},
    requests: {},
    of,
    ask: async <N extends JournalName>(name: N, args: Args<N>, capture: number | null) =>
      (await answer(name, args, capture)) as ReplyValue<N>,
  };
}
