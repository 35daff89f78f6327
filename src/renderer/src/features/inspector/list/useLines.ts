import { useMemo } from 'react';
import type { FrameLog } from '../../../store/frames';
import { linesOf, type Lines } from './lines';

/** `unfolded`: rows whose runs are not folded; `null`: none is. */
export function useLines({ rows, gaps }: FrameLog, unfolded: ReadonlySet<number> | null): Lines {
  const last = rows.at(-1)?.id ?? 0;
  // Gaps among what waits change with every batch; the list does not.
  const shownGaps = [...gaps.keys()].filter((id) => id <= last).join();
  return useMemo(() => {
    const before = new Set(shownGaps === '' ? [] : shownGaps.split(',').map(Number));
    return linesOf(rows, before, unfolded);
  }, [rows, shownGaps, unfolded]);
}
