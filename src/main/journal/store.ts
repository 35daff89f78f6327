/**
 * The journal on disk, synchronous: it lives in the journal's worker thread (and in the command line tools), never on the thread
 * that answers machines.
 */
import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
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
import type { ClearedBy, Fault, FaultQuery } from '#shared/model/history';
import { prepareSchema } from './schema';

/** An entry as it is kept: what can be read again from its bytes (text and message) is not kept twice. */
export type StoredEntry =
  | OpenedEntry
  | ClosedEntry
  | JunkEntry
  | FindingEntry
  | (Omit<FrameEntry, 'message' | 'text'> & { readonly cmd: string | null });

/** A fault's row is written again whenever it changes; the newest wins. */
export interface Batch {
  readonly entries: readonly StoredEntry[];
  readonly faults: readonly Fault[];
  /** Machine states by number, as JSON, with the newest entry each is the fold of. */
  readonly machines: readonly {
    readonly vmcNo: number;
    readonly entry: number;
    readonly state: string | null;
  }[];
}

export interface FrameQuery {
  readonly vmcNo: number | null;
  /** Only entries older than this id. */
  readonly before: number | null;
  readonly limit: number;
}

export type Opened =
  | { readonly kind: 'open'; readonly store: JournalStore; readonly damagedCopy: string | null }
  | { readonly kind: 'newer'; readonly version: number };

type Row = Record<string, unknown>;

/** Opens or makes the journal. A damaged file is set aside under a dated name; one from a newer Crema is left alone. */
export function openJournal(file: string): Opened {
  let damagedCopy: string | null = null;
  for (;;) {
    let db: DatabaseSyncInstance | null = null;
    try {
      db = new DatabaseSync(file);
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
      const state = prepareSchema(db);
      if (state.kind === 'newer') {
        db.close();
        return state;
      }
      return { kind: 'open', store: new JournalStore(db), damagedCopy };
    } catch (error) {
      db?.close();
      if (damagedCopy !== null || !isDamage(error) || !existsSync(file)) throw error;
      damagedCopy = setAside(file);
    }
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB: the file itself is the problem, not the disk or the permissions. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database/i.test(error.message);
}

function setAside(file: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const copy = file.replace(/(\.[^.]+)?$/, `.damaged-${stamp}$1`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, copy + suffix);
  }
  return copy;
}

