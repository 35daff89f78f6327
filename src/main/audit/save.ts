/** Lines of the audit trail into a file: as they stand, or as a table. Piece by piece, so that a long trail holds nothing up. */
import type { AuditFilter } from '#shared/model/audit';
import { csvRows } from '../journal/files/out/exportCsv';
import type { Write } from '../journal/files/types';
import { auditLines, endMissing, lastTold, passes, toldEnd, type Anchors, type AuditLine } from './lines';
import { csvHead, csvRow, type AuditWords } from './table';

/** Characters of a piece. */
const pieceLength = 256_000;

export interface AuditSave {
  readonly filter: AuditFilter;
  readonly as: 'csv' | 'jsonl';
  readonly words: AuditWords;
}

/** @throws Error where the trail can't be read */
export async function saveAudit(
  file: string,
  anchors: Anchors,
  { filter, as, words }: AuditSave,
  write: Write,
): Promise<void> {
  let piece = as === 'csv' ? `\uFEFF${csvRows([csvHead(words)])}` : '';
  const add = async (line: Pick<AuditLine, 'line' | 'text' | 'entry' | 'fault'>): Promise<void> => {
    if (as === 'csv') piece += csvRows([csvRow(line, words)]);
    // What is missing has no line.
    else if (line.fault !== 'endMissing') piece += `${line.text}\n`;
    if (piece.length < pieceLength) return;
    await write(Buffer.from(piece));
    piece = '';
  };
  let last = { n: 0, line: 0 };
  for await (const one of auditLines(file, anchors)) {
    last = { n: one.end.n, line: one.line };
    if (passes(one, one.text, filter)) await add(one);
  }
  if (lastTold(await toldEnd(file), anchors) > last.n) await add({ ...endMissing(last.line + 1), text: '' });
  await write(Buffer.from(piece));
}
