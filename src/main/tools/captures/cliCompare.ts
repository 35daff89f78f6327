/** `compare`: what is missing, extra or different in the second of two recordings. */
import { statSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { align, type Alignment, type FramePair } from '#shared/compare/align';
import type { ComparableFrame, MemberDifference } from '#shared/compare/frames';
import { numberOf } from '#shared/model/frame';
import { oneLine } from '#shared/visible';
import { isoTime, localTime } from '../../core/captures/out/clock';
import { csvText } from '../../core/captures/out/exportCsv';
import type { Write } from '../../core/captures/types';
import { comparableFrame } from '../../core/state/frameRow';
import { readStored } from '../../core/state/readStored';
import { marksOf, scan } from '../../journal/embed';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { counted, Problem } from './cliMessages';
import { journalOf, queryOf } from './cliReads';
import type { CompareCommand } from './compareSwitches';
import { withJournalOf } from './temporaryJournal';
import { printStatus, tableText } from './terminal';

interface Parts {
  readonly journalWorker: string;
  readonly print: Write;
  readonly cancel: AbortSignal;
}

/** Both sides are in memory with their bodies. */
const mostFrames = 200_000;

/** Whether the recordings differ in nothing that is unexplained. */
export async function compareRecordings(command: CompareCommand, parts: Parts): Promise<boolean> {
  const left = await framesOf(command.left, command, parts);
  const right = await framesOf(command.right, command, parts);
  if (left.length === 0 && right.length === 0)
    throw new Problem('Neither recording has a frame of the filter, so there is nothing to compare.');
  const alignment = align(left, right);
  const { counts, byCount, pairs } = alignment;
  const shown = command.all ? pairs : pairs.filter(({ outcome }) => outcome !== 'same');
  const write = { table: tableOf, json: jsonOf, csv: csvOf }[command.format];
  const text = write(shown);
  const work = (print: Write): Promise<void> => print(Buffer.from(text));
  await (command.out === '-' ? work(parts.print) : writeWholeFile(command.out, work, parts.cancel));
  if (byCount)
    printStatus(
      'The recordings differ in too many places. The first frame of a command is compared with the first, the second with the second.',
    );
  printStatus(summaryOf(alignment));
  return counts.differs + counts.missing + counts.extra === 0;
}

function summaryOf({ counts, pairs }: Alignment): string {
  const { same, explained, differs, missing, extra } = counts;
  return `${counted(pairs.length, 'line', 'lines')}: ${same} the same, ${explained} explained, ${differs} different, ${missing} missing, ${extra} extra.`;
}

async function framesOf(
  source: string,
  { filter }: CompareCommand,
  parts: Parts,
): Promise<readonly ComparableFrame[]> {
  const isFolder = statSync(source).isDirectory();
  const query = queryOf({ filter, dataDir: isFolder ? source : null });
  const read = async (journal: string): Promise<readonly ComparableFrame[]> => {
    const db = new DatabaseSync(journal, { readOnly: true });
    try {
      db.exec('PRAGMA busy_timeout = 5000');
      const found: ComparableFrame[] = [];
      for (const { entries } of scan(db, query, marksOf(db))) {
        for (const entry of entries) {
          const frame = comparableFrame(readStored(entry));
          if (frame !== null) found.push(frame);
        }
        if (found.length > mostFrames)
          throw new Problem(
            `${source} has more than ${mostFrames} frames of the filter. Use a narrower filter, such as 'vmc:33232 -cmd:hb'.`,
          );
        // Lets a cancel signal be handled.
        await new Promise((done) => setImmediate(done));
        parts.cancel.throwIfAborted();
      }
      return found;
    } finally {
      db.close();
    }
  };
  return isFolder ? read(journalOf(source)) : withJournalOf(source, parts, read);
}

const sideOf = ({ left, right }: FramePair): ComparableFrame => right ?? left;

const differenceText = ({ name, left, right }: MemberDifference): string =>
  `${name}: ${left ?? '(none)'} → ${right ?? '(none)'}`;

const reasonText = ({ by }: MemberDifference): string => (by === null ? '' : ` (${by})`);

function tableOf(pairs: readonly FramePair[]): string {
  if (pairs.length === 0) return '';
  const heads = [
    'outcome',
    'left',
    'left time',
    'right',
    'right time',
    'machine',
    'dir',
    'cmd',
    'differences',
  ];
  const cells = (frame: ComparableFrame | null): readonly string[] =>
    frame === null ? ['-', '-'] : [String(numberOf(frame) ?? '-'), localTime(frame.at)];
  const rows = pairs.map((pair) => {
    const { vmcNo, dir, cmd } = sideOf(pair);
    const differences = pair.differences.map((one) => `${differenceText(one)}${reasonText(one)}`).join('; ');
    return [
      pair.outcome,
      ...cells(pair.left),
      ...cells(pair.right),
      String(vmcNo ?? '-'),
      dir,
      oneLine(cmd ?? '-', 40),
      oneLine(differences, 200),
    ];
  });
  const numbers = new Set([1, 3]);
  return tableText([heads, ...rows], (column) => !numbers.has(column));
}

function csvOf(pairs: readonly FramePair[]): string {
  const heads = [
    'outcome',
    'left_id',
    'left_time',
    'right_id',
    'right_time',
    'vmc_no',
    'dir',
    'cmd',
    'member',
    'left_value',
    'right_value',
    'explained_by',
  ];
  const cells = (frame: ComparableFrame | null): readonly string[] =>
    frame === null ? ['', ''] : [String(numberOf(frame) ?? ''), localTime(frame.at)];
  const rows = pairs.flatMap((pair) => {
    const { vmcNo, dir, cmd } = sideOf(pair);
    const base = [
      pair.outcome,
      ...cells(pair.left),
      ...cells(pair.right),
      String(vmcNo ?? ''),
      dir,
      cmd ?? '',
    ];
    if (pair.differences.length === 0) return [[...base, '', '', '', '']];
    return pair.differences.map(({ name, left, right, by }) => [
      ...base,
      name,
      left ?? '',
      right ?? '',
      by ?? '',
    ]);
  });
  return csvText([heads, ...rows]);
}

function jsonOf(pairs: readonly FramePair[]): string {
  const side = (frame: ComparableFrame | null) =>
    frame === null ? null : { id: numberOf(frame), time: isoTime(frame.at), vmc: frame.vmcNo };
  const rows = pairs.map((pair) => {
    const { dir, cmd } = sideOf(pair);
    const { outcome, left, right, differences } = pair;
    return JSON.stringify({ outcome, dir, cmd, left: side(left), right: side(right), differences });
  });
  return rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`;
}
