/** Reads a list of frames for a view: past frames page by page, and new frames as they arrive. */
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import type { Args, Reply } from '#shared/contract/requests/index';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import { term } from '#shared/filter/language/tree';
import type { FramePage, FrameRow, PagePlace } from '#shared/model/frame';
import { useCrema } from '../store';
import type { FramesAction, FramesState } from '../store/frameList';
import { useGrowth } from './growth';
import { request } from './request';

const pageSize = 500;
/** Frames loaded on either side of a jump's target: enough for a screen, few enough for fast scrolling. */
const aroundJump = 100;

/** ms after a jump in which the list is drawn before neighbouring pages are read. */
const jumpRest = 100;

/** Token of a request; it grows with every call and distinguishes the answers. */
let lastToken = 0;
export function nextToken(): number {
  lastToken += 1;
  return lastToken;
}

/** Whether an answer may still move the list: the person has not moved elsewhere. */
type IsActive = () => boolean;

/** Ways to bring other frames into the list. */
export interface FrameReader {
  /** Shows the newest frames, scrolled to the last one, without following new ones, unless `isActive` turned false. */
  readonly toNewest: (isActive: IsActive) => Promise<void>;
  /** Shows the oldest frames, scrolled to the first one, unless `isActive` turned false. */
  readonly toOldest: (isActive: IsActive) => Promise<void>;
  /** Reads a page of the missing rows before the row `id`. */
  readonly fillGap: (id: number) => void;
  /** Makes sure that the list holds the frames around `id`, unless `isActive` turned false. */
  readonly load: (id: number, isActive: IsActive) => void;
  /**
   * Loads the first frame at or after that moment, or the last one before it. Returns its id; `null` if there is none or `isActive`
   * turned false.
   */
  readonly seek: (ms: number, isActive: IsActive) => Promise<number | null>;
  /**
   * Shows the frames around the entry `id`, scrolled to the first at or after it, unless `isActive` turned false. `isPatient`: the search
   * for earlier frames continues until it finds some.
   */
  readonly around: (
    id: number,
    isActive: IsActive,
    options?: { readonly isPatient?: boolean },
  ) => Promise<void>;
  /** The frame before or after this one with the same command, of the same machine; `null`: there is none. */
  readonly sameCommand: (
    row: FrameRow,
    which: 'previous' | 'next',
    isActive: IsActive,
  ) => Promise<number | null>;
}

/** The store of the list. Each filter has its own, so a late answer goes to the list that requested it. */
interface FramesStore {
  readonly getState: () => FramesState;
  readonly dispatch: (action: FramesAction) => void;
}

interface FrameWishes extends FramesState {
  /** The view is at the list's start or end; a search there continues until something is found or it is stopped. */
  readonly older: boolean;
  readonly newer: boolean;
  /** The list begins with the oldest frames. */
  readonly fromStart: boolean;
}

