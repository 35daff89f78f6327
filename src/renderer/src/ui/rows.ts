/** px of a row of each kind of list; the same values as `--row-…` in tokens.css. */
export const rowHeights = { table: 40, list: 26, frame: 22, machine: 40 } as const;
