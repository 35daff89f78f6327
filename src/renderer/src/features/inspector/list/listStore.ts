import { createStore, useStore, type StoreApi } from 'zustand';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ListHandle } from '../../../ui/VirtualList';
import { reduceList, type ListAction } from './listReducer';
import type { ListState } from './listState';
import { indexOf, rowAt } from './lines';
import { rowHeights } from '../../../ui/rows';

/** A frame list of one place and filter. */
export interface ListStore extends Omit<StoreApi<ListState>, 'setState'> {
  readonly dispatch: (action: ListAction) => void;
}

export function createListStore(state: ListState): ListStore {
  const { setState, ...store } = createStore<ListState>(() => state);
  return { ...store, dispatch: (action) => setState((now) => reduceList(now, action), true) };
}

export const useListState = <T>(list: ListStore, select: (state: ListState) => T): T =>
  useStore(list, select);

/** Returns true until the user moves in the list; later results then do not move it. */
export function untilMoved(list: ListStore): () => boolean {
  const { moves } = list.getState();
  return () => list.getState().moves === moves;
}

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
    box.current?.toOffset(index * rowHeights.frame + startAt.by);
    isPlaced.current = true;
  }, [list, startAt, box, ids, rows]);
  return startAt === null ? null : rowAt(startAt.line);
}
