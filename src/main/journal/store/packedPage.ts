/** A page of entries, packed for the sites thread. A backlog is read faster than the broker takes it, so most rows are copied without parsing. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { StoredEntry } from '#shared/model/frame';
import { EntryPacker, whatOf, type EntryFields, type PackedEntries } from '../client/packed';
import { isSound } from './checksum';
import { numberOrNull, rowsOf, textOrNull } from './columns';
import { entryOf } from './entries';
import { entryColumns } from './owners';

export interface PackedQuery {
  readonly after: number;
  /** At most. */
  readonly entries: number;
  /** About so many: the page ends with the entry that reaches it. */
  readonly bytes: number;
}

/** Rows of one call of SQLite. They are in memory at once, each with up to 64 KiB. */
const stride = 256;
const noBytes = new Uint8Array();

/** Oldest first. The page ends before a missing number. */
export function packedPage(db: DatabaseSyncInstance, { after, entries, bytes }: PackedQuery): PackedEntries {
  const packer = new EntryPacker();
  const next = db.prepare(
    `SELECT id, at, conn, vmc_no, kind, dir, head, sequence, cmd, body_start, bytes, detail, checksum
     FROM entries WHERE id > ? ORDER BY id LIMIT ?`,
  );
  next.setReturnArrays(true);
  let last: number | null = null;
  for (;;) {
    const from: number = last ?? after;
    const wanted = Math.min(stride, entries - packer.count);
    const rows = soundRows(() => next.all(from, wanted) as unknown[][]);
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
function soundRows(read: () => unknown[][]): readonly EntryFields[] | null {
  try {
    const rows: EntryFields[] = [];
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
      bytes,
      detail,
      sum,
    ] of read()) {
      const row: EntryFields = {
        id: id as number,
        at: at as number,
        conn: conn as number,
        vmcNo: numberOrNull(vmcNo),
        sequence: numberOrNull(sequence),
        bodyStart: Number(bodyStart),
        what: whatOf(kind, dir, head),
        cmd: textOrNull(cmd),
        bytes: bytes instanceof Uint8Array ? bytes : noBytes,
        detail: textOrNull(detail),
      };
      if (!isSound(row, sum)) return null;
      rows.push(row);
    }
    return rows;
  } catch (error) {
    // A changed byte made a number that JavaScript can't hold.
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

const readRows = (db: DatabaseSyncInstance, after: number, limit: number): readonly StoredEntry[] =>
  rowsOf(
    db.prepare(`SELECT ${entryColumns} FROM entries WHERE id > ? ORDER BY id LIMIT ?`),
    after,
    limit,
  ).map(entryOf);
