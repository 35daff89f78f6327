import { useEffect, useRef, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { useExtent } from '../../../bridge/extent';
import type { FrameList } from '../../../bridge/frames';
import { entryAt, type Span } from './rail';

type Place = number | 'start' | 'end';

interface RailDrive {
  /** Where the list is to be scrolled, now that its rows are there: a row by its id, or an end. */
  readonly goal: { readonly to: Place } | null;
  readonly reach: (to: Place) => void;
  /** The frames at a place of the rail become the list. Of many places in a row the last one counts. */
  readonly goTo: (share: number) => void;
  readonly extent: Span | null;
}

/** What dragging the rail does to the list. */
export function useRail(filter: FrameFilter, frames: FrameList): RailDrive {
  const extent = useExtent(filter, frames.log);
  const [goal, setGoal] = useState<{ readonly to: Place } | null>(null);
  const reach = (to: Place): void => setGoal({ to });
  const wanted = useRef<number | null>(null);
  const busy = useRef(false);
  const go = async (share: number): Promise<void> => {
    if (extent === null) return;
    if (share <= 0) {
      await frames.toOldest();
      reach('start');
    } else if (share >= 1) {
      await frames.toNewest();
      reach('end');
    } else {
      const id = await frames.around(entryAt(extent, share), () => wanted.current === null);
      if (id !== null) reach(id);
    }
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
  return { goal, reach, goTo: (share) => void goTo(share), extent };
}
