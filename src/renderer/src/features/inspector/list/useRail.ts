import { useEffect, useRef } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { useExtent } from '../../../bridge/extent';
import type { FrameReader } from '../../../bridge/frames';
import { untilMoved, useListState, type ListStore } from './listStore';
import { entryAt, type Span } from './rail';

interface RailUse {
  /** Loads the frames at a position of the rail. Of several requests, only the last counts. */
  readonly goTo: (share: number) => void;
  readonly extent: Span | null;
}

/** The effect of the rail on the list. */
export function useRail(filter: FrameFilter, list: ListStore, frames: FrameReader): RailUse {
  const extent = useExtent(
    filter,
    useListState(list, (s) => s.log),
  );
  const wanted = useRef<number | null>(null);
  const busy = useRef(false);
  const go = async (share: number): Promise<void> => {
    if (extent === null) return;
    const isHere = untilMoved(list);
    const isActive = (): boolean => wanted.current === null && isHere();
    if (share <= 0) await frames.toOldest(isActive);
    else if (share >= 1) await frames.toNewest(isActive);
    else await frames.around(entryAt(extent, share), isActive);
  };
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const goTo = async (share: number): Promise<void> => {
    wanted.current = share;
    if (busy.current) return;
    busy.current = true;
    while (wanted.current !== null) {
      const next: number = wanted.current;
      wanted.current = null;
      await latest.current(next);
    }
    busy.current = false;
  };
  return { goTo: (share) => void goTo(share), extent };
}
