/**
 * The rail beside a list of frames: a scrollbar over the whole journal, of which the list holds a part. Its places are the numbers of the
 * entries, which grow by one from the oldest to the newest: known without counting, with a filter and without. Where all lines are
 * in the list, its places are the lines.
 */

/** The first and the last there is, or of those in view. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Where `seen` stands in `all`: 0 with the first in view, 1 with the last. */
export function shareOf(all: Span, seen: Span): number {
  const before = Math.max(0, seen.first - all.first);
  const beyond = Math.max(0, all.last - seen.last);
  return before + beyond === 0 ? 1 : before / (before + beyond);
}

/** The number of the entry there. */
export const entryAt = ({ first, last }: Span, share: number): number =>
  Math.round(first + Math.min(1, Math.max(0, share)) * (last - first));

/** px of a thumb that can still be taken hold of. */
export const smallestThumb = 32;

/** px from the rail's upper end, and its height. `part`: how much of all is in view; 0: next to nothing. */
export function thumbOf(
  rail: number,
  part: number,
  share: number,
): { readonly top: number; readonly height: number } {
  const height = Math.min(rail, Math.max(smallestThumb, rail * part));
  return { top: (rail - height) * share, height };
}

/** Where the thumb stands when its upper edge is there, px from the rail's upper end. */
export function shareAt(rail: number, thumb: number, top: number): number {
  const room = rail - thumb;
  return room <= 0 ? 1 : Math.min(1, Math.max(0, top / room));
}
