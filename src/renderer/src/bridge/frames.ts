/** A list of frames: those of the past page by page, and what passes now, while a view shows it. */
import { useCallback, useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Reply } from '#shared/contract/requests';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import { term } from '#shared/filter/language/tree';
import type { FramePage, FrameRow } from '#shared/model/frame';
import { useCrema } from '../store';
import {
  addLive,
  addOlder,
  applyMarks,
  emptyLog,
  fillGap,
  hold,
  jumpTo,
  showWaiting,
  type FrameLog,
} from '../store/frames';
import { request } from './request';

const pageSize = 500;
/** Frames after the one that is gone to, so that it does not stand at the very end. */
const afterJump = 100;

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
  /** Shows what waits, and goes on holding still. */
  readonly catchUp: () => void;
  /** Reads what is missing before the row `id`, a page of it. */
  readonly fill: (id: number) => void;
  /** Makes sure that the list holds the frames around `id`. */
  readonly bring: (id: number) => void;
  /** Brings the first frame at or after that moment, or the last one before it; its id, `null` where there is none. */
  readonly seek: (ms: number) => Promise<number | null>;
  /** The frame before this one with the same command, of the same machine; `null`: there is none. */
  readonly previousAlike: (row: FrameRow) => Promise<number | null>;
}

/**
 * For the whole life of the component: another filter is another component. `holding`: the list stands still. `wantsOlder`:
 * someone waits at its start; a search there goes on until something is found, or it is stopped.
 */
export function useFrames(filter: FrameFilter, holding: boolean, wantsOlder: boolean): FrameList {
  const [log, setLog] = useState(emptyLog);
  const [error, setError] = useState<AppError | null>(null);
  const [looked, setLooked] = useState<LookedBack | null>(null);
  const [filling, setFilling] = useState(false);

  useEffect(() => {
    let wanted = true;
    const token = nextToken();
    const stop = useCrema.subscribe(({ frameNews, markNews }, before) => {
      if (frameNews !== before.frameNews && frameNews.token === token)
        setLog((old) => addLive(old, frameNews.rows, frameNews.skipped));
      if (markNews !== before.markNews) setLog((old) => applyMarks(old, markNews));
    });
    const begin = async (): Promise<void> => {
      const reply = await request('followFrames', { token, filter });
      if (!wanted) return;
      setError(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const page = reply.value ?? { rows: [], next: null };
      setLog((old) => addOlder(old, page, null));
    };
    void begin();
    return () => {
      wanted = false;
      stop();
      void request('followFrames', { token: nextToken(), filter: null });
    };
  }, [filter]);

  if (log.holding !== holding) setLog(hold(log, holding));

  const { next } = log;
  const stopped = looked?.stopped === true;
  const wanted = wantsOlder && !stopped && error === null && next !== undefined && next !== null;
  useEffect(() => {
    if (!wanted) return;
    let still = true;
    const read = async (): Promise<void> => {
      const reply = await request('frames', { filter, before: next, limit: pageSize });
      const nothing = reply.ok && reply.value.rows.length === 0 ? reply.value.next : null;
      const to = nothing === null ? null : await timeBefore(nothing);
      if (!still) return;
      if (!reply.ok) {
        setError(reply.error);
        return;
      }
      setLooked((old) => (nothing === null ? null : { to: to ?? old?.to ?? null, stopped: false }));
      setLog((old) => addOlder(old, reply.value, next));
    };
    void read();
    return () => {
      still = false;
    };
  }, [wanted, filter, next]);

  const fill = async (id: number): Promise<void> => {
    const at = log.rows.findIndex((row) => row.id === id);
    const before = log.rows[at - 1]?.id ?? 0;
    if (filling || at < 0) return;
    setFilling(true);
    const reply = await pageBefore(filter, id, before);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setLog((old) => fillGap(old, id, reply.value));
    setFilling(false);
  };

  const isHeld = (id: number): boolean => log.rows.some((row) => row.id === id);
  /** The page around `id` becomes the list, if it is of this filter. */
  const jump = async (id: number): Promise<FramePage | null> => {
    const reply = await request('frames', { filter, before: id + afterJump, limit: pageSize });
    if (!reply.ok || !reply.value.rows.some((row) => row.id === id)) return null;
    setLog((old) => jumpTo(old, reply.value));
    return reply.value;
  };
  const bring = async (id: number): Promise<void> => {
    if (log.rows.length === 0 || isHeld(id)) return;
    if (log.waiting.some((row) => row.id === id)) setLog(showWaiting);
    else await jump(id);
  };
  const seek = async (ms: number): Promise<number | null> => {
    const reply = await pageBefore(until(filter, ms - 1), null, 0, 1);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return null;
    const before = reply.value.rows[0];
    // Nothing is older: where the list begins is the place, once it has read so far.
    if (before === undefined) return log.next === null ? (log.rows[0]?.id ?? null) : null;
    const at = log.rows.findIndex((row) => row.id === before.id);
    const after = log.rows[at + 1];
    if (at >= 0 && after !== undefined && !log.gaps.has(after.id)) return after.id;
    if (at >= 0) return before.id;
    const page = await jump(before.id);
    return page?.rows.findLast((row) => row.id > before.id)?.id ?? before.id;
  };
  const previousAlike = async (row: FrameRow): Promise<number | null> => {
    const alike = { ...filter, vmcNo: row.vmcNo ?? filter.vmcNo, cmd: row.cmd };
    const reply = await pageBefore(alike, row.id, 0, 1);
    setError(reply.ok ? null : reply.error);
    return reply.ok ? (reply.value.rows[0]?.id ?? null) : null;
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
    catchUp: useCallback(() => setLog(showWaiting), []),
    fill: (id) => void fill(id),
    bring: (id) => void bring(id),
    seek,
    previousAlike,
  };
}

/** The first page before `id` that has anything, or that reaches the entry `end`: main looks at the journal in slices. */
async function pageBefore(
  filter: FrameFilter,
  id: number | null,
  end: number,
  limit = pageSize,
): Promise<Reply<'frames'>> {
  let before = id;
  for (;;) {
    const reply = await request('frames', { filter, before, limit });
    if (!reply.ok) return reply;
    const { rows, next } = reply.value;
    if (rows.length > 0 || next === null || next <= end + 1) return reply;
    before = next;
  }
}

/** The filter, up to and with the moment `ms`. */
function until(filter: FrameFilter, ms: number): FrameFilter {
  const when = { kind: 'at', from: ms, to: ms + 1 } as const;
  const limit = formatFilter(term('time', [{ is: 'time', op: '<=', when }]));
  return { ...filter, text: filter.text === '' ? limit : `(${filter.text}) ${limit}` };
}

/** When the newest frame before this entry passed. */
async function timeBefore(id: number): Promise<number | null> {
  const reply = await request('frames', { filter: everyFrame, before: id, limit: 1 });
  return reply.ok ? (reply.value.rows[0]?.at ?? null) : null;
}
