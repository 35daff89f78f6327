/** The lines of the audit trail as they stand in its file, each with whether it follows from the one before. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AuditEnd, AuditEntry, AuditFilter, AuditRow } from '#shared/model/audit';
import { chainBegin, checkLine } from './chain';

export interface AuditLine extends AuditRow {
  readonly text: string;
  /** Bytes of the file before it, and with it. */
  readonly from: number;
  readonly to: number;
  /** It has an end of line. */
  readonly isWhole: boolean;
  /** Where the chain stands after it. */
  readonly end: AuditEnd;
}

/** Where the chain stood now and then, as the journal remembers it: hashes by the number of their line. */
export type Anchors = ReadonlyMap<number, string>;

/** Says where the chain stood when the file was written last. */
const endFileOf = (file: string): string => `${file}.end`;
/** Files that nothing else may be written over. */
export const filesOf = (file: string): readonly [string, string] => [file, endFileOf(file)];

/** `null`: nothing is said, or nothing that can be read. */
export async function toldEnd(file: string): Promise<AuditEnd | null> {
  const text = await readFile(endFileOf(file), 'utf8').catch(() => '');
  const [, n, hash] = /^\{"n":(\d{1,15}),"hash":"([0-9a-f]{64})"\}$/.exec(text) ?? [];
  return n === undefined || hash === undefined ? null : { n: Number(n), hash };
}

/** The last end of the chain that is noted beside the trail (`noted`) or in the journal. */
export function knownEnd(noted: AuditEnd | null, anchors: Anchors): AuditEnd {
  const n = Math.max(noted?.n ?? 0, ...anchors.keys());
  return { n, hash: anchors.get(n) ?? noted?.hash ?? chainBegin.hash };
}

export const isSameEnd = (a: AuditEnd, b: AuditEnd): boolean => a.n === b.n && a.hash === b.hash;

/** The number of the first line that is not proven. Without `isThere` the line of the known end is another one. */
export const firstUnproven = ({ n }: AuditEnd, isThere: boolean): number => Math.max(1, isThere ? n + 1 : n);

/** A row without text, where lines are missing at the end. */
export const endMissing = (line: number): AuditRow => ({ line, entry: null, fault: 'endMissing' });

/** Where to begin: after so many lines and bytes, at which the chain stood so. */
export interface LinesFrom {
  readonly lines: number;
  readonly bytes: number;
  readonly end: AuditEnd;
}
export const fromBegin: LinesFrom = { lines: 0, bytes: 0, end: chainBegin };

/**
 * To the last, piece by piece. A file that does not exist has none.
 * @throws Error where it can't be read
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

/** Lines that don't follow pass whatever is asked for: nobody must look past them. */
export function passes({ entry, fault }: AuditRow, raw: string, filter: AuditFilter): boolean {
  if (entry === null || fault !== null) return true;
  if (filter.result === 'broken') return false;
  const { acts, vmcNo, result, from, to } = filter;
  if (vmcNo !== null && entry.vmcNo !== vmcNo) return false;
  if (result !== 'all' && isDone(entry) !== (result === 'done')) return false;
  if ((from !== null && entry.at < from) || (to !== null && entry.at >= to)) return false;
  return acts.includes(entry.act) || hasText(raw, filter);
}

/** Of a line as it stands: the text itself, whatever the case. */
export const hasText = (raw: string, { text }: AuditFilter): boolean =>
  text === '' || raw.toLowerCase().includes(text.toLowerCase());

/** A command that ended without proof was not done, as far as anybody knows. */
const isDone = ({ act, what, refused }: AuditEntry): boolean =>
  refused === null && (act !== 'commandEnded' || what['state'] === 'confirmed');
