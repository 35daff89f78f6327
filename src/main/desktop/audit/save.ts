/** Saves lines of the audit trail to a file, unchanged or as a table. Works piece by piece, so that a long trail does not block the thread. */
import type { AuditFilter } from '#shared/model/audit';
import { csvRows } from '../../core/captures/out/exportCsv';
import type { Write } from '../../core/captures/types';
import type { AuditBook } from './book';
import { auditLines, endMissing, passes, type AuditLine } from './lines';
import { csvHead, csvRow, type AuditWords } from './table';

/** Characters of a piece. */
const pieceLength = 256_000;

export interface AuditSave {
  readonly filter: AuditFilter;
  readonly as: 'csv' | 'jsonl';
  readonly words: AuditWords;
}

/** @throws Error if the trail can't be read */
export async function saveAudit(
  file: string,
  book: AuditBook,
  { filter, as, words }: AuditSave,
  write: Write,
): Promise<void> {
  const { lines, faults, isCut } = await book.findings();
  let piece = as === 'csv' ? `\uFEFF${csvRows([csvHead(words)])}` : '';
  const add = async (row: Pick<AuditLine, 'line' | 'text' | 'entry' | 'fault'>): Promise<void> => {
    piece += as === 'csv' ? csvRows([csvRow(row, words)]) : jsonLines(row);
    if (piece.length < pieceLength) return;
    await write(Buffer.from(piece));
    piece = '';
  };
  for await (const one of auditLines(file)) {
    if (one.line > lines) break;
    const row = { ...one, fault: faults.get(one.line) ?? one.fault };
    if (passes(row, one.text, filter)) await add(row);
  }
  if (isCut) await add({ ...endMissing(lines + 1), text: '' });
  await write(Buffer.from(piece));
}

/** The unchanged line, whose hash stays valid. A fault follows on a line of its own. */
function jsonLines({ line, text, fault }: Pick<AuditLine, 'line' | 'text' | 'fault'>): string {
  const stands = fault === 'endMissing' ? '' : `${text}\n`;
  return fault === null ? stands : `${stands}${JSON.stringify({ line, fault })}\n`;
}
