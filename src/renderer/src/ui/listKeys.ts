import { isKey, type Pressed } from './keys';

/** Where a key moves to in a list of `length` lines; `null`: not a key of lists. `from` is -1 with nothing chosen. */
export function listMove(event: Pressed, from: number, length: number, page: number): number | null {
  if (length === 0) return null;
  const within = (index: number): number => Math.min(length - 1, Math.max(0, index));
  if (isKey('down', event) || isKey('next', event)) return within(from + 1);
  if (isKey('up', event) || isKey('previous', event)) return from < 0 ? length - 1 : within(from - 1);
  if (isKey('first', event)) return 0;
  if (isKey('last', event)) return length - 1;
  if (isKey('pageDown', event)) return within(from + page);
  if (isKey('pageUp', event)) return within(from - page);
  return null;
}

/** The first and the last line that are wholly in view. */
export interface InView {
  readonly first: number;
  readonly last: number;
}

/** The line to give `listMove` as `from` where none is current: beside those in view, so that a key leads to one of them. */
export const besideView = (event: Pressed, { first, last }: InView): number =>
  isKey('up', event) || isKey('previous', event) || isKey('pageUp', event) ? last + 1 : first - 1;

/** `above`: so many of the first lines have no room in the box's height. */
export function inViewOf(
  { scrollTop, clientHeight }: Pick<HTMLElement, 'scrollTop' | 'clientHeight'>,
  rowHeight: number,
  above: number,
): InView {
  const first = Math.ceil(scrollTop / rowHeight);
  // A box that is lower than a line shows one all the same.
  const last = Math.max(first, Math.floor((scrollTop + clientHeight) / rowHeight) - 1);
  return { first: first + above, last: last + above };
}

/** Lines that PageUp and PageDown move by. */
export function pageOf(box: HTMLElement, rowHeight: number): number {
  return Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
}
