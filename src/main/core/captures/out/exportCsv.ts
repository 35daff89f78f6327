/** Entries as a table for spreadsheets (RFC 4180, with the byte order mark that Excel needs for UTF-8). Crema cannot import it. */
import type { Finding } from '#shared/findings';
import { directionOf, findingsOf, numberOf, type CloseReason, type Entry } from '#shared/model/frame';
import { tableCell } from '#shared/visible';
import { PieceWriter } from '../bytes';
import { localTime } from './clock';
import { Buffer } from 'node:buffer';
import { noMarks, type MarkOf, type Pages, type TransferOptions, type Write } from '../types';

const csvColumns =
  'time,machine,direction,kind,command,text,findings,size,head,sequence,connection,id,mark,note';

export interface CsvOptions extends TransferOptions {
  /** A finding as text; the code by default. */
  readonly describe?: (finding: Finding) => string;
  /** A close reason as text; the code by default. */
  readonly reason?: (reason: CloseReason) => string;
  /** Value of the column `mark` for a marked entry. */
  readonly markWord?: string;
  readonly markOf?: MarkOf;
}
type Texts = Required<Pick<CsvOptions, 'describe' | 'reason' | 'markWord' | 'markOf'>>;

/** Writes the whole file. Returns its size in bytes. */
export async function exportCsv(
  pages: Pages<Entry>,
  write: Write,
  options: CsvOptions = {},
): Promise<number> {
  const out = new PieceWriter(write, options);
  const texts: Texts = {
    describe: ({ code }) => code,
    reason: (reason) => reason,
    markWord: 'mark',
    markOf: noMarks,
    ...options,
  };
  out.text(`\uFEFF${csvColumns}\r\n`);
  for await (const page of pages) {
    for (const entry of page) out.text(lineOf(entry, texts));
    await out.drain();
  }
  return out.end();
}

function lineOf(entry: Entry, { describe, reason, markWord, markOf }: Texts): string {
  const { kind, id, at, conn, vmcNo } = entry;
  const findings = findingsOf(entry);
  const mark = markOf(id);
  const markCells = mark === null ? ',' : `${mark.marked ? cell(markWord) : ''},${cell(mark.note)}`;
  const line = (
    direction: string,
    command: string,
    text: string,
    wire: string,
  ) => {
    const findingCell = findings.length === 0 ? '' : cell(findings.map(describe).join('; '));
    const start = `${localTime(at)},${vmcNo ?? ''},${direction},${kind},${cell(command)}`;
    return `${start},${cell(text)},${findingCell},${wire},${conn},${numberOf(entry) ?? ''},${markCells}\r\n`;
  };
  switch (entry.kind) {
    case 'opened': {
      const { remoteAddress, remotePort, localAddress, localPort } = entry.peer;
      return line('', '', `${remoteAddress} ${remotePort} > ${localAddress} ${localPort}`, ',,');
    }
    case 'closed':
      return line('', '', reason(entry.reason), ',,');
    case 'finding':
      return line('', '', '', ',,');
    case 'junk': {
      const text = Buffer.from(entry.bytes).toString('latin1');
      return line(directionOf(entry), '', text, `${entry.bytes.length},,`);
    }
    case 'frame': {
      const { dir, head, sequence, text, bytes, message } = entry;
      const { body } = message;
      const command = (body.cmd === 'unknown' ? body.name : body.cmd) ?? '';
      return line(dir, command, text, `${bytes.length},${head ?? ''},${sequence ?? ''}`);
    }
  }
}

/** A table as a whole CSV file. */
export const csvText = (rows: readonly (readonly string[])[]): string => `\uFEFF${csvRows(rows)}`;
/** Further CSV lines without the byte order mark. */
export const csvRows = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');

/** Semicolons and tabs are quoted too, because some programs take them for separators. */
function cell(value: string): string {
  const text = tableCell(value);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
