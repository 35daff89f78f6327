/** Entries as rows of the journal's table and back. */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import type { ClosedEntry, Direction, Entry, Head, OpenedEntry, StoredEntry } from '#shared/model/frame';
import { decodeText } from '../../protocol/text';
import { numberOrNull, textOrNull, type Row } from './columns';

export function entryOf(row: Row): StoredEntry {
  const base = {
    id: Number(row['id']),
    at: Number(row['at']),
    conn: Number(row['conn']),
    vmcNo: numberOrNull(row['vmc_no']),
    ...(typeof row['owner'] === 'number' && { owner: row['owner'] }),
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

/** What a list and a filter see of its bytes. */
export function textOf(entry: StoredEntry): string {
  if (entry.kind === 'frame') return bytesText('frame', entry.bytes.subarray(entry.bodyStart));
  return entry.kind === 'junk' ? bytesText('junk', entry.bytes) : '';
}

/** A frame's body as the protocol reads it; junk byte by byte. */
export function bytesText(kind: Entry['kind'], bytes: Uint8Array): string {
  if (kind === 'frame') return decodeText(bytes).text;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
