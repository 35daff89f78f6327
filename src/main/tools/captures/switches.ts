/** The switches of `npm run journal`. */
import { parseArgs } from 'node:util';
import { filterErrorSentence } from '#shared/filter/errorWords';
import { frameTest, everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { FilterError } from '#shared/filter/language/errors';
import { exportFormats, type ExportFormat } from '#shared/model/capture';
import { readGroups, type GroupSwitches } from './groupSwitches';
import { compareTakes, readCompare, type CompareCommand } from './compareSwitches';
import { columnsOf } from './terminal';
import { readReplay, replayTakes, type ReplayCommand } from '../replay/replaySwitches';

export const usage = `npm run journal -- COMMAND --data-dir DIR [switches]

Reads and fills Crema's journal without a window, also while the app runs.

  export   writes frames to a file           --out FILE [--format pcapng|jsonl|csv] [--filter '…']
           (with marks and notes; findings are codes, in exports of the app they are sentences)
  query    prints entries as JSON lines      [--filter '…'] [--limit N] [--count] [--out FILE]
           or counts them in groups          --group-by NAME,NAME [--stats NAME,NAME] [--format table|json|csv]
           or names machines without a match --missing
  import   makes a journal from a capture    --in FILE, or - for the standard input
           (DIR must not have a journal yet)
           (pcap, pcapng or JSONL, also with gzip; findings as on a live connection; JSONL keeps its own
           findings, marks and notes)
  replay   sends frames again                FILE or --data-dir DIR, --to HOST:PORT or --listen HOST:PORT
           [--filter '…'] [--speed N|--step] [--vmc N] [--keep RULE,RULE] [--code CODE] [--yes]
           (as the machine to a server, or as the server to a machine that connects; the answers are
           compared with the recorded ones)
  compare  compares two recordings           A B, each a capture or a data folder [--filter '…'] [--all]
           (frames in the order of their     [--format table|json|csv] [--out FILE]
           commands; numbers, order numbers and times are explained differences)

  --data-dir DIR   the folder of the journal (the app's data folder)
  --out FILE       replaced when the new file is complete; - is the standard output
  --format F       pcapng, jsonl or csv; default: by the name of the file, else jsonl
  --filter '…'     such as 'cmd:error vmc:33232 time>=-2h' (docs/filter.md); default: everything
  --limit N        at most the newest N entries, or the N largest groups
  --all            equal frames, too
  --count          only their number, including connections and findings
  --group-by NAMES machine, cmd, dir, version, platform, finding, peer, hour, day, any other field of a filter or
                   member of the body (body.Amount). Each group has its count, share, first and last time. An entry
                   with several findings is in several groups
  --stats NAMES    latency, gap, size, amount or a member of the body: count, min, median, p95, p99, max, sum in each
                   group. Times are ms, amounts fen, sizes bytes. Both a question and its answer have the latency
  --missing        the machines of the journal and of the settings that have no such entry, one per line
  --to HOST:PORT   the server to send to; an order can become a real sale there
  --listen H:P     where a machine connects; it gets the server's own frames, and Crema's answers to its
                   questions. Its frames are not recorded. A question names the effects on the machine;
                   --yes skips it
  --speed N        recorded pauses divided by N; default: the recorded pauses
  --step           each frame waits for Enter
  --vmc N          the machine number in the sent frames
  --keep RULE      not rewritten: numbers, orders (otherwise new numbers of the same form), times
                   (otherwise moved to now), heads (otherwise le48 numbers without gaps)
  --code CODE      logins get the sign of CODE
  -h, --help       this text

Examples, for a journal in ./data:
  npm run -s journal -- query --data-dir data --filter 'cmd:error dir:in' --limit 20
  npm run -s journal -- query --data-dir data --filter dir:in --group-by machine,cmd --stats latency --format csv
  npm run -s journal -- export --data-dir data --filter '-fold:hb time>=-2h' --out day.csv
  npm run -s journal -- export --data-dir data --format pcapng --out - | tshark -r -
  npm run -s journal -- compare good.pcapng bad.pcapng --filter dir:in
  npm run -s journal -- replay day.pcapng --to 192.168.1.20:4567 --speed 10 --filter 'vmc:33232'

Times are in this computer's time zone (TZ sets another one), also in filters. JSON lines have the zone with
each time, CSV does not. Messages go to the standard error.

Exit codes: 0 done, 1 failed, or the answers to a replay or the compared recordings differ, 2 wrong switches, 3 a query
found nothing, 130 cancelled by Ctrl-C. A failed or cancelled command leaves no incomplete file and no incomplete journal.
`;

export interface Command {
  readonly command: 'export' | 'query' | 'import';
  readonly dataDir: string;
  readonly filter: FrameFilter;
  readonly format: ExportFormat;
  /** A file; `-`: the standard output. */
  readonly out: string;
  readonly in: string | null;
  readonly limit: number | null;
  readonly count: boolean;
  /** Counts groups instead of printing entries. */
  readonly groups: GroupSwitches | null;
  /** Names machines without a match instead of printing entries. */
  readonly missing: boolean;
}
export type ParsedArguments =
  | 'help'
  | { readonly problem: string }
  | Command
  | ReplayCommand
  | CompareCommand;

const everywhere = ['data-dir', 'help'];
const takes = {
  export: ['out', 'format', 'filter'],
  query: ['out', 'filter', 'limit', 'count', 'group-by', 'stats', 'format', 'missing'],
  import: ['in'],
  replay: replayTakes,
  compare: compareTakes,
} as const;
const isCommand = (text: string | undefined): text is keyof typeof takes =>
  text !== undefined && Object.hasOwn(takes, text);
/** Commands that name their files without a switch. */
const namesFiles = (command: keyof typeof takes): command is 'replay' | 'compare' =>
  command === 'replay' || command === 'compare';

export function readArguments(args: readonly string[], now: number): ParsedArguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals, tokens } = parsed;
  const [command, ...more] = positionals;
  if (values.help === true || command === 'help') return 'help';
  const twice = tokens.find(
    (token, at) => token.kind === 'option' && isAgain(tokens.slice(0, at), token.name),
  );
  if (twice?.kind === 'option') {
    const join =
      twice.name === 'filter' ? ' Terms side by side must all hold; OR stands between others.' : '';
    return { problem: `${twice.rawName} is given twice.${join}` };
  }
  if (!isCommand(command))
    return {
      problem: `${notACommand(command)} Use one of: ${Object.keys(takes).join(', ')}. --help explains them.`,
    };
  if (more.length > 0 && !namesFiles(command))
    return {
      problem: `Nothing is known to do with ${more.join(' ')}. A value with blanks needs quotation marks.`,
    };
  const known = new Set<string>([...(command === 'compare' ? ['help'] : everywhere), ...takes[command]]);
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined)
    return { problem: `${command} takes no --${unknown}. --help lists its switches.` };
  const empty = (['data-dir', 'out', 'in'] as const).find((name) => values[name] === '');
  if (empty !== undefined) return { problem: `--${empty} is empty.` };
  if (values['data-dir'] === undefined && !namesFiles(command))
    return { problem: '--data-dir is missing: where the journal is.' };
  const filter = { ...everyFrame, text: values.filter ?? '' };
  const test = frameTest(filter, now);
  if (!test.ok) return { problem: filterProblem(filter.text, test.error) };
  if (command === 'replay') return readReplay(values, more, filter);
  if (command === 'compare') return readCompare(values, more, filter);
  const { limit: max, out } = values;
  if (max !== undefined && !/^0*[1-9]\d{0,14}$/.test(max))
    return { problem: `--limit is a whole number above 0, not ${max === '' ? 'nothing' : max}.` };
  if (command === 'export' && out === undefined)
    return { problem: '--out is missing: the file to write, or - for the standard output.' };
  if (command === 'import' && values.in === undefined)
    return { problem: '--in is missing: the file to read, or - for the standard input.' };
  const groups = command === 'query' ? readGroups(values) : null;
  if (groups !== null && 'problem' in groups) return groups;
  const missing = values.missing === true;
  if (missing && (groups !== null || values.count === true || max !== undefined))
    return { problem: '--missing stands alone: leave --group-by, --count and --limit out.' };
  const byName = /\.(\w+)$/.exec(out ?? '')?.[1]?.toLowerCase();
  const requested = values.format ?? byName ?? 'jsonl';
  const format = exportFormats.find((each) => each === requested);
  if (format === undefined && command === 'export')
    return { problem: `--format is pcapng, jsonl or csv, not ${requested === '' ? 'nothing' : requested}.` };
  return {
    command,
    dataDir: values['data-dir'] ?? '',
    filter,
    format: format ?? 'jsonl',
    out: out ?? '-',
    in: values.in ?? null,
    limit: max === undefined ? null : Number(max),
    count: values.count === true,
    groups,
    missing,
  };
}

