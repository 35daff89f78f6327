/**
 * The mark of an entry: a checksum of its stored bytes. It distinguishes two entries with the same number. The checksum is
 * keyed, because it leaves this computer and the entry may have private texts. A mark names its key: marks of another key say nothing.
 */
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { lastIdOf, PackedReader, type PackedEntries } from '../../journal/api';

const sum = (key: Buffer, length: number, ...parts: readonly (string | Uint8Array)[]): string => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest('base64url').slice(0, length);
};

/** The mark of the last of these entries; empty: there are none. Its machine does not count, because it may become known later. */
export function markOf(maskKey: string, packed: PackedEntries): string {
  const key = Buffer.from(maskKey, 'hex');
  const last = lastIdOf(packed);
  for (const entry = new PackedReader(packed); entry.next();) {
    const { id, at, conn, what, sequence, bodyStart, detail } = entry;
    if (id !== last) continue;
    const facts = JSON.stringify([id, at, conn, what, sequence, bodyStart, detail]);
    return `${sum(key, 8, 'key')}.${sum(key, 22, facts, entry.bytes)}`;
  }
  return '';
}

/** Whether two marks of one number are of different entries. */
export function isOther(one: string, other: string): boolean {
  const [key, own] = one.split('.');
  const [otherKey, theirs] = other.split('.');
  return own !== undefined && theirs !== undefined && key === otherKey && own !== theirs;
}
