import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ListHandle } from '../../../ui/VirtualList';
import { rowHeight } from './layout';
import { indexOf, rowAt } from './lines';
import { useListState, type ListStore } from './listStore';

/** Scrolls once to the saved position when its rows are loaded. Returns the row to load; `null`: start at the default position. */
export function useStartAt(list: ListStore, box: RefObject<ListHandle | null>): number | null {
  const [startAt] = useState(() => list.getState().startAt);
  const { ids } = useListState(list, (s) => s.lines);
  const rows = useListState(list, (s) => s.log.rows);
  const isPlaced = useRef(startAt === null);
  useEffect(() => {
    // A user who has moved is not brought back.
    if (list.getState().moves > 0) isPlaced.current = true;
    if (startAt === null || isPlaced.current || indexOf(rows, rowAt(startAt.line)) < 0) return;
    const index = ids.findLastIndex((id) => rowAt(id) <= rowAt(startAt.line));
    box.current?.toOffset(index * rowHeight + startAt.by);
    isPlaced.current = true;
  }, [list, startAt, box, ids, rows]);
  return startAt === null ? null : rowAt(startAt.line);
}
