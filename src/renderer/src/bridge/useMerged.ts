/** The orders and the frames of this computer and of all read sites, newest first. */
import { useEffect, useMemo, useState } from 'react';
import type { Result } from '#shared/contract/requests/index';
import type { FrameFilter } from '#shared/filter/frames';
import type { OrderCursor, OrderRecord } from '#shared/model/history';
import type { FramePage, FrameRow } from '#shared/model/frame';
import { isAway } from '#shared/model/sites';
import { useCrema, type CremaState } from '../store';
import { createPages } from '../store/pages';
import { orderPages } from '../store/orders';
import { siteJournals } from '../store/sites';
import { findPage, nextToken } from './frames';
import {
  limitOf,
  MergedReader,
  nothingMerged,
  type MergedPage,
  type MergedQuestions,
  type MergedSource,
  type MergedState,
} from './merged';
import { requestOf } from './request';

type Reader<Row, Cursor> = Pick<MergedReader<Row, Cursor>, 'addNews'>;
/** The questions to the sources, and the news of this computer. */
interface Questions<Row, Cursor> extends MergedQuestions<Row, Cursor> {
  readonly onFeed: (reader: Reader<Row, Cursor>, state: CremaState, before: CremaState) => void;
  readonly end: () => void;
}

export interface Merged<Row> extends MergedState<Row> {
  readonly more: () => void;
  /** Asks the sources again that could not be read. */
  readonly again: () => void;
  /** Names of sites without any record yet. */
  readonly unread: readonly string[];
  /** Sites without new records, and the time of their newest one. */
  readonly away: readonly { readonly site: string; readonly to: number }[];
}

const sourcesOf = (state: CremaState, own: string): readonly MergedSource[] => [
  { capture: null, site: own, entries: null, until: null },
  ...siteJournals(state).flatMap(({ site, newest, older }) =>
    [newest, ...older].flatMap((journal) => {
      if (journal?.to == null) return [];
      const { id, entries, to } = journal;
      // Older journals are from before a change of the site's data folder: most lists never get there.
      return [{ capture: id, site: site.name, entries, until: journal === newest ? null : to }];
    }),
  ),
];

const nothing = (): void => undefined;

/** For the whole life of the component. `own`: the name of this computer. */
function useMerged<Row, Cursor>(own: string, make: () => Questions<Row, Cursor>): Merged<Row> {
  const [questions] = useState(make);
  const [shown, setShown] = useState({
    ...(nothingMerged as MergedState<Row>),
    more: nothing,
    again: nothing,
  });
  const sites = useCrema((s) => s.sites);
  const captures = useCrema((s) => s.captures);
  // A site becomes old without a change.
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const gaps = useMemo(() => {
    const journals = siteJournals({ sites, captures });
    return {
      unread: journals.filter(({ newest }) => newest === null).map(({ site }) => site.name),
      away: journals.flatMap(({ site, newest }) => {
        const to = newest?.to ?? null;
        return to !== null && isAway(to, site.progress.heardAt, now) ? [{ site: site.name, to }] : [];
      }),
    };
  }, [sites, captures, now]);
  useEffect(() => {
    const reader = new MergedReader<Row, Cursor>(questions, (state) =>
      setShown({ ...state, more: reader.more, again: reader.again }),
    );
    const stop = useCrema.subscribe((state, before) => {
      if (state.captures !== before.captures || state.sites !== before.sites)
        reader.show(sourcesOf(state, own));
      questions.onFeed(reader, state, before);
    });
    reader.show(sourcesOf(useCrema.getState(), own));
    return () => {
      stop();
      reader.end();
      questions.end();
    };
  }, [questions, own]);
  return { ...shown, ...gaps };
}

const orderCursor = ({ at, entry }: OrderRecord): OrderCursor => ({ at, entry });

export const useAllOrders = (own: string): Merged<OrderRecord> =>
  useMerged<OrderRecord, OrderCursor>(own, () => {
    const read = async (
      capture: number | null,
      before: OrderCursor | null,
      limit: number,
    ): Promise<Result<MergedPage<OrderRecord>>> => {
      const reply = await requestOf(capture, 'orders', { vmcNo: null, before, limit });
      if (!reply.ok) return reply;
      return { ok: true, value: { rows: reply.value, isLast: reply.value.length < limit } };
    };
    return {
      pages: orderPages,
      atOf: ({ at }) => at,
      idOf: ({ entry }) => entry,
      cursorOf: orderCursor,
      read: ({ capture }, before, limit) => read(capture, before, limit),
      readNews: async ({ capture }, _known, limit) => {
        const reply = await read(capture, null, limit);
        if (!reply.ok) return reply;
        const page = reply.value;
        return { ok: true, value: (log) => orderPages.renew(log, page.rows, limitOf(page)) };
      },
      onFeed: (reader, { news }, before) => {
        if (news.orders !== before.news.orders) reader.addNews(null, news.orders, 0);
      },
      end: nothing,
    };
  });

const framePages = createPages<FrameRow, number>({
  idOf: ({ id }) => id,
  cursorOf: ({ id }) => id,
  isNewer: (a, b) => a > b,
});
const pageOf = ({ rows, next }: FramePage): MergedPage<FrameRow> => ({ rows, isLast: next === null });

/** Use another component for another filter. */
export const useAllFrames = (own: string, filter: FrameFilter): Merged<FrameRow> =>
  useMerged<FrameRow, number>(own, () => {
    let token = 0;
    /** This computer's frames are followed, as in the Inspector. */
    const follow = async (): Promise<Result<FramePage | null>> => {
      token = nextToken();
      return requestOf(null, 'followFrames', { token, filter, place: { before: null } });
    };
    return {
      pages: framePages,
      atOf: ({ at }) => at,
      idOf: ({ id }) => id,
      cursorOf: ({ id }) => id,
      read: async ({ capture }, before, limit, isActive) => {
        const followed = capture === null && before === null ? await follow() : null;
        if (followed?.ok === false) return followed;
        const first = followed?.value ?? null;
        if (first !== null && (first.rows.length > 0 || first.next === null))
          return { ok: true, value: pageOf(first) };
        const place = { before: first?.next ?? before };
        const reply = await findPage(filter, place, null, limit, isActive, (args) =>
          requestOf(capture, 'frames', args),
        );
        return reply.ok ? { ok: true, value: pageOf(reply.value) } : reply;
      },
      readNews: async ({ capture }, { log, entries }, limit, isActive) => {
        const ask: Parameters<typeof findPage>[5] = (args) => requestOf(capture, 'frames', args);
        const after = Math.max(entries, log.rows[0]?.id ?? 0);
        const news = await findPage(filter, { after }, null, limit, isActive, ask);
        if (!news.ok) return news;
        const { rows, next } = news.value;
        if (next === null) return { ok: true, value: (now) => framePages.addNews(now, rows) };
        const newest = await findPage(filter, { before: null }, null, limit, isActive, ask);
        if (!newest.ok) return newest;
        const page = pageOf(newest.value);
        return { ok: true, value: (now) => framePages.renew(now, page.rows, limitOf(page)) };
      },
      onFeed: (reader, { frameNews }, before) => {
        if (frameNews === before.frameNews || frameNews.token !== token) return;
        reader.addNews(null, [...frameNews.rows, ...frameNews.named], frameNews.skipped);
      },
      end: () =>
        void requestOf(null, 'followFrames', {
          token: nextToken(),
          filter: null,
          place: { before: null },
        }),
    };
  });
