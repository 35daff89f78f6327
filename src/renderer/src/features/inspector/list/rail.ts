/**
 * The rail beside a frame list: a scrollbar over the whole journal; the list holds only a part. Its positions are entry numbers, which grow
 * by one from oldest to newest, so that no counting is needed, with or without a filter. If all lines are loaded, its positions are the lines.
 */

/** The first and last position, of all or of the visible ones. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The position of `seen` in `all`: 0 if the first is in view, 1 if the last is. */
export function shareOf(all: Span, seen: Span): number {
  const before = Math.max(0, seen.first - all.first);
  const beyond = Math.max(0, all.last - seen.last);
  return before + beyond === 0 ? 1 : before / (before + beyond);
}

/** The entry number at that position. */
export const entryAt = ({ first, last }: Span, share: number): number =>
  Math.round(first + Math.min(1, Math.max(0, share)) * (last - first));

/** Height of the smallest usable thumb, px. */
export const smallestThumb = 32;

/** The thumb's distance from the rail's upper end and its height, px. `part`: the visible share; 0: almost nothing. */
export function thumbOf(
  rail: number,
  part: number,
  share: number,
): { readonly top: number; readonly height: number } {
  const height = Math.min(rail, Math.max(smallestThumb, rail * part));
  return { top: (rail - height) * share, height };
}

/** The position of a thumb whose upper edge is at `top`, px from the rail's upper end. */
export function shareAt(rail: number, thumb: number, top: number): number {
  const room = rail - thumb;
  return room <= 0 ? 1 : Math.min(1, Math.max(0, top / room));
}
