/** A page of entries, packed for the sites thread. A backlog is read faster than the broker takes it, so most rows are copied without parsing. */
import { Buffer } from 'node:buffer';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { StoredEntry } from '#shared/model/frame';
import { EntryPacker, whatOf, type EntryFields, type PackedEntries } from '../client/packed';
import { isSound } from './checksum';
import { numberOrNull, rowsOf, textOrNull, type Row } from './columns';
import { entryOf } from './entries';
import { entryColumns } from './owners';

export interface PackedQuery {
  readonly after: number;
  /** At most. */
  readonly entries: number;
  /** About so many: the page ends with the entry that reaches it. */
  readonly bytes: number;
}

/** Rows of one call of SQLite. They are in memory at once, each with up to 64 KiB, and their bytes a second time as text. */
const stride = 256;
const noBytes = new Uint8Array();

/** Oldest first. The page ends before a missing number. */
export function packedPage(db: DatabaseSyncInstance, { after, entries, bytes }: PackedQuery): PackedEntries {
  const packer = new EntryPacker();
  // One JSON text for all rows: each value that SQLite returns costs as much as a row's part of the text.
  const next = db.prepare(
    `SELECT json_group_array(json_array(id, at, conn, vmc_no, kind, dir, head, sequence, cmd, body_start, detail,
       checksum, length(bytes))) AS rows, group_concat(hex(bytes), '') AS bytes
     FROM (SELECT * FROM entries WHERE id > ? ORDER BY id LIMIT ?)`,
  );
  let last: number | null = null;
  for (;;) {
    const from: number = last ?? after;
    const wanted = Math.min(stride, entries - packer.count);
    const rows = soundRows(() => next.get(from, wanted) as Row);
    const found: readonly (EntryFields | StoredEntry)[] = rows ?? readRows(db, from, wanted);
    for (const entry of found) {
      if (last !== null && entry.id !== last + 1) return packer.take();
      last = entry.id;
      if ('what' in entry) packer.addFields(entry);
      else packer.add(entry);
      if (packer.size >= bytes) return packer.take();
    }
    if (found.length < wanted || packer.count >= entries) return packer.take();
  }
}

/** `null`: one of them was not written like this, or has no checksum. */
function soundRows(read: () => Row): readonly EntryFields[] | null {
  const { rows, bytes } = textOf(read);
  if (rows === null) return null;
  const all = Buffer.from(bytes, 'hex');
  const found: EntryFields[] = [];
  let end = 0;
  for (const [
    id,
    at,
    conn,
    vmcNo,
    kind,
    dir,
    head,
    sequence,
    cmd,
    bodyStart,
    detail,
    sum,
    length,
  ] of JSON.parse(rows) as readonly (readonly unknown[])[]) {
    const start = end;
    end += Number(length);
    const row: EntryFields = {
      id: id as number,
      at: at as number,
      conn: conn as number,
      vmcNo: numberOrNull(vmcNo),
      sequence: numberOrNull(sequence),
      bodyStart: Number(bodyStart),
      what: whatOf(kind, dir, head),
      cmd: textOrNull(cmd),
      bytes:
        length === 0 || length === null
          ? noBytes
          : new Uint8Array(all.buffer, all.byteOffset + start, end - start),
      detail: textOrNull(detail),
    };
    if (!isSound(row, sum)) return null;
    found.push(row);
  }
  return found;
}

/** `rows`: `null` if a changed byte made a text of a row to bytes, which JSON can't hold. */
function textOf(read: () => Row): { readonly rows: string | null; readonly bytes: string } {
  try {
    const { rows, bytes } = read();
    return { rows: textOrNull(rows), bytes: textOrNull(bytes) ?? '' };
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('JSON cannot hold BLOB')) throw error;
    return { rows: null, bytes: '' };
  }
}

const readRows = (db: DatabaseSyncInstance, after: number, limit: number): readonly StoredEntry[] =>
  rowsOf(
    db.prepare(`SELECT ${entryColumns} FROM entries WHERE id > ? ORDER BY id LIMIT ?`),
    after,
    limit,
  ).map(entryOf);
