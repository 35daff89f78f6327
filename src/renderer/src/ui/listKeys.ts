import { isKey, type Pressed } from './keys';

/** The line to which a key moves in a list of `length` lines; `null`: not a list key. `from` is -1 without a current line. */
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

/** The first and the last fully visible line. */
export interface InView {
  readonly first: number;
  readonly last: number;
}

/** The `from` for `listMove` without a current line: just outside the view, so that a key leads into it. */
export const besideView = (event: Pressed, { first, last }: InView): number =>
  isKey('up', event) || isKey('previous', event) || isKey('pageUp', event) ? last + 1 : first - 1;

/** `above`: first lines that the box's height leaves out. */
export function inViewOf(
  { scrollTop, clientHeight }: Pick<HTMLElement, 'scrollTop' | 'clientHeight'>,
  rowHeight: number,
  above: number,
): InView {
  const first = Math.ceil(scrollTop / rowHeight);
  // A box lower than a line still shows one.
  const last = Math.max(first, Math.floor((scrollTop + clientHeight) / rowHeight) - 1);
  return { first: first + above, last: last + above };
}

/** Lines for PageUp and PageDown. */
export function pageOf(box: HTMLElement, rowHeight: number): number {
  return Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
}

/** Puts the ring of the style sheet on the first whole line in view. */
export function markFirst(box: HTMLElement, rowHeight: number): void {
  if (!box.matches(':focus-visible')) return;
  const first = (rowHeight - (box.scrollTop % rowHeight)) % rowHeight;
  box.style.setProperty('--first', `${first}px`);
}
