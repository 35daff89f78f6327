/** Saved frame lists by capture and machine, until the window closes. */
import { useState } from 'react';
import { useCrema } from '../../../store';
import { newList, type SavedList, type ScrollPosition } from './listState';

const saved = new Map<string, SavedList>();

/** The key of a list: each capture and machine has its own. */
export const useListKey = (vmcNo: number | null): string =>
  useCrema(({ source }) => `${source ?? 'live'} ${vmcNo ?? 'all'}`);

/** The saved list, and the function to save the current one. */
export function useSavedList(vmcNo: number | null): readonly [SavedList, (list: SavedList) => void] {
  const now = useListKey(vmcNo);
  // During navigation to another place, this list still belongs to the previous one.
  const [key] = useState(now);
  const [list] = useState(() => saved.get(key) ?? newList);
  return [list, (left) => void saved.set(key, left)];
}

/** The first visible line, from the rendered rows; `null`: there are none. */
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
