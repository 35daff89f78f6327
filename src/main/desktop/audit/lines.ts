/** Reads the lines of the audit trail and verifies that each follows from the one before. */
import { createReadStream } from 'node:fs';
import type { AuditEnd, AuditEntry, AuditFilter, AuditRow } from '#shared/model/audit';
import { readRegular } from '../../lib/files/readRegular';
import { chainBegin, checkLine } from './chain';

export interface AuditLine extends AuditRow {
  readonly text: string;
  /** Offsets of the line's start and end in the file. */
  readonly from: number;
  readonly to: number;
  /** The line has a line break at its end. */
  readonly isWhole: boolean;
  /** The chain's end after this line. */
  readonly end: AuditEnd;
}

/** Earlier ends of the chain, from the journal: hashes by line number. */
export type Anchors = ReadonlyMap<number, string>;

/** The file with the chain's end after the last write. */
const endFileOf = (file: string): string => `${file}.end`;
/** Files that nothing else may overwrite. */
export const filesOf = (file: string): readonly [string, string] => [file, endFileOf(file)];

/** `null`: there is no end file, or it is unreadable. */
export function notedEnd(file: string): AuditEnd | null {
  let text: string;
  try {
    text = readRegular(endFileOf(file));
  } catch {
    return null;
  }
  const [, n, hash] = /^\{"n":(\d{1,15}),"hash":"([0-9a-f]{64})"\}$/.exec(text) ?? [];
  return n === undefined || hash === undefined ? null : { n: Number(n), hash };
}

/** The latest known end of the chain, from the end file (`noted`) or the journal. */
export function knownEnd(noted: AuditEnd | null, anchors: Anchors): AuditEnd {
  const n = Math.max(noted?.n ?? 0, ...anchors.keys());
  return { n, hash: anchors.get(n) ?? noted?.hash ?? chainBegin.hash };
}

export const isSameEnd = (a: AuditEnd, b: AuditEnd): boolean => a.n === b.n && a.hash === b.hash;

/** The number of the first unproven line. Without `isThere`, another line stands at the known end. */
export const firstUnproven = ({ n }: AuditEnd, isThere: boolean): number => Math.max(1, isThere ? n + 1 : n);

/** A row without text for missing lines at the end. */
export const endMissing = (line: number): AuditRow => ({ line, entry: null, fault: 'endMissing' });

/** A start position: lines and bytes before it, and the chain's end there. */
export interface LinesFrom {
  readonly lines: number;
  readonly bytes: number;
  readonly end: AuditEnd;
}
export const fromBegin: LinesFrom = { lines: 0, bytes: 0, end: chainBegin };

/**
 * All lines, read piece by piece. A missing file has none.
 * @throws Error if the file can't be read
 */
export async function* auditLines(
  file: string,
  anchors: Anchors = new Map(),
  { lines, bytes, end: begin }: LinesFrom = fromBegin,
): AsyncGenerator<AuditLine> {
  let line = lines;
  let end = begin;
  for await (const { text, from, to, isWhole } of textLines(file, bytes)) {
    line += 1;
    const checked = checkLine(text, end);
    const kept = anchors.get(checked.end.n);
    const isOther = checked.fault === null && kept !== undefined && kept !== checked.end.hash;
    ({ end } = checked);
    yield {
      line,
      text,
      from,
      to,
      isWhole,
      entry: checked.entry,
      fault: isOther ? 'rewritten' : checked.fault,
      end,
    };
  }
}

type TextLine = Pick<AuditLine, 'text' | 'from' | 'to' | 'isWhole'>;

const newline = 0x0a;

async function* textLines(file: string, start: number): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let from = start;
  try {
    for await (const piece of createReadStream(file, { start }) as AsyncIterable<Buffer>) {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      let at = 0;
      for (let next = bytes.indexOf(newline); next >= 0; next = bytes.indexOf(newline, at)) {
        const to = from + next + 1 - at;
        yield { text: bytes.toString('utf8', at, next), from, to, isWhole: true };
        from = to;
        at = next + 1;
      }
      rest = bytes.subarray(at);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), from, to: from + rest.length, isWhole: false };
}

/** Lines with a fault pass every filter, so that no filter hides them. */
export function passes({ entry, fault }: AuditRow, raw: string, filter: AuditFilter): boolean {
  if (entry === null || fault !== null) return true;
  if (filter.result === 'broken') return false;
  const { acts, vmcNo, result, from, to } = filter;
  if (vmcNo !== null && entry.vmcNo !== vmcNo) return false;
  if (result !== 'all' && isDone(entry) !== (result === 'done')) return false;
  if ((from !== null && entry.at < from) || (to !== null && entry.at >= to)) return false;
  return acts.includes(entry.act) || hasText(raw, filter);
}

/** Searches the raw line for the text, ignoring case, and for the commands, also as steps of a run. */
export const hasText = (raw: string, { text, commands }: AuditFilter): boolean =>
  text === '' ||
  raw.toLowerCase().includes(text.toLowerCase()) ||
  commands.some((name) => raw.includes(`"name":${JSON.stringify(name)}`));

/** A command that ended without proof counts as not done. */
const isDone = ({ act, what, refused }: AuditEntry): boolean =>
  refused === null && (act !== 'commandEnded' || what['state'] === 'confirmed');
