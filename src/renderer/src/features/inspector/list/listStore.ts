import { createStore, useStore, type StoreApi } from 'zustand';
import { reduceList, type ListAction } from './listReducer';
import type { ListState } from './listState';

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
