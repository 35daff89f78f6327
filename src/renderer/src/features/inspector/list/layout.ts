/** px of one line. */
export const rowHeight = 22;
