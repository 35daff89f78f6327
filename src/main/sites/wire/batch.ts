/**
 * A batch of journal entries as one message of the broker: entries that follow each other in one journal. It comes from
 * another computer, so a reader trusts no number in it.
 *
 * Bytes: `CRMB`, the version, 3 zero bytes; then a zlib stream (it ends with a checksum) of
 * `head length (4) | head (JSON) | numbers (8 each) | places (4 each) | bytes`. All numbers are little-endian.
 */
import { Buffer } from 'node:buffer';
import { deflateSync, inflateSync } from 'node:zlib';
import { z } from 'zod';
import type { Finding } from '#shared/findings';
import { unknownPeer, type CloseReason, type StoredEntry } from '#shared/model/frame';
import { readFinding, readFindings, readPeer, readReason } from '#shared/model/stored/entry';
import {
  numbersEach,
  PackedReader,
  placesEach,
  type PackedEntries,
  type ReadDetails,
} from '../../journal/api';

const magic = Buffer.from('CRMB');
const version = 1;
const prefix = 8;

/** [ours] Limits of one batch. A message of the broker has at most 1 MiB unless its owner allows more. */
export const batchLimits = {
  entries: 4_096,
  bytes: 700_000,
  message: 1_000_000,
  unpacked: 8_000_000,
} as const;

export interface EntryBatch {
  /** The newest entry before the batch in the same journal. Between it and the first entry of the batch there is none. */
  readonly after: number;
  readonly entries: PackedEntries;
}

const description = z.strictObject({
  after: z.int().min(0),
  count: z.int().min(1).max(batchLimits.entries),
  cmds: z.array(z.string().nullable()).max(batchLimits.entries + 1),
  details: z.array(z.tuple([z.int().min(0), z.string()])).max(batchLimits.entries),
});

/** Not a batch of this version, or its numbers contradict each other. */
export class BadBatch extends Error {
  override readonly name = 'BadBatch';
}

/** A batch as received. */
export interface ReceivedBatch extends EntryBatch {
  /** The details of its entries. */
  readonly read: ReadDetails;
}

export function encodeBatch({ after, entries }: EntryBatch): Uint8Array {
  const { count, numbers, places, bytes, cmds, details } = entries;
  const text = Buffer.from(JSON.stringify({ after, count, cmds, details: [...details] }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const content = Buffer.concat([length, text, bytesOf(numbers), bytesOf(places), bytes]);
  const start = Buffer.alloc(prefix);
  magic.copy(start);
  start[magic.length] = version;
  // Level 1: a batch shrinks to a fifth, at a quarter of the time of the usual level.
  return Buffer.concat([start, deflateSync(content, { level: 1 })]);
}

/** @throws BadBatch */
export function decodeBatch(message: Uint8Array): ReceivedBatch {
  const given = Buffer.from(message.buffer, message.byteOffset, message.length);
  if (given.length < prefix || !given.subarray(0, magic.length).equals(magic)) throw new BadBatch('no batch');
  if (given[magic.length] !== version) throw new BadBatch(`version ${given[magic.length] ?? 0}`);
  try {
    return contentOf(inflateSync(given.subarray(prefix), { maxOutputLength: batchLimits.unpacked }));
  } catch (error) {
    if (error instanceof BadBatch) throw error;
    throw new BadBatch(error instanceof Error ? error.message : String(error));
  }
}

function contentOf(content: Buffer): ReceivedBatch {
  const textEnd = 4 + content.readUInt32LE(0);
  const { after, count, cmds, details } = description.parse(JSON.parse(content.toString('utf8', 4, textEnd)));
  const numbersEnd = textEnd + count * numbersEach * 8;
  const placesEnd = numbersEnd + count * placesEach * 4;
  if (placesEnd > content.length) throw new BadBatch('cut off');
  const entries: PackedEntries = {
    count,
    numbers: new Float64Array(aligned(content, textEnd, numbersEnd)),
    places: new Uint32Array(aligned(content, numbersEnd, placesEnd)),
    // A part of a Uint8Array is made faster than a part of a Buffer.
    bytes: new Uint8Array(content.buffer, content.byteOffset + placesEnd, content.length - placesEnd),
    cmds,
    details: new Map(details),
  };
  check(after, entries);
  return { after, ...checkedDetails(entries) };
}

/** The same for entries of this computer. */
export const receivedFrom = (after: number, entries: PackedEntries): ReceivedBatch => ({
  after,
  ...checkedDetails(entries),
});

const damaged: Finding = { code: 'record.damaged' };

/** An odd detail costs that detail, as in a journal of this computer: its entry stays, and says so. */
function checkedDetails(entries: PackedEntries): Omit<ReceivedBatch, 'after'> {
  const read = new Map<number, unknown>();
  const details = new Map(entries.details);
  let index = 0;
  for (const entry = new PackedReader(entries); entry.next(); index += 1) {
    const { kind, detail } = entry;
    const isNeeded = kind === 'opened' || kind === 'closed' || kind === 'finding';
    if (detail === null && !isNeeded) continue;
    const { reader, instead } = detailsOf[kind];
    const value = detail === null ? null : reader(detail);
    read.set(index, value ?? instead);
    if (value === null) details.set(index, JSON.stringify(instead));
  }
  return { entries: { ...entries, details }, read };
}

interface DetailKind {
  readonly reader: (text: string) => unknown;
  /** For a detail that can't be read. */
  readonly instead: unknown;
}
const ofFindings: DetailKind = { reader: readFindings, instead: [damaged] };
const detailsOf: Readonly<Record<StoredEntry['kind'], DetailKind>> = {
  opened: { reader: readPeer, instead: unknownPeer },
  closed: { reader: readReason, instead: 'unreadable' satisfies CloseReason },
  finding: { reader: readFinding, instead: damaged },
  junk: ofFindings,
  frame: ofFindings,
};

/** The span of a JavaScript date, in ms. */
const longestTime = 8.64e15;
const isTime = (at: number): boolean => Number.isSafeInteger(at) && Math.abs(at) <= longestTime;
const isWhole = (one: number | null): boolean => one === null || Number.isSafeInteger(one);

/** Numbers rise and are whole, and every place is inside the bytes. */
function check(after: number, entries: PackedEntries): void {
  let before = after;
  let end = 0;
  for (const entry = new PackedReader(entries); entry.next();) {
    const { id, at, conn, vmcNo, sequence, to, bodyStart } = entry;
    if (!Number.isSafeInteger(id) || id <= before) throw new BadBatch(`entry ${id} after ${before}`);
    if (!isTime(at) || !Number.isSafeInteger(conn)) throw new BadBatch(`entry ${id}`);
    if (!isWhole(vmcNo) || !isWhole(sequence)) throw new BadBatch(`numbers of ${id}`);
    if (to < end || to > entries.bytes.length || bodyStart > to - end) throw new BadBatch(`bytes of ${id}`);
    before = id;
    end = to;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A copy, because the numbers may stand at any byte. */
const aligned = (content: Buffer, from: number, to: number): ArrayBuffer =>
  content.buffer.slice(content.byteOffset + from, content.byteOffset + to) as ArrayBuffer;
