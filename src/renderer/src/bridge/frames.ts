/** A list of frames: those of the past page by page, and what passes now, while a view shows it. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Reply } from '#shared/contract/requests';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import { term } from '#shared/filter/language/tree';
import type { FrameRow, PagePlace } from '#shared/model/frame';
import { useCrema } from '../store';
import {
  addLive,
  addNamed,
  addNewer,
  addOlder,
  applyMarks,
  emptyLog,
  fillGap,
  hold,
  showPage,
  showWaiting,
  type FrameLog,
} from '../store/frames';
import { useGrowth } from './growth';
import { request } from './request';

const pageSize = 500;
/** Frames on either side of one that is gone to: enough for a screen, and few enough for a thumb that passes many of them. */
const aroundJump = 100;

/** Names what is asked for; it grows with every call, so that main can tell the answers apart. */
let lastToken = 0;
function nextToken(): number {
  lastToken += 1;
  return lastToken;
}

/** How far back was looked without finding anything. */
export interface LookedBack {
  /** When the last frame that was looked at passed; `null`: not known. */
  readonly to: number | null;
  readonly stopped: boolean;
}

export interface FrameList {
  readonly log: FrameLog;
  readonly error: AppError | null;
  /** `null` while what is asked for is found. */
  readonly looked: LookedBack | null;
  readonly stopLooking: () => void;
  readonly lookOn: () => void;
  /** Shows the newest, and goes on holding still. */
  readonly toNewest: () => Promise<void>;
  readonly toOldest: () => Promise<void>;
  /** Reads what is missing before the row `id`, a page of it. */
  readonly fill: (id: number) => void;
  /** Makes sure that the list holds the frames around `id`. */
  readonly bring: (id: number) => void;
  /** Brings the first frame at or after that moment, or the last one before it; its id, `null` where there is none. */
  readonly seek: (ms: number) => Promise<number | null>;
  /** The frames around the entry `id` become the list; which of them is the first from there on. `wanted` no more: `null`, as nothing there is. */
  readonly around: (id: number, wanted: () => boolean) => Promise<number | null>;
  /** The frame before or after this one with the same command, of the same machine; `null`: there is none. */
  readonly alike: (row: FrameRow, which: 'previous' | 'next') => Promise<number | null>;
}

export interface FrameWishes {
  /** The list stands still. */
  readonly holding: boolean;
  /** Someone waits at its start, or at its end; a search there goes on until something is found, or it is stopped. */
  readonly older: boolean;
  readonly newer: boolean;
  /** It begins with the oldest frames, not with the newest. */
  readonly fromStart: boolean;
}

