/** The switches of `npm run journal`. */
import { parseArgs } from 'node:util';
import { frameTest, everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { ExportFormat } from '#shared/model/capture';

export const usage = `npm run journal -- COMMAND --data-dir DIR [switches]

Reads and fills Crema's journal without a window, also while the app runs.

  export   writes frames to a file        --out FILE [--format pcapng|jsonl|csv] [--filter '…']
           (marks and notes go with them; remarks are codes, in the app's own exports sentences)
  query    prints entries as JSON lines   [--filter '…'] [--limit N] [--count] [--out FILE]
  import   makes a journal of a capture   --in FILE   (DIR must not hold a journal yet)
           (remarked as if live; JSONL brings its own remarks, marks and notes)

  --data-dir DIR   where the journal is (the app's data directory)
  --format F       pcapng, jsonl or csv; without it, by the name of the file
  --filter '…'     such as 'cmd:error vmc:33232 time>=-2h' (docs/filter.md); without it, everything
  --limit N        at most the newest N entries
  --count          only their number, connections and remarks among them
  --help           this text

Exit codes: 0 done, 1 it failed, 2 the switches make no sense.
`;

export interface Command {
  readonly command: 'export' | 'query' | 'import';
  readonly dataDir: string;
  readonly filter: FrameFilter;
  readonly format: ExportFormat;
  readonly out: string | null;
  readonly in: string | null;
  readonly limit: number | null;
  readonly count: boolean;
}
export type Asked = 'help' | { readonly problem: string } | Command;

const everywhere = ['data-dir', 'help'];
const takes = {
  export: ['out', 'format', 'filter'],
  query: ['out', 'filter', 'limit', 'count'],
  import: ['in'],
} as const;
const formats = ['pcapng', 'jsonl', 'csv'] as const;

export function readArguments(args: readonly string[], now: number): Asked {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help === true || args.length === 0) return 'help';
  const [command, ...more] = positionals;
  if ((command !== 'export' && command !== 'query' && command !== 'import') || more.length > 0)
    return { problem: 'Say one of: export, query, import. --help tells more.' };
  if (values['data-dir'] === undefined) return { problem: '--data-dir is missing: where the journal is.' };
  const filter = { ...everyFrame, text: values.filter ?? '' };
  const test = frameTest(filter, now);
  if (!test.ok) {
    const pointer = `${' '.repeat(test.error.at)}${'^'.repeat(Math.max(1, test.error.length))}`;
    return { problem: `The filter can't be read (${test.error.code}):\n  ${filter.text}\n  ${pointer}` };
  }
  const limit = values.limit === undefined ? null : Number(values.limit);
  if (limit !== null && !(Number.isInteger(limit) && limit > 0))
    return { problem: `--limit is a whole number above 0, not ${values.limit}.` };
  const byName = /\.(\w+)$/.exec(values.out ?? '')?.[1]?.toLowerCase();
  const wanted = values.format ?? byName ?? 'jsonl';
  const format = formats.find((known) => known === wanted);
  if (command === 'export' && values.out === undefined)
    return { problem: '--out is missing: the file to write.' };
  if (command === 'import' && values.in === undefined)
    return { problem: '--in is missing: the file to read.' };
  const known = new Set<string>([...everywhere, ...takes[command]]);
  const useless = Object.keys(values).find((name) => !known.has(name));
  if (useless !== undefined)
    return { problem: `${command} takes no --${useless}. --help tells what it takes.` };
  if (command === 'export' && values.out === '-')
    return { problem: '--out is a file; query prints to the terminal.' };
  if (format === undefined && command === 'export')
    return { problem: `--format is pcapng, jsonl or csv, not ${wanted}.` };
  return {
    command,
    dataDir: values['data-dir'],
    filter,
    format: format ?? 'jsonl',
    out: values.out ?? null,
    in: values.in ?? null,
    limit,
    count: values.count === true,
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      format: { type: 'string' },
      filter: { type: 'string' },
      out: { type: 'string' },
      in: { type: 'string' },
      limit: { type: 'string' },
      count: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
}
