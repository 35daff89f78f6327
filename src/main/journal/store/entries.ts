/** Converts entries to table rows and back. */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import {
  findingsOf,
  unknownPeer,
  type Direction,
  type Entry,
  type Head,
  type StoredEntry,
} from '#shared/model/frame';
import { readFinding, readFindings, readPeer, readReason } from '#shared/model/stored/entry';
import { decodeText } from '../../core/protocol/text';
import { isSoundEntry, isSoundRow, summedColumns } from './checksum';
import { numberOrNull, textOrNull, type Row } from './columns';

/** Replaces fields that cannot be read. */
const damaged: Finding = { code: 'record.damaged' };

const noFindings: readonly Finding[] = [];
const directions: ReadonlySet<unknown> = new Set<Direction>(['in', 'out']);
const heads: ReadonlySet<unknown> = new Set<Head | null>(['decimal', 'le48', null]);

/** Reads as much of a damaged row as possible and marks the entry as damaged. */
export function entryOf(row: Row): StoredEntry {
  const owner = ownerIn(row);
  const entry = { ...readEntry(row), ...(owner !== null && { owner: Number(owner['vmc_no']) }) };
  if (isSoundEntry(row) && (owner === null || isSoundRow(owner, summedColumns.owners))) return entry;
  return 'findings' in entry
    ? { ...entry, damaged: true, findings: findingsOf({ ...entry, damaged: true }) }
    : { ...entry, damaged: true };
}

const ownerIn = ({ owner }: Row): Row | null =>
  typeof owner === 'string' ? (JSON.parse(owner) as Row) : null;

function readEntry(row: Row): StoredEntry {
  const base = {
    id: Number(row['id']),
    at: Number(row['at']),
    conn: Number(row['conn']),
    vmcNo: numberOrNull(row['vmc_no']),
  };
  const detail = textOrNull(row['detail']) ?? '';
  const bytes = row['bytes'] instanceof Uint8Array ? row['bytes'] : new Uint8Array();
  const { kind } = row;
  switch (kind) {
    case 'opened':
      return { ...base, kind, peer: readPeer(detail) ?? unknownPeer };
    case 'closed':
      return { ...base, kind, reason: readReason(detail) ?? 'unreadable' };
    case 'finding':
      return { ...base, kind, finding: readFinding(detail) ?? damaged };
    case 'junk':
      return { ...base, kind, bytes, findings: findingsIn(row) };
    case 'frame': {
      const { dir, head } = row;
      if (!directions.has(dir) || !heads.has(head)) break;
      return {
        ...base,
        kind,
        dir: dir as Direction,
        head: head as Head | null,
        sequence: numberOrNull(row['sequence']),
        cmd: textOrNull(row['cmd']),
        bodyStart: Number(row['body_start']),
        bytes,
        findings: findingsIn(row),
      };
    }
  }
  return row['bytes'] === null
    ? { ...base, kind: 'finding', finding: damaged }
    : { ...base, kind: 'junk', bytes, findings: [damaged] };
}

function findingsIn(row: Row): readonly Finding[] {
  const detail = textOrNull(row['detail']);
  return detail === null ? noFindings : (readFindings(detail) ?? [damaged]);
}

/** True if any column could not be read as written. */
export function isDamagedEntry(entry: StoredEntry): boolean {
  if (entry.damaged === true) return true;
  switch (entry.kind) {
    case 'opened':
      return entry.peer === unknownPeer;
    case 'closed':
      return entry.reason === 'unreadable';
    case 'finding':
      return entry.finding.code === damaged.code;
    case 'junk':
    case 'frame':
      return entry.findings.some(({ code }) => code === damaged.code);
  }
}

/** The text that lists and filters use. */
export function textOf(entry: StoredEntry): string {
  if (entry.kind === 'frame') return bytesText('frame', entry.bytes.subarray(entry.bodyStart));
  return entry.kind === 'junk' ? bytesText('junk', entry.bytes) : '';
}

/** Decodes a frame's body as the protocol does; junk is decoded as latin1. */
export function bytesText(kind: Entry['kind'], bytes: Uint8Array): string {
  if (kind === 'frame') return decodeText(bytes).text;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
