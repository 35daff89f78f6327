/** Calculates the rendered lines of a long list. All lines have the same height, so nothing is measured. */

export interface LineWindow {
  /** The rendered lines from `from` up to `to`, exclusive. */
  readonly from: number;
  readonly to: number;
  /** Start of the first block, which may lie before the first line of the list. */
  readonly begin: number;
  /** Number of rendered blocks. */
  readonly blocks: number;
}

/** A scroll target: this line at the upper edge, as far as the list's length allows. A new object is a new request. */
export interface ScrollWish {
  readonly index: number;
}

/** Ends of the list so close that more rows should be read. */
export interface Near {
  readonly start: boolean;
  readonly end: boolean;
}

/** Lines that are rendered and moved together. */
export const blockSize = 8;

/** The block of a line. Blocks begin at line 0, or at line `moved` after that number of lines were inserted before it. */
export const blockOf = (line: number, moved: number): number => Math.floor((line - moved) / blockSize);

/**
 * `first`: the line at the upper edge; `shown`: fully or partly visible lines; `ahead`: additional lines above and below. `moved` lines that were
 * inserted before them do not change the lines' blocks.
 */
export function windowAt(
  first: number,
  shown: number,
  ahead: number,
  { count, moved }: { readonly count: number; readonly moved: number },
): LineWindow {
  const blocks = Math.ceil((shown + 2 * ahead) / blockSize) + 1;
  const last = blockOf(Math.max(0, count - 1), moved);
  const block = Math.max(blockOf(0, moved), Math.min(blockOf(first - ahead, moved), last + 1 - blocks));
  const begin = block * blockSize + moved;
  return { from: Math.max(0, begin), to: Math.min(count, begin + blocks * blockSize), begin, blocks };
}

/** Only the lines at the end, because every batch replaces them. */
export function windowAtEnd(shown: number, count: number): LineWindow {
  const blocks = Math.ceil(shown / blockSize) + 1;
  const begin = Math.max(0, count - blocks * blockSize);
  return { from: begin, to: count, begin, blocks };
}

/** Height in lines of a list that follows: it stays at its end without scrolling for every new line. */
export const heightAtEnd = (shown: number, count: number): number => Math.min(count, 2 * shown);

/** Lines inserted before the upper edge; negative if removed; 0 if no visible line is left. */
export function movedBy(before: readonly number[], after: readonly number[], first: number): number {
  if (before[first] === after[first]) return 0;
  // The line itself may be gone, for example collapsed.
  for (let at = first; at < Math.min(before.length, first + 64); at += 1) {
    const found = after.indexOf(before[at] ?? NaN);
    if (found >= 0) return found - at;
  }
  return 0;
}
