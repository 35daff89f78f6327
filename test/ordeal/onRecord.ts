/** The entries of counting machines in a journal, read while Crema has it open. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

interface Row {
  readonly id: number;
  readonly conn: number;
  readonly kind: string;
  readonly bytes: Uint8Array | null;
}

export interface Recorded {
  /** By machine: the numbers of its heartbeats. */
  readonly heartbeats: ReadonlyMap<number, ReadonlySet<number>>;
  /** Connections that began and have no end. */
  readonly open: ReadonlySet<number>;
}

const numbered = /"vmc_no":(\d+),"n":(\d+)\}/;

/** Of entries after `after`. */
export function recorded(folder: string, after = 0): Recorded {
  const db = new DatabaseSync(join(folder, 'journal.sqlite'), { readOnly: true });
  try {
    const heartbeats = new Map<number, Set<number>>();
    const open = new Set<number>();
    const rows = db
      .prepare(
        `SELECT id, conn, kind, CASE WHEN dir = 'in' THEN bytes END AS bytes FROM entries WHERE id > ? ORDER BY id`,
      )
      .iterate(after) as Iterable<Row>;
    for (const { conn, kind, bytes } of rows) {
      if (kind === 'opened') open.add(conn);
      else if (kind === 'closed') open.delete(conn);
      if (bytes === null) continue;
      const [, vmcNo, n] = numbered.exec(Buffer.from(bytes).toString('latin1')) ?? [];
      if (vmcNo === undefined) continue;
      const known = heartbeats.get(Number(vmcNo)) ?? new Set();
      heartbeats.set(Number(vmcNo), known.add(Number(n)));
    }
    return { heartbeats, open };
  } finally {
    db.close();
  }
}

/** The numbers of one machine's heartbeats, of a journal that may be large. */
export function heartbeatsOf(folder: string, vmcNo: number): ReadonlySet<number> {
  const db = new DatabaseSync(join(folder, 'journal.sqlite'), { readOnly: true });
  try {
    const rows = db
      .prepare(`SELECT bytes FROM entries WHERE vmc_no = ? AND dir = 'in' AND cmd = 'hb'`)
      .iterate(vmcNo) as Iterable<{ readonly bytes: Uint8Array }>;
    const found = new Set<number>();
    for (const { bytes } of rows) {
      const [, , n] = numbered.exec(Buffer.from(bytes).toString('latin1')) ?? [];
      if (n !== undefined) found.add(Number(n));
    }
    return found;
  } finally {
    db.close();
  }
}

export function lastEntry(folder: string): number {
  const db = new DatabaseSync(join(folder, 'journal.sqlite'), { readOnly: true });
  try {
    const row = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
    return row.id ?? 0;
  } finally {
    db.close();
  }
}
