import { readTable, type Table } from '../../src/main/core/lists/readTable';

/** The table of a text that has no more cells than the limit. */
export function tableOfText(text: string, isKnown: (heading: string) => boolean): Table {
  const read = readTable(text, isKnown);
  if ('overfullAt' in read) throw new Error(`too many cells at line ${read.overfullAt}`);
  return read;
}