/** For the whole life of the component: use another component for another filter. */
export function useFrames(filter: FrameFilter, store: FramesStore, wishes: FrameWishes): FrameReader {
  const { log, error, search, fromStart } = wishes;
  const { dispatch } = store;

  useEffect(() => {
    let isActive = true;
    const token = nextToken();
    const stop = useCrema.subscribe(({ frameNews, news: { marks } }, before) => {
      if (frameNews !== before.frameNews && frameNews.token === token)
        dispatch({ type: 'live', ...frameNews });
      if (marks !== before.news.marks) dispatch({ type: 'marks', marks: marks.map(({ mark }) => mark) });
    });
    const begin = async (): Promise<void> => {
      const place = fromStart ? { after: 0 } : { before: null };
      const reply = await request('followFrames', { token, filter, place });
      if (!isActive) return;
      dispatch({ type: 'answered', error: reply.ok ? null : reply.error });
      if (!reply.ok) return;
      const { rows, next } = reply.value ?? { rows: [], next: null };
      const ends = fromStart ? { next: null, after: next } : { next, after: null };
      dispatch({ type: 'page', rows, ends, to: null });
    };
    void begin();
    return () => {
      isActive = false;
      stop();
      void request('followFrames', { token: nextToken(), filter: null, place: { before: null } });
    };
  }, [filter, fromStart, dispatch]);

  const { next, after } = log;
  const canContinue = search?.stopped !== true && error === null && next !== undefined;
  const older = wishes.older && canContinue ? next : null;
  const newer = wishes.newer && canContinue ? after : null;
  const jumpRef = useRef(-Infinity);
  useEffect(() => {
    if (older === null) return;
    let still = true;
    const read = async (): Promise<void> => {
      const reply = await request('frames', { filter, place: { before: older }, limit: pageSize });
      const empty = reply.ok && reply.value.rows.length === 0 ? reply.value.next : null;
      const searchedTo = empty === null ? null : await timeBefore(empty);
      if (!still) return;
      if (reply.ok) dispatch({ type: 'older', page: reply.value, before: older, searchedTo });
      else dispatch({ type: 'answered', error: reply.error });
    };
    const stop = afterJump(jumpRef.current, () => void read());
    return () => {
      still = false;
      stop();
    };
  }, [filter, older, dispatch]);
  useEffect(() => {
    if (newer === null) return;
    let still = true;
    const read = async (): Promise<void> => {
      const reply = await request('frames', { filter, place: { after: newer }, limit: pageSize });
      if (!still) return;
      if (reply.ok) dispatch({ type: 'newer', page: reply.value, after: newer });
      else dispatch({ type: 'answered', error: reply.error });
    };
    const stop = afterJump(jumpRef.current, () => void read());
    return () => {
      still = false;
      stop();
    };
  }, [filter, newer, dispatch]);

  useGrowth(filter, log, wishes.newer && canContinue, {
    limit: pageSize,
    take: (page, from) => dispatch({ type: 'grown', page, from }),
  });

  const reader = useReader(filter, store, jumpRef);
  // Following continues at the newest frame.
  const isAway = !log.holding && next !== undefined && after !== null;
  const onNewest = useEffectEvent(reader.takeNewest);
  useEffect(() => {
    if (!isAway) return;
    let still = true;
    void newestPage(filter, () => still).then((reply) => still && onNewest(reply));
    return () => {
      still = false;
    };
  }, [filter, isAway]);
  return reader;
}

