import { useEffect, useRef, useState, type RefObject } from 'react';
import type { FrameRow } from '#shared/model/frame';
import type { ListHandle } from '../../../ui/VirtualList';
import { rowHeight } from './layout';
import { indexOf } from './lines';
import type { Top } from './places';

/** The row of a line, or that after it. */
const rowAt = ({ line }: Top): number => Math.ceil(Math.abs(line));

/** Scrolls once to where the list was left, as soon as its rows are there. Gives the row that is read for that; `null`: the list begins as any. */
export function useStartAt(
  given: Top | null,
  list: RefObject<ListHandle | null>,
  ids: readonly number[],
  rows: readonly FrameRow[],
): number | null {
  const [startAt] = useState(given);
  const isPlaced = useRef(startAt === null);
  useEffect(() => {
    if (startAt === null || isPlaced.current || indexOf(rows, rowAt(startAt)) < 0) return;
    const index = ids.findLastIndex((id) => Math.ceil(Math.abs(id)) <= rowAt(startAt));
    list.current?.toOffset(index * rowHeight + startAt.by);
    isPlaced.current = true;
  }, [startAt, list, ids, rows]);
  return startAt === null ? null : rowAt(startAt);
}
