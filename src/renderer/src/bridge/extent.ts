/** The first and last entry of a whole list, found with two requests however long it is. */
import { useEffect, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import type { PagePlace } from '#shared/model/frame';
import { useCrema } from '../store';
import type { FrameLog } from '../store/frames';
import { shownCapture } from '../store/source';
import { request } from './request';

/** ms after which the search stops; the end is then beyond what was scanned. */
const searchTime = 10_000;

interface Extent {
  /** Numbers of the oldest and the newest matching entry, where known. */
  readonly first: number;
  readonly last: number;
}

/** `null`: the list has all rows. */
export function useExtent(filter: FrameFilter, { rows, waiting, next, after }: FrameLog): Extent | null {
  const hasOlder = next !== null && next !== undefined;
  const hasNewer = after !== null;
  // A capture that is being read grows at its end.
  const entries = useCrema((state) => shownCapture(state)?.entries ?? 0);
  const isPart = hasOlder || hasNewer;
  // Both are requested before the list is scrolled away from either end.
  const first = useEdge(filter, 'oldest', isPart ? 1 : 0);
  const last = useEdge(filter, 'newest', isPart ? 1 + entries : 0);
  const [oldest, newest] = [rows[0]?.id, rows.at(-1)?.id];
  if (oldest === undefined || newest === undefined || !isPart) return null;
  return {
    first: hasOlder ? Math.min(first ?? oldest, oldest) : oldest,
    last: Math.max(newest, waiting.at(-1)?.id ?? 0, hasNewer ? (last ?? 0) : 0),
  };
}

/** `stage`: 0: not needed; otherwise the search is repeated when it changes. */
function useEdge(filter: FrameFilter, which: 'oldest' | 'newest', stage: number): number | null {
  const [edge, setEdge] = useState<{ readonly stage: number; readonly id: number } | null>(null);
  useEffect(() => {
    if (stage === 0) return;
    let isActive = true;
    const end = performance.now() + searchTime;
    const look = async (place: PagePlace): Promise<void> => {
      const reply = await request('frames', { filter, place, limit: 1 });
      if (!isActive || !reply.ok) return;
      const [row] = reply.value.rows;
      const { next } = reply.value;
      const id = row?.id ?? next;
      if (id !== null) setEdge({ stage, id });
      if (row === undefined && next !== null && performance.now() < end)
        await look(which === 'oldest' ? { after: next } : { before: next });
    };
    void look(which === 'oldest' ? { after: 0 } : { before: null });
    return () => {
      isActive = false;
    };
  }, [filter, which, stage]);
  return edge?.id ?? null;
}
