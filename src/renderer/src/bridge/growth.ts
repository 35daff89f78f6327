/** A capture that is still being read grows at its end, without news in the feed: a list there asks for more by itself. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import type { FramePage } from '#shared/model/frame';
import { useCrema } from '../store';
import type { FrameLog } from '../store/frames';
import { shownCapture } from '../store/source';
import { request } from './request';

/** `isAtEnd`: someone waits at the end of the list. `take`: what is newer than `from`, where the list ended; `null`: it was not readTo for, but may be there. */
export function useGrowth(
  filter: FrameFilter,
  { rows, next, after }: FrameLog,
  isAtEnd: boolean,
  { limit, take }: { readonly limit: number; readonly take: (page: FramePage | null, from: number) => void },
): void {
  const entries = useCrema((state) => shownCapture(state)?.entries ?? 0);
  // So many were there when the end of the list was readTo for: what matches among them is in it.
  const [readTo, setReadTo] = useState(entries);
  const last = rows.at(-1)?.id ?? 0;
  const from = Math.max(readTo, last);
  const onPage = useEffectEvent(take);
  const isBehind = next !== undefined && after === null && entries > readTo;
  useEffect(() => {
    if (!isBehind) return;
    if (!isAtEnd) return onPage(null, from);
    let still = true;
    const read = async (): Promise<void> => {
      const reply = await request('frames', { filter, place: { after: from }, limit });
      if (!still || !reply.ok) return;
      setReadTo(entries);
      onPage(reply.value, from);
    };
    void read();
    return () => {
      still = false;
    };
  }, [filter, isBehind, isAtEnd, entries, from, limit]);
}
