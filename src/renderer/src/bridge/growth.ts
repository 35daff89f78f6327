/** Requests more rows for a list at the end of a capture that is still being read, because the feed does not send them. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import type { FramePage } from '#shared/model/frame';
import { useCrema } from '../store';
import type { FrameLog } from '../store/frames';
import { shownCapture } from '../store/source';
import { request } from './request';

/** `isAtEnd`: the view is at the end of the list. `take` gets the rows newer than `from`; `null`: they exist but were not requested. */
export function useGrowth(
  filter: FrameFilter,
  { rows, next, after }: FrameLog,
  isAtEnd: boolean,
  { limit, take }: { readonly limit: number; readonly take: (page: FramePage | null, from: number) => void },
): void {
  const entries = useCrema((state) => shownCapture(state)?.entries ?? 0);
  // The capture's size when the end of the list was requested: the list has all matches among these entries.
  const [readTo, setReadTo] = useState(entries);
  const last = rows.at(-1)?.id ?? 0;
  const from = Math.max(readTo, last);
  const onPage = useEffectEvent(take);
  const hasBacklog = next !== undefined && after === null && entries > readTo;
  useEffect(() => {
    if (!hasBacklog) return;
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
  }, [filter, hasBacklog, isAtEnd, entries, from, limit]);
}
