/** Which lines of a long list are drawn. All lines are of one height, so that nothing has to be measured. */

export interface LineWindow {
  /** The first line that is drawn, and the first that is not any more. */
  readonly from: number;
  readonly to: number;
  /** Where the first block begins: before the first line of the list where that stands within it. */
  readonly begin: number;
  /** Blocks of lines there are nodes for. */
  readonly blocks: number;
}

/** Where the list is to be scrolled: this line to its upper edge, or as near as the list's end lets it. Another object is another wish. */
export interface ScrollWish {
  readonly index: number;
}

/** So near that what lies beyond should be read. */
export interface Near {
  readonly start: boolean;
  readonly end: boolean;
}

/** Lines that are drawn and moved together. */
export const blockSize = 8;

/** The block that a line is in, of those that begin at line 0 of the list or, once `moved` lines were put before it, at that one. */
export const blockOf = (line: number, moved: number): number => Math.floor((line - moved) / blockSize);

/**
 * `first`: the line at the upper edge; `shown`: those that fit into the height, also in part; `ahead`: drawn above and below. Lines that
 * were put before them, `moved`, leave lines in their blocks.
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

/** The lines at the end, and no others: while every batch replaces them all. */
export function windowAtEnd(shown: number, count: number): LineWindow {
  const blocks = Math.ceil(shown / blockSize) + 1;
  const begin = Math.max(0, count - blocks * blockSize);
  return { from: begin, to: count, begin, blocks };
}

/** Lines that a list that follows is high: then it stands at its end without being scrolled with every line that comes. */
export const heightAtEnd = (shown: number, count: number): number => Math.min(count, 2 * shown);

/** How many lines were put before what stands at the upper edge, negative if taken from there; 0 where it is gone altogether. */
export function movedBy(before: readonly number[], after: readonly number[], first: number): number {
  if (before[first] === after[first]) return 0;
  // The line itself may be gone, as one that was folded is.
  for (let at = first; at < Math.min(before.length, first + 64); at += 1) {
    const found = after.indexOf(before[at] ?? NaN);
    if (found >= 0) return found - at;
  }
  return 0;
}