function notACommand(command: string | undefined): string {
  return command === undefined ? 'What is to be done?' : `There is no command ${command}.`;
}

type ParseResult = ReturnType<typeof parse>;

function isAgain(before: ParseResult['tokens'], name: string): boolean {
  return before.some((token) => token.kind === 'option' && token.name === name);
}

function filterProblem(text: string, error: FilterError): string {
  // On one line, so that the pointer below it fits.
  const shown = text.replace(/\s/g, ' ');
  const { at, length } = error;
  const pointer = ' '.repeat(columnsOf(shown.slice(0, at)));
  const place = '^'.repeat(Math.max(1, columnsOf(shown.slice(at, at + length))));
  return `The filter can't be read. ${filterErrorSentence(error)}\n  ${shown}\n  ${pointer}${place}`;
}

/** A filter may begin with a minus, such as `-fold:hb`. */
function joined(args: readonly string[]): string[] {
  return args.flatMap((arg, at) => {
    if (args[at - 1] === '--filter' && isMinus(arg)) return [];
    const next = args[at + 1];
    return arg === '--filter' && next !== undefined && isMinus(next) ? [`--filter=${next}`] : [arg];
  });
}

const isMinus = (arg: string): boolean => /^-[^-]/.test(arg);

function parse(args: readonly string[]) {
  return parseArgs({
    args: joined(args),
    allowPositionals: true,
    tokens: true,
    options: {
      'data-dir': { type: 'string' },
      format: { type: 'string' },
      filter: { type: 'string' },
      out: { type: 'string' },
      in: { type: 'string' },
      limit: { type: 'string' },
      count: { type: 'boolean' },
      'group-by': { type: 'string' },
      stats: { type: 'string' },
      missing: { type: 'boolean' },
      all: { type: 'boolean' },
      to: { type: 'string' },
      listen: { type: 'string' },
      yes: { type: 'boolean' },
      speed: { type: 'string' },
      step: { type: 'boolean' },
      vmc: { type: 'string' },
      keep: { type: 'string' },
      code: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}
