/** The lines of the audit trail as they stand in its file, each with whether it follows from the one before. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AuditEntry, AuditFilter, AuditPage, AuditRow } from '#shared/model/audit';
import { chainBegin, checkLine, type ChainEnd } from './chain';

export interface AuditLine extends AuditRow {
  readonly text: string;
  /** Where the chain stands after it. */
  readonly end: ChainEnd;
}

/** Says where the chain stood when the file was written last. */
export const endFileOf = (file: string): string => `${file}.end`;

export function readEnd(text: string): ChainEnd | null {
  const [, n, hash] = /^\{"n":(\d{1,15}),"hash":"([0-9a-f]{64})"\}$/.exec(text) ?? [];
  return n === undefined || hash === undefined ? null : { n: Number(n), hash };
}

/**
 * From the first to the last, piece by piece, and a row without text where lines are missing at the end. A file that does not exist has none.
 * @throws Error where it can't be read
 */
export async function* auditLines(file: string): AsyncGenerator<AuditLine> {
  let line = 0;
  let end = chainBegin;
  // Before the lines: some are written meanwhile.
  const told = readEnd(await readFile(endFileOf(file), 'utf8').catch(() => ''));
  for await (const text of textLines(file)) {
    line += 1;
    const { entry, fault, end: next } = checkLine(text, end);
    end = next;
    yield { line, text, entry, fault, end };
  }
  if (told !== null && told.n > end.n)
    yield { line: line + 1, text: '', entry: null, fault: 'endMissing', end };
}

async function* textLines(file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const piece of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (rest !== '') yield rest;
}

/** Lines that don't follow pass whatever is asked for: nobody must look past them. */
export function passes(row: AuditLine, filter: AuditFilter): boolean {
  const { entry, fault } = row;
  if (entry === null || fault !== null) return true;
  const { text, acts, vmcNo, result, from, to } = filter;
  if (vmcNo !== null && entry.vmcNo !== vmcNo) return false;
  if (result !== 'all' && isDone(entry) !== (result === 'done')) return false;
  if ((from !== null && entry.at < from) || (to !== null && entry.at >= to)) return false;
  return text === '' || acts.includes(entry.act) || row.text.toLowerCase().includes(text.toLowerCase());
}

/** A command that ended without proof was not done, as far as anybody knows. */
const isDone = ({ act, what, refused }: AuditEntry): boolean =>
  refused === null && (act !== 'commandEnded' || what['state'] === 'confirmed');

/** The newest `limit` of them that are older than line `before` (`null`: than none). */
export async function auditPage(
  file: string,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<AuditPage> {
  const rows: AuditRow[] = [];
  let lines = 0;
  let faults = 0;
  let hasMore = false;
  for await (const one of auditLines(file)) {
    lines += 1;
    if (one.fault !== null) faults += 1;
    if ((before !== null && one.line >= before) || !passes(one, filter)) continue;
    rows.push({ line: one.line, entry: one.entry, fault: one.fault });
    if (rows.length <= limit) continue;
    rows.shift();
    hasMore = true;
  }
  return { rows: rows.toReversed(), hasMore, lines, faults };
}
