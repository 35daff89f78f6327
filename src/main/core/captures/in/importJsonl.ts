/**
 * Reads Crema's JSON lines as entries. Text, message and their findings are decoded again from the bytes of a line.
 * The recorded findings are kept.
 */
import { dialTarget } from '#shared/model/dial';
import { relayedAs } from '#shared/model/relay';
import { isCloseReason, type CloseReason } from '#shared/model/closeReasons';
import type { Entry } from '#shared/model/frame';
import { journalNameForm } from '#shared/model/journal';
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { findings as known, type Finding } from '#shared/findings';
import { readJson } from '../../protocol/json';
import { decodeText } from '../../protocol/text';
import { readBytes } from '../bytes';
import { shortNote } from '../notes';
import { noNumber, usualHead } from '../out/exportJsonl';
import { messageOf } from '#shared/messages/read';
import { Bound, CaptureError, type ReadEntry, type TransferOptions } from '../types';

/** A frame has at most 64 KiB. A line with text, body and base64 stays far below this limit. */
const longestLine = 4 * 1_048_576;

export interface JsonlSummary {
  readonly entries: number;
  /** Skipped lines that Crema did not write, and the number of the first one. */
  readonly badLines: number;
  readonly firstBadLine: number | null;
  /** The file's gzip is broken or cut off. */
  readonly isCutOff: boolean;
}

/** An entry with its number, its mark and its note. */
export type MarkedEntry = Entry & Pick<ReadEntry, 'mark'>;

/** @throws CaptureError `notJsonl` if no line is valid, `tooManyNotes` */
export async function* importJsonl(
  source: AsyncIterable<Uint8Array>,
  options: TransferOptions = {},
): AsyncGenerator<readonly MarkedEntry[], JsonlSummary, undefined> {
  let isCutOff = false;
  let rest: Buffer = Buffer.alloc(0);
  let entries = 0;
  let lines = 0;
  let badLines = 0;
  let firstBadLine: number | null = null;
  /** The current line is too long; the reader searches for its end. */
  let isTooLong = false;
  const notes = new Bound('tooManyNotes');
  const passOver = (): void => {
    badLines += 1;
    firstBadLine ??= lines;
  };
  const read = (line: Buffer, page: MarkedEntry[]): void => {
    lines += 1;
    if (isTooLong || line.length > longestLine) {
      isTooLong = false;
      return passOver();
    }
    const text = line.toString('utf8').trim();
    if (text === '' || (lines === 1 && text === '\uFEFF')) return;
    const entry = readLine(text);
    if (entry === null) return passOver();
    if (entry.mark !== undefined) notes.add();
    page.push(entry);
  };
  for await (const chunk of readBytes(source, options, () => (isCutOff = true))) {
    const page: MarkedEntry[] = [];
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let to = bytes.indexOf(10, rest.length); to >= 0; to = bytes.indexOf(10, from)) {
      read(bytes.subarray(from, to), page);
      from = to + 1;
    }
    rest = bytes.subarray(from);
    isTooLong ||= rest.length > longestLine;
    if (isTooLong) rest = Buffer.alloc(0);
    entries += page.length;
    if (page.length > 0) yield page;
  }
  const page: MarkedEntry[] = [];
  if (rest.length > 0 || isTooLong) read(rest, page);
  entries += page.length;
  if (entries === 0 && badLines > 0) throw new CaptureError('notJsonl');
  if (page.length > 0) yield page;
  return { entries, badLines, firstBadLine, isCutOff };
}

