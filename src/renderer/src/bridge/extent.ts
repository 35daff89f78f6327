/** From where to where a list would reach if all of it were read: two questions, however long it is. */
import { useEffect, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import type { PagePlace } from '#shared/model/frame';
import { useCrema } from '../store';
import type { FrameLog } from '../store/frames';
import { shownCapture } from '../store/source';
import { request } from './request';

/** ms; what is not found by then is at least beyond what was looked at. */
const searchTime = 10_000;

interface Extent {
  /** Numbers of the oldest and the newest entry that the filter lets through, as far as they are known. */
  readonly first: number;
  readonly last: number;
}

/** `null`: the rows are all there is. */
export function useExtent(filter: FrameFilter, { rows, waiting, next, after }: FrameLog): Extent | null {
  const hasOlder = next !== null && next !== undefined;
  const hasNewer = after !== null;
  // One that is still being read grows at its end.
  const entries = useCrema((state) => shownCapture(state)?.entries ?? 0);
  const isPart = hasOlder || hasNewer;
  // Both are asked for before the list leaves either: it may do so at once, and by far.
  const first = useEdge(filter, 'oldest', isPart ? 1 : 0);
  const last = useEdge(filter, 'newest', isPart ? 1 + entries : 0);
  const [oldest, newest] = [rows[0]?.id, rows.at(-1)?.id];
  if (oldest === undefined || newest === undefined || !isPart) return null;
  return {
    first: hasOlder ? Math.min(first ?? oldest, oldest) : oldest,
    last: Math.max(newest, waiting.at(-1)?.id ?? 0, hasNewer ? (last ?? 0) : 0),
  };
}

/** `stage`: 0: nobody wants to know; otherwise it is looked for anew as it changes. */
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
