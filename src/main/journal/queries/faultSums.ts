/**
 * Fault totals by code and by day. SQLite does the grouping, so years of
 * history cost one query and no rows in memory.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Facts } from '#shared/contract/request';
import { errorKey } from '#shared/errors/codes';
import type { CodeSum, FaultSums, FaultSumsQuery } from '#shared/model/faultSums';
import { boolOrNull, rowsOf, type Row } from '../store/columns';

/** `now`: the end of errors that are still active. */
export type FaultSumsRequest = FaultSumsQuery & Pick<Facts, 'now' | 'platforms'>;

type Flag = CodeSum['flags'][number];

/** A limit, so that a machine with invented codes cannot fill the window. */
const maxCodes = 200;

export function faultSums(
  db: DatabaseSyncInstance,
  { vmcNo, code, now, platforms }: FaultSumsRequest,
  spellingsOf: (code: string) => readonly string[],
): FaultSums {
  const mine = vmcNo === null ? '' : 'WHERE vmc_no = ?';
  const values = vmcNo === null ? [] : [vmcNo];
  const rows = rowsOf(
    db.prepare(
      `SELECT code, count(*) AS faults, sum(times) AS times, sum(cleared_at IS NULL) AS active,
         sum(max(0, coalesce(cleared_at, ?) - set_at)) AS total, max(coalesce(cleared_at, ?) - set_at) AS longest,
         max(set_at) AS last, min(CASE WHEN cleared_at IS NULL THEN set_at END) AS active_since FROM faults ${mine} GROUP BY code`,
    ),
    now,
    now,
    ...values,
  );
  const reports = rowsOf(db.prepare(`SELECT DISTINCT code, vmc_no, is_fatal FROM faults ${mine}`), ...values);
  const machines = new Map<string, Set<number>>();
  const flags = new Map<string, Map<string, Flag>>();
  for (const report of reports) {
    const key = errorKey(String(report['code']));
    const vmc = Number(report['vmc_no']);
    machines.set(key, (machines.get(key) ?? new Set<number>()).add(vmc));
    const isFatal = boolOrNull(report['is_fatal']);
    const platform = platforms[vmc] ?? null;
    flags.set(
      key,
      (flags.get(key) ?? new Map<string, Flag>()).set(`${isFatal} ${platform}`, { isFatal, platform }),
    );
  }
  const sums = new Map<string, CodeSum>();
  for (const row of rows) {
    const key = errorKey(String(row['code']));
    const sum = sumOf(key, row, machines.get(key)?.size ?? 0, [...(flags.get(key)?.values() ?? [])]);
    const known = sums.get(key);
    sums.set(key, known === undefined ? sum : joined(known, sum));
  }
  const all = [...sums.values()].toSorted((a, b) => b.faults - a.faults || b.last - a.last);
  return {
    at: now,
    codes: all.slice(0, maxCodes),
    left: Math.max(0, all.length - maxCodes),
    days: daysOf(db, vmcNo, code === null ? null : spellingsOf(code)),
  };
}

const sumOf = (code: string, row: Row, machines: number, flags: CodeSum['flags']): CodeSum => ({
  flags,
  code,
  faults: Number(row['faults']),
  times: Number(row['times']),
  active: Number(row['active']),
  activeSince: row['active_since'] === null ? null : Number(row['active_since']),
  total: Number(row['total']),
  longest: Math.max(0, Number(row['longest'])),
  last: Number(row['last']),
  machines,
});

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const joined = (a: CodeSum, b: CodeSum): CodeSum => ({
  code: a.code,
  faults: a.faults + b.faults,
  times: a.times + b.times,
  active: a.active + b.active,
  activeSince: earlier(a.activeSince, b.activeSince),
  total: a.total + b.total,
  longest: Math.max(a.longest, b.longest),
  last: Math.max(a.last, b.last),
  machines: a.machines,
  flags: a.flags,
});

/** Days, by this computer's clock, on which faults began, newest first. */
function daysOf(
  db: DatabaseSyncInstance,
  vmcNo: number | null,
  spellings: readonly string[] | null,
): FaultSums['days'] {
  const conditions = vmcNo === null ? [] : ['vmc_no = ?'];
  const values: (number | string)[] = vmcNo === null ? [] : [vmcNo];
  if (spellings !== null) {
    conditions.push('code IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(spellings));
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return rowsOf(
    db.prepare(
      `SELECT date(set_at / 1000, 'unixepoch', 'localtime') AS day, count(*) AS faults FROM faults ${where}
       GROUP BY day ORDER BY day DESC LIMIT 400`,
    ),
    ...values,
  ).map((row) => {
    const [year = 0, month = 1, day = 1] = String(row['day']).split('-').map(Number);
    return {
      from: new Date(year, month - 1, day).getTime(),
      to: new Date(year, month - 1, day + 1).getTime(),
      faults: Number(row['faults']),
    };
  });
}
