/**
 * Positions of the audit trail, also kept in the journal: an attacker who
 * edits the trail must edit the journal as well.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AuditEnd } from '#shared/model/audit';
import { rowsOf } from './columns';

export class AuditEnds {
  readonly #db: DatabaseSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.#db = db;
  }

  /** An unreadable row matches no line, so the comparison reports it. */
  all(): readonly AuditEnd[] {
    return rowsOf(this.#db.prepare('SELECT n, hash FROM audit_ends ORDER BY n')).map(({ n, hash }) => ({
      n: Number(n),
      hash: String(hash),
    }));
  }

  /** The first recorded position stays. */
  keep({ n, hash }: AuditEnd): void {
    this.#db.prepare('INSERT OR IGNORE INTO audit_ends (n, hash) VALUES (?,?)').run(n, hash);
  }
}