/** For the whole life of the component: another filter is another component. */
export function useFrames(filter: FrameFilter, wishes: FrameWishes): FrameList {
  const { fromStart } = wishes;
  const holding = wishes.holding || fromStart;
  const [log, setLog] = useState(emptyLog);
  const [error, setError] = useState<AppError | null>(null);
  const [looked, setLooked] = useState<LookedBack | null>(null);
  const [filling, setFilling] = useState(false);

  useEffect(() => {
    let wanted = true;
    const token = nextToken();
    const stop = useCrema.subscribe(({ frameNews, news: { marks } }, before) => {
      if (frameNews !== before.frameNews && frameNews.token === token)
        setLog((old) => addNamed(addLive(old, frameNews.rows, frameNews.skipped), frameNews.named));
      if (marks !== before.news.marks)
        setLog((old) =>
          applyMarks(
            old,
            marks.map(({ mark }) => mark),
          ),
        );
    });
    const begin = async (): Promise<void> => {
      const place = fromStart ? { after: 0 } : { before: null };
      const reply = await request('followFrames', { token, filter, place });
      if (!wanted) return;
      setError(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const { rows, next } = reply.value ?? { rows: [], next: null };
      setLog((old) => showPage(old, rows, fromStart ? { next: null, after: next } : { next, after: null }));
    };
    void begin();
    return () => {
      wanted = false;
      stop();
      void request('followFrames', { token: nextToken(), filter: null, place: { before: null } });
    };
  }, [filter, fromStart]);

  if (log.holding !== holding) setLog(hold(log, holding));

  const { next, after } = log;
  const goesOn = looked?.stopped !== true && error === null && next !== undefined;
  const older = wishes.older && goesOn ? next : null;
  const newer = wishes.newer && goesOn ? after : null;
  useEffect(() => {
    if (older === null) return;
    let still = true;
    const read = async (): Promise<void> => {
      const reply = await request('frames', { filter, place: { before: older }, limit: pageSize });
      const nothing = reply.ok && reply.value.rows.length === 0 ? reply.value.next : null;
      const to = nothing === null ? null : await timeBefore(nothing);
      if (!still) return;
      if (!reply.ok) {
        setError(reply.error);
        return;
      }
      setLooked((old) => (nothing === null ? null : { to: to ?? old?.to ?? null, stopped: false }));
      setLog((old) => addOlder(old, reply.value, older));
    };
    void read();
    return () => {
      still = false;
    };
  }, [filter, older]);
  useEffect(() => {
    if (newer === null) return;
    let still = true;
    const read = async (): Promise<void> => {
      const reply = await request('frames', { filter, place: { after: newer }, limit: pageSize });
      if (!still) return;
      if (!reply.ok) setError(reply.error);
      else setLog((old) => addNewer(old, reply.value, newer));
    };
    void read();
    return () => {
      still = false;
    };
  }, [filter, newer]);

  useGrowth(filter, log, wishes.newer && goesOn, {
    limit: pageSize,
    take: (page, from) =>
      setLog((old) => {
        if (old.after !== null) return old;
        const open = { ...old, after: from };
        return page === null ? open : addNewer(open, page, from);
      }),
  });

  const fill = async (id: number): Promise<void> => {
    const at = log.rows.findIndex((row) => row.id === id);
    const before = log.rows[at - 1]?.id ?? 0;
    if (filling || at < 0) return;
    setFilling(true);
    const reply = await findPage(filter, { before: id }, before);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setLog((old) => fillGap(old, id, reply.value));
    setFilling(false);
  };

  const isHeld = (id: number): boolean => log.rows.some((row) => row.id === id);
  /** The frames around `id` become the list, if it is of this filter. */
  const jump = async (id: number): Promise<void> => {
    const [from, before] = await Promise.all([
      request('frames', { filter, place: { after: id - 1 }, limit: aroundJump }),
      request('frames', { filter, place: { before: id }, limit: aroundJump }),
    ]);
    if (!from.ok || !before.ok || from.value.rows.at(-1)?.id !== id) return;
    const rows = [...from.value.rows, ...before.value.rows];
    setLog((old) => showPage(old, rows, { next: before.value.next, after: from.value.next }));
  };
  const around = async (id: number, wanted: () => boolean): Promise<number | null> => {
    const [from, before] = await Promise.all([
      findPage(filter, { after: id - 1 }, null, aroundJump, wanted),
      request('frames', { filter, place: { before: id }, limit: aroundJump }),
    ]);
    if (!wanted()) return null;
    const refused = !from.ok ? from : !before.ok ? before : null;
    setError(refused?.error ?? null);
    if (!from.ok || !before.ok) return null;
    const rows = [...from.value.rows, ...before.value.rows];
    if (rows.length > 0)
      setLog((old) => showPage(old, rows, { next: before.value.next, after: from.value.next }));
    return from.value.rows.at(-1)?.id ?? before.value.rows[0]?.id ?? null;
  };
  const bring = async (id: number): Promise<void> => {
    if (log.rows.length === 0 || isHeld(id)) return;
    if (log.after === null && log.waiting.some((row) => row.id === id)) setLog(showWaiting);
    else await jump(id);
  };
  /** The first that the filter lets through, from that place on. */
  const find = async (sought: FrameFilter, place: PagePlace): Promise<number | null> => {
    const reply = await findPage(sought, place, null, 1);
    setError(reply.ok ? null : reply.error);
    return reply.ok ? (reply.value.rows[0]?.id ?? null) : null;
  };
  const seek = async (ms: number): Promise<number | null> => {
    const id = (await find(since(filter, ms), { after: 0 })) ?? (await find(filter, { before: null }));
    if (id !== null && !isHeld(id)) await jump(id);
    return id;
  };
  const alike = (row: FrameRow, which: 'previous' | 'next'): Promise<number | null> =>
    find(
      { ...filter, vmcNo: row.vmcNo ?? filter.vmcNo, cmd: row.cmd },
      which === 'previous' ? { before: row.id } : { after: row.id },
    );
  const takeNewest = (reply: Reply<'frames'>): void => {
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    const { rows, next: rest } = reply.value;
    // Those that came with the page need not wait for it.
    setLog((old) => showWaiting(showPage(old, rows, { next: rest, after: null })));
  };
  const toNewest = async (): Promise<void> => {
    if (log.after === null) setLog(showWaiting);
    else takeNewest(await newestPage(filter));
  };
  // Whoever goes on following is at the newest again.
  const isAway = !holding && next !== undefined && after !== null;
  const onNewest = useEffectEvent(takeNewest);
  useEffect(() => {
    if (!isAway) return;
    let still = true;
    void newestPage(filter).then((reply) => still && onNewest(reply));
    return () => {
      still = false;
    };
  }, [filter, isAway]);
  const toOldest = async (): Promise<void> => {
    const reply = await findPage(filter, { after: 0 }, null);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setLog((old) => showPage(old, reply.value.rows, { next: null, after: reply.value.next }));
  };

  return {
    log,
    error,
    looked,
    stopLooking: () => setLooked((old) => ({ to: old?.to ?? null, stopped: true })),
    lookOn: () => {
      setLooked(null);
      setError(null);
    },
    toNewest,
    toOldest,
    fill: (id) => void fill(id),
    bring: (id) => void bring(id),
    seek,
    around,
    alike,
  };
}

const newestPage = (filter: FrameFilter): Promise<Reply<'frames'>> =>
  request('frames', { filter, place: { before: null }, limit: pageSize });

/**
 * The first page from there on that has anything, going back until the entry `end` at the latest: main looks at the journal in
 * slices.
 */
async function findPage(
  filter: FrameFilter,
  from: PagePlace,
  end: number | null,
  limit = pageSize,
  wanted: () => boolean = () => true,
): Promise<Reply<'frames'>> {
  let place = from;
  for (;;) {
    const reply = await request('frames', { filter, place, limit });
    if (!reply.ok) return reply;
    const { rows, next } = reply.value;
    if (!wanted() || rows.length > 0 || next === null || (end !== null && next <= end + 1)) return reply;
    place = from.after === undefined ? { before: next } : { after: next };
  }
}

/** The filter, from the moment `ms` on. */
function since(filter: FrameFilter, ms: number): FrameFilter {
  const when = { kind: 'at', from: ms, to: ms + 1 } as const;
  const limit = formatFilter(term('time', [{ is: 'time', op: '>=', when }]));
  return { ...filter, text: filter.text === '' ? limit : `(${filter.text}) ${limit}` };
}

/** When the newest frame before this entry passed. */
async function timeBefore(id: number): Promise<number | null> {
  const reply = await request('frames', { filter: everyFrame, place: { before: id }, limit: 1 });
  return reply.ok ? (reply.value.rows[0]?.at ?? null) : null;
}
