/**
 * Entries as JSON lines, which import exactly. A frame's `text` is the received body and `body` the parsed object, for people and programs.
 * The bytes are written only if head and text do not determine them.
 */
import type { Finding } from '#shared/findings';
import { Buffer } from 'node:buffer';
import { directionOf, numberOf, type Entry, type Head } from '#shared/model/frame';
import { visibleJson } from '#shared/visible';
import { encodeHead, headSize } from '#shared/framing';
import { readJson } from '../../protocol/json';
import { PieceWriter } from '../bytes';
import { isoTime } from './clock';
import {
  noMarks,
  type MarkOf,
  type NumberOptions,
  type Pages,
  type TransferOptions,
  type Write,
} from '../types';

/** Writes the whole file. Returns its size in bytes. */
export async function exportJsonl(
  pages: Pages<Entry>,
  write: Write,
  options: TransferOptions & NumberOptions & { readonly markOf?: MarkOf } = {},
): Promise<number> {
  const out = new PieceWriter(write, options);
  const { markOf = noMarks, journal = null } = options;
  for await (const page of pages) {
    for (const entry of page) out.text(visibleJson(lineOf(entry, markOf(entry.id), journal)));
    await out.drain();
  }
  return out.end();
}

/** The `id` of an entry without a number: earlier versions expect one in each line. */
export const noNumber = 0;

/** Concatenated by hand: one object per line would cost more than the rest of the export. */
function lineOf(entry: Entry, mark: ReturnType<MarkOf>, own: string | null): string {
  const { kind, at, vmcNo, conn, original } = entry;
  const id = numberOf(entry) ?? noNumber;
  const journal = original === undefined ? own : original.journal;
  const journalPart = journal === null ? '' : `,"journal":"${journal}"`;
  const markPart = mark === null ? '' : `,"mark":${JSON.stringify(mark)}`;
  const damagedPart = entry.damaged === true ? ',"damaged":true' : '';
  const start = `{"kind":"${kind}","id":${id}${journalPart},"time":"${isoTime(at)}","at":${at},"machine":${vmcNo},"connection":${conn}${markPart}${damagedPart}`;
  switch (entry.kind) {
    case 'opened':
      return `${start},"peer":${JSON.stringify(entry.peer)}}\n`;
    case 'closed':
      return `${start},"reason":"${entry.reason}"}\n`;
    case 'finding':
      return `${start},"finding":${JSON.stringify(entry.finding)}}\n`;
    case 'junk':
      return `${start},"direction":"${directionOf(entry)}","findings":${listOf(entry.findings)},"text":${JSON.stringify(Buffer.from(entry.bytes).toString('latin1'))},"bytes":"${base64(entry.bytes)}"}\n`;
    case 'frame': {
      const { dir, head, sequence, findings, text } = entry;
      const wire = `"direction":"${dir}","head":${head === null ? 'null' : `"${head}"`},"sequence":${sequence}`;
      const body = `"text":${JSON.stringify(text)},"body":${bodyOf(text)}`;
      return `${start},${wire},"findings":${listOf(findings)},${body}${bytesOf(entry)}}\n`;
    }
  }
}

function listOf(findings: readonly Finding[]): string {
  return findings.length === 0 ? '[]' : JSON.stringify(findings);
}

/** The parsed object. Valid JSON is copied as text, so numbers keep all their digits. */
function bodyOf(text: string): string {
  const { json, findings } = readJson(text);
  return findings.length === 0 && !/[\r\n]/.test(text) ? text : JSON.stringify(json);
}

type WireFrame = Extract<Entry, { kind: 'frame' }>;

/** `bytes` with `bodyStart`, or `headBytes`, or nothing: the minimum that restores the bytes. */
function bytesOf({ bytes, bodyStart, head, sequence, text }: WireFrame): string {
  const body = Buffer.from(text);
  if (body.compare(bytes, bodyStart) !== 0) return `,"bytes":"${base64(bytes)}","bodyStart":${bodyStart}`;
  const usual = usualHead(head, sequence, bytes.length);
  const own = bytes.subarray(0, bodyStart);
  return usual !== null && Buffer.compare(usual, own) === 0 ? '' : `,"headBytes":"${base64(own)}"`;
}

/** The head as Crema would write it. */
export function usualHead(head: Head | null, sequence: number | null, total: number): Uint8Array | null {
  // A head cannot express totals outside these limits.
  if (head === null || total < headSize || total > (head === 'decimal' ? 9999 : 53_199)) return null;
  return encodeHead(total, head, sequence ?? 0);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
