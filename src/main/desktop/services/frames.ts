/** Queries about frames, machines and histories, of live data or an opened capture, and the marks of entries. */
import { isAnsweredBy, requestNames, type Args, type RequestsOf } from '#shared/contract/requests/index';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FrameCount } from '#shared/model/frameCount';
import type { Mark } from '#shared/model/journal';
import type { Feed } from '../ipc/feed';
import { granted, recorded, Refusal, type Requests } from '../ipc/requests';
import type { SettingsStore } from '../../lib/settings/store';
import type { Base } from './base';
import type { CapturesService } from './captures';
import { Marks } from './marks';
import type { ServerService } from './server';
import type { Service } from './service';
import { makeSource, type Source } from './source';

/** Rows in the first page of a followed frame list. */
const firstRows = 300;

interface FramesParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly captures: Pick<CapturesService, 'source' | 'setMark'>;
  readonly feed: Feed;
  /** Calls the watcher whenever the journal has become readable. */
  readonly onReadable: (watcher: () => void) => void;
  readonly problem: (detail: string) => void;
}

type FramesVerb =
  | 'watchMachine'
  | 'followFrames'
  | 'frames'
  | 'countFrames'
  | 'frame'
  | 'relations'
  | 'faultSums'
  | 'orderSums'
  | 'setMark'
  | RequestsOf<'journal'>;

export const frames = (
  base: Base,
  { captures, server }: { readonly captures: CapturesService; readonly server: ServerService },
): Service<FramesVerb> =>
  framesService({
    ...base,
    server,
    captures,
    onReadable: (watcher) => base.events.on('journalReadable', watcher),
    problem: base.log.from('main').problem,
  });

export function framesService({
  store,
  server,
  captures,
  feed,
  onReadable,
  problem,
}: FramesParts): Service<FramesVerb> {
  const marks = new Marks((mark) => server.call('setMark', mark));
  const learnMarks = async (): Promise<void> =>
    marks.learnLate((await server.journal()?.query('marks', null)) ?? []);
  const live = makeSource({
    machine: (vmcNo) => server.call('machine', { vmcNo }),
    platforms: () => feed.rows('machines'),
    journal: server.journal,
    memory: server.memory,
    store,
    labels: {
      nameOf: (vmcNo) => store.config(vmcNo).name,
      markOf: (entry) => marks.of(entry),
    },
    rehearses: true,
    now: Date.now,
  });
  const sourceOf = (capture: number | null): Source => {
    const source = capture === null ? live : captures.source(capture);
    if (source === null) throw new Refusal('unknownCapture', { id: capture ?? 0 });
    return source;
  };
  const readable = (filter: FrameFilter): void => {
    const test = frameTest(filter, Date.now());
    if (!test.ok) throw new Refusal('badFilter', { at: test.error.at });
  };
  const found = <T>(value: T | null, id: number): T => {
    if (value === null) throw new Refusal('unknownFrame', { id });
    return value;
  };
  const marked = async (capture: number | null, change: Parameters<Marks['change']>[0]): Promise<Mark> => {
    if (capture !== null) return granted(await captures.setMark(capture, change));
    return recorded(server.journal() === null ? null : await marks.change(change));
  };
  /** The row of a request names the journal, which has the handler. */
  const answeredByJournal = Object.fromEntries(
    requestNames
      .filter((name) => isAnsweredBy('journal', name))
      .map((name) => [
        name,
        async (args: Args<typeof name>, { capture }: { readonly capture: number | null }) =>
          recorded((await sourceOf(capture).journal()?.query(name, args)) ?? null),
      ]),
  ) as unknown as Requests<RequestsOf<'journal'>>;
  return {
    live: {},
    start: () => {
      // Not awaited: lists omit the marks until they are known.
      const learn = (): void =>
        void learnMarks().catch((error: unknown) =>
          problem(`marks and notes can't be read (${String(error)})`),
        );
      onReadable(learn);
      learn();
      return Promise.resolve();
    },
    requests: {
      ...answeredByJournal,
      watchMachine: async ({ vmcNo }, { windowId, capture }) => {
        server.watch(windowId, capture === null ? vmcNo : null);
        return vmcNo === null ? null : sourceOf(capture).detail(vmcNo);
      },
      followFrames: async ({ token, filter, place }, { windowId, capture }) => {
        if (filter !== null) readable(filter);
        // A capture grows only while it is read, and the window then asks again.
        await server.follow(windowId, { token, filter: capture === null ? filter : null });
        return filter === null ? null : sourceOf(capture).frames(filter, place, firstRows);
      },
      frames: async ({ filter, place, limit }, { capture }) => {
        readable(filter);
        return sourceOf(capture).frames(filter, place, limit);
      },
      countFrames: async ({ filter, after, bins }, { capture }) => {
        readable(filter);
        // Memory holds the newest entries only: too few for a span of time.
        if (bins !== null && capture === null && server.journal() === null) return recorded<FrameCount>(null);
        return sourceOf(capture).countFrames(filter, after, bins);
      },
      frame: async ({ id }, { capture }) => found(await sourceOf(capture).frame(id), id),
      relations: async ({ id }, { capture }) => found(await sourceOf(capture).relations(id), id),
      faultSums: async (query, { capture }) => recorded(await sourceOf(capture).faultSums(query)),
      orderSums: async (query, { capture }) => recorded(await sourceOf(capture).orderSums(query)),
      setMark: async (change, { capture }) => {
        feed.news('marks', [{ capture, mark: await marked(capture, change) }]);
        return null;
      },
    },
  };
}
