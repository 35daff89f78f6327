/** Where a person was in a list of frames, per capture and machine and for all of them, as long as the window lives. */
import { useState } from 'react';
import { useCrema } from '../../../store';
import type { HeldState } from './useHolding';

/** The first line in view, and how many px of it are out of view. */
export interface Top {
  readonly line: number;
  readonly by: number;
}
export interface ListPlace {
  readonly openId: number | null;
  readonly cursor: number | null;
  readonly held: HeldState;
  /** `null`: the list was at its newest. */
  readonly top: Top | null;
}
const nowhere: ListPlace = {
  openId: null,
  cursor: null,
  held: { mode: 'auto', scrolledUp: false },
  top: null,
};
const places = new Map<string, ListPlace>();

/** Names the list: another capture and another machine have lists of their own. */
export const useListKey = (vmcNo: number | null): string =>
  useCrema(({ source }) => `${source ?? 'live'} ${vmcNo ?? 'all'}`);

/** The place as it was left, and the way to keep where one leaves now. */
export function useListPlace(vmcNo: number | null): readonly [ListPlace, (place: ListPlace) => void] {
  const now = useListKey(vmcNo);
  // While the window goes elsewhere this list is still that of where it came from.
  const [key] = useState(now);
  const [place] = useState(() => places.get(key) ?? nowhere);
  return [place, (left) => void places.set(key, left)];
}

/** The first line of a list that is in view, by the rows that are drawn; `null`: there are none. */
export function topOf(list: Element | null | undefined): Top | null {
  if (list == null) return null;
  const { top } = list.getBoundingClientRect();
  let first: Top | null = null;
  for (const row of list.querySelectorAll<HTMLElement>('[data-id]')) {
    const by = top - row.getBoundingClientRect().top;
    const isInView = by < row.offsetHeight;
    if (isInView && (first === null || by > first.by)) first = { line: Number(row.dataset['id']), by };
  }
  return first;
}