const codes: ReadonlySet<string> = new Set(Object.keys(known));
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const finding = z.object({ code: z.string(), params: params.optional() });
const base64 = z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64'));
const start = {
  // An entry is evidence, also if its number is damaged.
  id: z.int().min(noNumber).catch(noNumber),
  journal: z.string().regex(journalNameForm).nullable().default(null).catch(null),
  // No recording is older than 1970, and pcapng cannot store earlier times.
  at: z.int().min(0).max(8.64e15),
  // The same limit as in messages.
  machine: z.int().min(1).nullable(),
  connection: z.int().min(0),
  // A note above the limit is cut instead of refused.
  mark: z.object({ marked: z.boolean(), note: z.string().transform(shortNote) }).optional(),
  damaged: z.literal(true).exactOptional(),
};
const port = z.int().min(0).max(65_535);
const peer = z.object({
  remoteAddress: z.string(),
  remotePort: port,
  localAddress: z.string(),
  localPort: port,
  dialled: z.literal(true).exactOptional(),
  relay: z.strictObject({ ...dialTarget.shape, is: z.enum(relayedAs) }).exactOptional(),
});
const line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), ...start, peer }),
  z.object({
    kind: z.literal('closed'),
    ...start,
    reason: z.custom<CloseReason>((value) => typeof value === 'string' && isCloseReason(value)),
  }),
  z.object({ kind: z.literal('finding'), ...start, finding }),
  z.object({ kind: z.literal('junk'), ...start, findings: z.array(finding), bytes: base64 }),
  z.object({
    kind: z.literal('frame'),
    ...start,
    direction: z.enum(['in', 'out']),
    head: z.enum(['decimal', 'le48']).nullable(),
    sequence: z.int().nullable(),
    findings: z.array(finding),
    text: z.string(),
    bytes: base64.optional(),
    bodyStart: z.int().min(0).optional(),
    headBytes: base64.optional(),
  }),
]);
type Line = z.output<typeof line>;

function readLine(text: string): MarkedEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = line.safeParse(value);
  if (!read.success) return null;
  const entry = entryOf(read.data);
  const { mark } = read.data;
  return entry === null || mark === undefined ? entry : { ...entry, mark };
}

function entryOf(read: Line): Entry | null {
  const { id, at, machine: vmcNo, connection: conn } = read;
  const original = { id: id === noNumber ? null : id, journal: read.journal };
  const base = { id, at, conn, vmcNo, original, ...(read.damaged === true && { damaged: true as const }) };
  switch (read.kind) {
    case 'opened':
      return { kind: 'opened', ...base, peer: read.peer };
    case 'closed':
      return { kind: 'closed', ...base, reason: read.reason };
    case 'finding': {
      const [one] = findingsOf([read.finding]);
      return one === undefined ? null : { kind: 'finding', ...base, finding: one };
    }
    case 'junk':
      return { kind: 'junk', ...base, bytes: read.bytes, findings: findingsOf(read.findings) };
    case 'frame': {
      const wire = wireOf(read);
      if (wire === null || wire.bodyStart > wire.bytes.length) return null;
      const { direction: dir, head, sequence, findings } = read;
      const { text } = decodeText(wire.bytes.subarray(wire.bodyStart));
      const { message, findings: odd } = messageOf(readJson(text).json, dir);
      const recorded = findingsOf(findings);
      const { bytes, bodyStart } = wire;
      return {
        kind: 'frame',
        ...base,
        dir,
        head,
        sequence,
        bytes,
        bodyStart,
        text,
        message,
        findings: [...recorded, ...odd.filter(({ code }) => recorded.every((one) => one.code !== code))],
      };
    }
  }
}

function wireOf(read: Line & { kind: 'frame' }): { bytes: Uint8Array; bodyStart: number } | null {
  if (read.bytes !== undefined) return { bytes: read.bytes, bodyStart: read.bodyStart ?? 12 };
  const body = Buffer.from(read.text);
  const head = read.headBytes ?? usualHead(read.head, read.sequence, 12 + body.length);
  return head === null ? null : { bytes: Buffer.concat([head, body]), bodyStart: head.length };
}

/** Drops finding codes that this version does not know. */
function findingsOf(read: readonly z.output<typeof finding>[]): readonly Finding[] {
  return read.filter(({ code }) => codes.has(code)) as unknown as readonly Finding[];
}
