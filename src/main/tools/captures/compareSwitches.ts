/** The switches of `npm run journal -- compare`. */
import type { FrameFilter } from '#shared/filter/frames';

const formats = ['table', 'json', 'csv'] as const;
export interface CompareCommand {
  readonly command: 'compare';
  /** A capture, or the data folder of a journal. */
  readonly left: string;
  readonly right: string;
  readonly filter: FrameFilter;
  readonly format: (typeof formats)[number];
  /** Prints equal frames, too. */
  readonly all: boolean;
  /** A file; `-`: the standard output. */
  readonly out: string;
}

export const compareTakes = ['filter', 'format', 'all', 'out'] as const;

interface Values {
  readonly format?: string | undefined;
  readonly all?: boolean | undefined;
  readonly out?: string | undefined;
}

export function readCompare(
  { format = 'table', all = false, out = '-' }: Values,
  sources: readonly string[],
  filter: FrameFilter,
): CompareCommand | { readonly problem: string } {
  const [left, right, ...more] = sources;
  if (left === undefined || right === undefined || more.length > 0)
    return {
      problem: `compare takes two captures or data folders, not ${sources.length}. Example: compare before.pcapng after.pcapng`,
    };
  const known = formats.find((each) => each === format);
  if (known === undefined)
    return { problem: `--format is table, json or csv here, not ${format === '' ? 'nothing' : format}.` };
  return { command: 'compare', left, right, filter, format: known, all, out };
}
