/** Where the audit trail stood, as its file says it: whoever changes that file has to change this too. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AuditEnd } from '#shared/model/audit';
import { rowsOf } from './columns';

export class AuditEnds {
  readonly #db: DatabaseSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.#db = db;
  }

  /** One that can't be read any more is of no line: whoever compares tells it. */
  all(): readonly AuditEnd[] {
    return rowsOf(this.#db.prepare('SELECT n, hash FROM audit_ends ORDER BY n')).map(({ n, hash }) => ({
      n: Number(n),
      hash: String(hash),
    }));
  }

  /** What was kept first stays. */
  keep({ n, hash }: AuditEnd): void {
    this.#db.prepare('INSERT OR IGNORE INTO audit_ends (n, hash) VALUES (?,?)').run(n, hash);
  }
}