function useReader(
  filter: FrameFilter,
  { getState, dispatch }: FramesStore,
  jumpRef: RefObject<number>,
): FrameReader & { readonly takeNewest: (reply: Reply<'frames'>) => void } {
  const isFilling = useRef(false);
  const answered = (reply: Reply<'frames'>): void =>
    dispatch({ type: 'answered', error: reply.ok ? null : reply.error });
  const fillGap = async (id: number): Promise<void> => {
    const { rows } = getState().log;
    const at = rows.findIndex((row) => row.id === id);
    if (isFilling.current || at < 0) return;
    isFilling.current = true;
    const reply = await findPage(filter, { before: id }, rows[at - 1]?.id ?? 0);
    answered(reply);
    if (reply.ok) dispatch({ type: 'gap', id, page: reply.value });
    isFilling.current = false;
  };

  const isLoaded = (id: number): boolean => getState().log.rows.some((row) => row.id === id);
  /** A page from both sides of an entry. */
  const join = (from: FramePage, before: FramePage, to: number | null): void => {
    const rows = [...from.rows, ...before.rows];
    jumpRef.current = performance.now();
    if (rows.length > 0) dispatch({ type: 'page', rows, ends: { next: before.next, after: from.next }, to });
  };
  /** Shows the frames around `id`, if the filter matches it. */
  const jump = async (id: number, isActive: IsActive): Promise<void> => {
    const [from, before] = await Promise.all([
      request('frames', { filter, place: { after: id - 1 }, limit: aroundJump }),
      request('frames', { filter, place: { before: id }, limit: aroundJump }),
    ]);
    if (isActive() && from.ok && before.ok && from.value.rows.at(-1)?.id === id)
      join(from.value, before.value, null);
  };
  const around: FrameReader['around'] = async (id, isActive, { isPatient = false } = {}) => {
    const [from, before] = await Promise.all([
      findPage(filter, { after: id - 1 }, null, aroundJump, isActive),
      isPatient
        ? findPage(filter, { before: id }, null, aroundJump, isActive)
        : request('frames', { filter, place: { before: id }, limit: aroundJump }),
    ]);
    if (!isActive()) return;
    answered(from.ok ? before : from);
    if (!from.ok || !before.ok) return;
    join(from.value, before.value, from.value.rows.at(-1)?.id ?? before.value.rows[0]?.id ?? null);
  };
  const load = async (id: number, isActive: IsActive): Promise<void> => {
    const { log } = getState();
    if (log.rows.length === 0 || isLoaded(id)) return;
    if (log.after === null && log.waiting.some((row) => row.id === id))
      dispatch({ type: 'waiting', to: null });
    else await jump(id, isActive);
  };
  /** The first matching frame from that place on. */
  const find = async (sought: FrameFilter, place: PagePlace, isActive: IsActive): Promise<number | null> => {
    const reply = await findPage(sought, place, null, 1, isActive);
    answered(reply);
    return reply.ok ? (reply.value.rows[0]?.id ?? null) : null;
  };
  const seek = async (ms: number, isActive: IsActive): Promise<number | null> => {
    let id = await find(since(filter, ms), { after: 0 }, isActive);
    if (id === null && isActive()) id = await find(filter, { before: null }, isActive);
    if (id !== null && isActive() && !isLoaded(id)) await jump(id, isActive);
    return isActive() ? id : null;
  };
  const sameCommand: FrameReader['sameCommand'] = (row, which, isActive) =>
    find(
      { ...filter, vmcNo: row.vmcNo ?? filter.vmcNo, cmd: row.cmd },
      which === 'previous' ? { before: row.id } : { after: row.id },
      isActive,
    );
  const takeNewest = (reply: Reply<'frames'>): void => {
    answered(reply);
    if (reply.ok) dispatch({ type: 'newest', page: reply.value, to: 'end' });
  };
  const toNewest = async (isActive: IsActive): Promise<void> => {
    if (getState().log.after === null) {
      dispatch({ type: 'waiting', to: 'end' });
      return;
    }
    const reply = await newestPage(filter, isActive);
    if (isActive()) takeNewest(reply);
  };
  const toOldest = async (isActive: IsActive): Promise<void> => {
    const reply = await findPage(filter, { after: 0 }, null, pageSize, isActive);
    if (!isActive()) return;
    answered(reply);
    if (!reply.ok) return;
    const { rows, next } = reply.value;
    dispatch({ type: 'page', rows, ends: { next: null, after: next }, to: 'start' });
  };
  return {
    toNewest,
    toOldest,
    fillGap: (id) => void fillGap(id),
    load: (id, isActive) => void load(id, isActive),
    seek,
    around,
    sameCommand,
    takeNewest,
  };
}

/** Acts at once, or after the rest of a recent jump; returns a function that cancels it. */
function afterJump(jumpedAt: number, act: () => void): () => void {
  const left = jumpedAt + jumpRest - performance.now();
  if (left > 0) {
    const timer = setTimeout(act, left);
    return () => clearTimeout(timer);
  }
  act();
  return () => undefined;
}

const newestPage = (filter: FrameFilter, isActive: IsActive): Promise<Reply<'frames'>> =>
  findPage(filter, { before: null }, null, pageSize, isActive);

/**
 * The first page with rows from that place on, back to the entry `end` at most. Main searches the journal in slices, so a page can
 * be empty.
 */
export async function findPage(
  filter: FrameFilter,
  from: PagePlace,
  end: number | null,
  limit = pageSize,
  isActive: IsActive = () => true,
  ask: (args: Args<'frames'>) => Promise<Reply<'frames'>> = (args) => request('frames', args),
): Promise<Reply<'frames'>> {
  let place = from;
  for (;;) {
    const reply = await ask({ filter, place, limit });
    if (!reply.ok) return reply;
    const { rows, next } = reply.value;
    if (!isActive() || rows.length > 0 || next === null || (end !== null && next <= end + 1)) return reply;
    place = from.after === undefined ? { before: next } : { after: next };
  }
}

/** The filter with a start time. */
function since(filter: FrameFilter, ms: number): FrameFilter {
  const when = { kind: 'at', from: ms, to: ms + 1 } as const;
  const limit = formatFilter(term('time', [{ is: 'time', op: '>=', when }]));
  return { ...filter, text: filter.text === '' ? limit : `(${filter.text}) ${limit}` };
}

/** The time of the newest frame before this entry. */
async function timeBefore(id: number): Promise<number | null> {
  const reply = await request('frames', { filter: everyFrame, place: { before: id }, limit: 1 });
  return reply.ok ? (reply.value.rows[0]?.at ?? null) : null;
}
