/** Entries as rows of the journal's table and back. */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/catalog/findings';
import type {
  ClosedEntry,
  Direction,
  FindingEntry,
  FrameEntry,
  Head,
  JunkEntry,
  OpenedEntry,
} from '#shared/model/frame';
import { decodeText } from '../protocol/text';
import { numberOrNull, textOrNull, type Column, type Row } from './columns';

/** An entry as it is kept: what can be read again from its bytes (text and message) is not kept twice. */
export type StoredEntry =
  | OpenedEntry
  | ClosedEntry
  | JunkEntry
  | FindingEntry
  | (Omit<FrameEntry, 'message' | 'text'> & { readonly cmd: string | null });

export function columnsOf(entry: StoredEntry): Column[] {
  const { id, at, conn, vmcNo, kind } = entry;
  const start = [id, at, conn, vmcNo, kind];
  switch (entry.kind) {
    case 'opened':
      return [...start, null, null, null, null, null, null, JSON.stringify(entry.peer)];
    case 'closed':
      return [...start, null, null, null, null, null, null, JSON.stringify(entry.reason)];
    case 'finding':
      return [...start, null, null, null, null, null, null, JSON.stringify(entry.finding)];
    case 'junk':
      return [...start, null, null, null, null, null, entry.bytes, findingsText(entry.findings)];
    case 'frame': {
      const { dir, head, sequence, cmd, bodyStart, bytes, findings } = entry;
      return [...start, dir, head, sequence, cmd, bodyStart, bytes, findingsText(findings)];
    }
  }
}

function findingsText(findings: readonly Finding[]): string | null {
  return findings.length === 0 ? null : JSON.stringify(findings);
}

export function entryOf(row: Row): StoredEntry {
  const base = {
    id: Number(row['id']),
    at: Number(row['at']),
    conn: Number(row['conn']),
    vmcNo: numberOrNull(row['vmc_no']),
  };
  const detail: unknown = typeof row['detail'] === 'string' ? JSON.parse(row['detail']) : null;
  const bytes = row['bytes'] instanceof Uint8Array ? row['bytes'] : new Uint8Array();
  switch (row['kind']) {
    case 'opened':
      return { ...base, kind: 'opened', peer: detail as OpenedEntry['peer'] };
    case 'closed':
      return { ...base, kind: 'closed', reason: detail as ClosedEntry['reason'] };
    case 'finding':
      return { ...base, kind: 'finding', finding: detail as Finding };
    case 'junk':
      return { ...base, kind: 'junk', bytes, findings: (detail ?? []) as Finding[] };
    case 'frame':
      return {
        ...base,
        kind: 'frame',
        dir: row['dir'] as Direction,
        head: row['head'] as Head | null,
        sequence: numberOrNull(row['sequence']),
        cmd: textOrNull(row['cmd']),
        bodyStart: Number(row['body_start']),
        bytes,
        findings: (detail ?? []) as Finding[],
      };
    default:
      throw new Error(`the journal has an entry of unknown kind ${String(row['kind'])}`);
  }
}

/** What a list and a filter see of its bytes: a frame's body as the protocol reads it, junk byte by byte. */
export function textOf(entry: StoredEntry): string {
  if (entry.kind === 'frame') return decodeText(entry.bytes.subarray(entry.bodyStart)).text;
  if (entry.kind !== 'junk') return '';
  const { buffer, byteOffset, length } = entry.bytes;
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}
