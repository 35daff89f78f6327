/** How a person left a list of frames, per capture and machine and for all of them, as long as the window lives. */
import { useState } from 'react';
import { useCrema } from '../../../store';
import { newList, type SavedList, type ScrollPosition } from './listState';

const saved = new Map<string, SavedList>();

/** Names the list: another capture and another machine have lists of their own. */
export const useListKey = (vmcNo: number | null): string =>
  useCrema(({ source }) => `${source ?? 'live'} ${vmcNo ?? 'all'}`);

/** The list as it was left, and the way to keep how one leaves it now. */
export function useSavedList(vmcNo: number | null): readonly [SavedList, (list: SavedList) => void] {
  const now = useListKey(vmcNo);
  // While the window goes elsewhere this list is still that of where it came from.
  const [key] = useState(now);
  const [list] = useState(() => saved.get(key) ?? newList);
  return [list, (left) => void saved.set(key, left)];
}

/** The first line of a list that is in view, by the rows that are drawn; `null`: there are none. */
export function topOf(list: Element | null | undefined): ScrollPosition | null {
  if (list == null) return null;
  const { top } = list.getBoundingClientRect();
  let first: ScrollPosition | null = null;
  for (const row of list.querySelectorAll<HTMLElement>('[data-id]')) {
    const by = top - row.getBoundingClientRect().top;
    const isInView = by < row.offsetHeight;
    if (isInView && (first === null || by > first.by)) first = { line: Number(row.dataset['id']), by };
  }
  return first;
}
