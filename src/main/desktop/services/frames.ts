/** Requests about the records of a source. Most are answered by its journal. */
import { isAnsweredBy, requestNames, type Args, type RequestsOf } from '#shared/contract/requests/index';
import type { Feed } from '../ipc/feed';
import { recorded, type Requests } from '../ipc/requests';
import type { Base } from './base';
import type { ServerService } from './server';
import type { Service } from './service';
import { readable, type SourcesService } from './sources';

/** Rows in the first page of a followed frame list. */
const firstRows = 300;

interface FramesParts {
  readonly server: Pick<ServerService, 'watch' | 'follow'>;
  readonly sources: SourcesService;
  readonly feed: Feed;
}

type FramesVerb = 'watchMachine' | 'followFrames' | 'setMark' | RequestsOf<'journal'>;

export const frames = (
  { feed }: Base,
  { sources, server }: { readonly sources: SourcesService; readonly server: ServerService },
): Service<FramesVerb> => framesService({ feed, server, sources });

export function framesService({ server, sources, feed }: FramesParts): Service<FramesVerb> {
  /** The row of a request names the journal, which has the handler. */
  const answeredByJournal = Object.fromEntries(
    requestNames
      .filter((name) => isAnsweredBy('journal', name))
      .map((name) => [
        name,
        (args: Args<typeof name>, { capture }: { readonly capture: number | null }) =>
          sources.ask(name, args, capture),
      ]),
  ) as unknown as Requests<RequestsOf<'journal'>>;
  return {
    live: {},
    requests: {
      ...answeredByJournal,
      watchMachine: async ({ vmcNo }, { windowId, capture }) => {
        server.watch(windowId, capture === null ? vmcNo : null);
        if (vmcNo === null) return null;
        const state = await sources.of(capture).machine(vmcNo);
        return state === null ? null : { state };
      },
      followFrames: async ({ token, filter, place }, { windowId, capture }) => {
        if (filter !== null) readable(filter);
        // A capture grows only while it is read, and the window then asks again.
        await server.follow(windowId, { token, filter: capture === null ? filter : null });
        return filter === null ? null : sources.ask('frames', { filter, place, limit: firstRows }, capture);
      },
      setMark: async (change, { capture }) => {
        const source = sources.of(capture);
        const mark = recorded(source.journal() === null ? null : await source.changeMark(change));
        feed.news('marks', [{ capture, mark }]);
        return null;
      },
    },
  };
}