export class JournalStore {
  readonly #db: DatabaseSyncInstance;
  readonly #insert: StatementSyncInstance;
  readonly #fault: StatementSyncInstance;
  readonly #machine: StatementSyncInstance;
  readonly #forget: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.#db = db;
    this.#insert = db.prepare(
      'INSERT INTO entries (id, at, conn, vmc_no, kind, dir, head, sequence, cmd, body_start, bytes, detail) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)',
    );
    this.#fault = db.prepare(
      `INSERT INTO faults (id, vmc_no, code, description, set_at, cleared_at, cleared_entry, cleared_by, times, is_fatal, is_persistent)
       VALUES (?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT (id) DO UPDATE SET description = excluded.description, cleared_at = excluded.cleared_at,
         cleared_entry = excluded.cleared_entry, cleared_by = excluded.cleared_by, times = excluded.times`,
    );
    this.#forget = db.prepare('DELETE FROM machines WHERE vmc_no = ?');
    this.#machine = db.prepare('INSERT OR REPLACE INTO machines (vmc_no, entry, state) VALUES (?,?,?)');
  }

  /** One transaction: all of the batch or none of it. */
  append({ entries, faults, machines }: Batch): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const entry of entries) this.#insert.run(...columnsOf(entry));
      for (const fault of faults) this.#fault.run(...faultColumns(fault));
      for (const { vmcNo, entry, state } of machines) {
        if (state === null) this.#forget.run(vmcNo);
        else this.#machine.run(vmcNo, entry, state);
      }
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** The newest entry and connection numbers, 0 in an empty journal. */
  last(): { readonly entry: number; readonly conn: number } {
    const row = this.#db
      .prepare('SELECT max(id) AS entry, (SELECT max(conn) FROM entries) AS conn FROM entries')
      .get() as Row;
    return { entry: Number(row['entry'] ?? 0), conn: Number(row['conn'] ?? 0) };
  }

  /** All entries with an id above `after`, oldest first. */
  entriesAfter(after: number, limit: number): readonly StoredEntry[] {
    return this.#entries('SELECT * FROM entries WHERE id > ? ORDER BY id LIMIT ?', after, limit);
  }

  entry(id: number): StoredEntry | null {
    return this.#entries('SELECT * FROM entries WHERE id = ?', id)[0] ?? null;
  }

  /** Frames and junk, newest first. */
  frames({ vmcNo, before, limit }: FrameQuery): readonly StoredEntry[] {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const kinds = "kind IN ('frame', 'junk')";
    return vmcNo === null
      ? this.#entries(
          `SELECT * FROM entries WHERE id < ? AND ${kinds} ORDER BY id DESC LIMIT ?`,
          below,
          limit,
        )
      : this.#entries(
          `SELECT * FROM entries WHERE vmc_no = ? AND id < ? AND ${kinds} ORDER BY id DESC LIMIT ?`,
          vmcNo,
          below,
          limit,
        );
  }

  /** Newest first. */
  faults({ vmcNo, activeOnly, before, limit }: FaultQuery): readonly Fault[] {
    const conditions: string[] = [];
    const values: number[] = [];
    if (vmcNo !== null) {
      conditions.push('vmc_no = ?');
      values.push(vmcNo);
    }
    if (activeOnly) conditions.push('cleared_at IS NULL');
    if (before !== null) {
      conditions.push('(set_at, id) < (?, ?)');
      values.push(before.setAt, before.id);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = this.#db
      .prepare(`SELECT * FROM faults ${where} ORDER BY set_at DESC, id DESC LIMIT ?`)
      .all(...values, limit) as Row[];
    return rows.map(faultOf);
  }

  machines(): Batch['machines'] {
    const rows = this.#db.prepare('SELECT vmc_no, entry, state FROM machines').all() as Row[];
    return rows.map((row) => ({
      vmcNo: Number(row['vmc_no']),
      entry: Number(row['entry']),
      state: String(row['state']),
    }));
  }

  close(): void {
    this.#db.exec('PRAGMA optimize');
    this.#db.close();
  }

  #entries(sql: string, ...parameters: number[]): readonly StoredEntry[] {
    return (this.#db.prepare(sql).all(...parameters) as Row[]).map(entryOf);
  }
}

type Column = string | number | Uint8Array | null;

function columnsOf(entry: StoredEntry): Column[] {
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

function entryOf(row: Row): StoredEntry {
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

function faultColumns(fault: Fault): Column[] {
  return [
    fault.id,
    fault.vmcNo,
    fault.code,
    fault.description,
    fault.setAt,
    fault.clearedAt,
    fault.clearedEntry,
    fault.clearedBy,
    fault.times,
    flag(fault.isFatal),
    flag(fault.isPersistent),
  ];
}

function faultOf(row: Row): Fault {
  return {
    id: Number(row['id']),
    vmcNo: Number(row['vmc_no']),
    code: String(row['code']),
    description: textOrNull(row['description']),
    setAt: Number(row['set_at']),
    clearedAt: numberOrNull(row['cleared_at']),
    clearedEntry: numberOrNull(row['cleared_entry']),
    clearedBy: row['cleared_by'] as ClearedBy | null,
    times: Number(row['times']),
    isFatal: boolOrNull(row['is_fatal']),
    isPersistent: boolOrNull(row['is_persistent']),
  };
}

function flag(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}
function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
function boolOrNull(value: unknown): boolean | null {
  return typeof value === 'number' ? value !== 0 : null;
}
