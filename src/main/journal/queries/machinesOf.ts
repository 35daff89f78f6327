/** The machines that a journal has entries of. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Row } from '../store/columns';

/** Their numbers, ascending. The index has them; only the newest entries are read. */
export function machinesOf(db: DatabaseSyncInstance): readonly number[] {
  const rows = db
    .prepare(
      `SELECT vmc_no FROM numbers UNION
       SELECT vmc_no FROM entries WHERE id > (SELECT coalesce(max(last), 0) FROM blocks) UNION
       SELECT vmc_no FROM owners WHERE entry > (SELECT coalesce(max(last), 0) FROM blocks)`,
    )
    .all() as Row[];
  return rows
    .flatMap(({ vmc_no: vmcNo }) => (vmcNo === null ? [] : [Number(vmcNo)]))
    .toSorted((a, b) => a - b);
}
