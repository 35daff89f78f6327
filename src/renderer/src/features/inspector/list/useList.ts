import { useLayoutEffect, useState } from 'react';
import { useCrema, wantFrame } from '../../../store';
import { createList, savedList, withOtherFilter, type ScrollPosition } from './listState';
import { createListStore, type ListStore } from './listStore';
import { useSavedList } from './savedLists';

/** The saved list of a place. Each filter has its own list, so that late answers do not reach another one. */
export function useList(
  vmcNo: number | null,
  filterKey: string,
  { inCapture, folding }: { readonly inCapture: boolean; readonly folding: boolean },
): readonly [ListStore, (top: ScrollPosition | null) => void] {
  const [saved, save] = useSavedList(vmcNo);
  const wanted = useCrema((s) => s.wantedFrame);
  const [now, setNow] = useState(() => ({
    filterKey,
    list: createListStore(createList(saved, { inCapture, folding, wanted })),
  }));
  if (now.filterKey !== filterKey)
    setNow({ filterKey, list: createListStore(withOtherFilter(now.list.getState())) });
  const { list } = now;
  useLayoutEffect(() => {
    if (wanted === null) return;
    list.dispatch({ type: 'wanted', id: wanted });
    wantFrame(null);
  }, [list, wanted]);
  return [list, (top) => save(savedList(list.getState(), top))];
}
