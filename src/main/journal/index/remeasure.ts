/**
 * Computes measures from the rows of entries. Blocks of an earlier version have none, those of damaged blocks are lost, and the
 * newest entries are not in a block yet.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { Timings, type TimedEntry } from '../../core/state/timings';
import { namesWithOrderNo } from '#shared/messages/lookup';
import type { Entry } from '#shared/model/frame';
import { bytesText } from '../store/entries';
import { eachRow, numberOrNull, textOrNull, type Row } from '../store/columns';
import { MeasureSheet, type LateAnswer, type Measured } from './measures';

/**
 * Entries read before and after those that are measured. A question or a frame further away counts as none: it is
 * the most that can be read without delaying other questions.
 */
const before = 8_192;
const after = 4_096;
/** Blocks on each side that are measured together with a block. */
const beside = 8;

export function bodyTextOf({
  bytes,
  bodyStart,
}: {
  readonly bytes: Uint8Array;
  readonly bodyStart: number;
}): string {
  return bytesText('frame', bytes.subarray(bodyStart));
}

/** Only messages that carry an order number need their bodies. */
const columns = `id, at, conn, kind, dir, cmd, body_start, coalesce(length(bytes), 0) AS size,
  CASE WHEN lower(cmd) IN (${[...namesWithOrderNo].map((name) => `'${name}'`).join(',')}) THEN bytes END AS bytes`;

function* timedRows(db: DatabaseSyncInstance, from: number, to: number): Generator<TimedEntry & Measured> {
  const rows = db.prepare(`SELECT ${columns} FROM entries WHERE id >= ? AND id <= ? ORDER BY id`);
  for (const row of eachRow(rows, from, to)) yield timedRow(row);
}

function timedRow(row: Row): TimedEntry & Measured {
  const kind = row['kind'] as Entry['kind'];
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    conn: Number(row['conn']),
    kind,
    isFrame: kind === 'frame',
    size: Number(row['size']),
    dir: row['dir'] === 'in' || row['dir'] === 'out' ? row['dir'] : null,
    cmd: textOrNull(row['cmd']),
    bodyText: () =>
      row['bytes'] instanceof Uint8Array
        ? bodyTextOf({ bytes: row['bytes'], bodyStart: Number(row['body_start']) })
        : '',
  };
}

function timingsBefore(db: DatabaseSyncInstance, id: number): Timings {
  const timings = new Timings();
  for (const entry of timedRows(db, id - before, id - 1)) timings.next(entry);
  return timings;
}

/** Measures the entries from one number to another. `timings`: as they are after these entries. */
export function measureRows(
  db: DatabaseSyncInstance,
  from: number,
  to: number,
): { readonly sheet: MeasureSheet; readonly timings: Timings } {
  const timings = timingsBefore(db, from);
  const sheet = new MeasureSheet();
  for (const entry of timedRows(db, from, to)) sheet.add(entry, timings.next(entry));
  return { sheet, timings };
}

export interface Remeasured {
  /** By first entry of the block. */
  readonly sheets: ReadonlyMap<number, MeasureSheet>;
  readonly late: readonly LateAnswer[];
}

/** Measures a block and its neighbours. */
export function measureAgain(db: DatabaseSyncInstance, first: number): Remeasured {
  const blocks = (sql: string): Row[] => db.prepare(sql).all(first, beside) as Row[];
  const near = [
    ...blocks('SELECT first, last FROM blocks WHERE first < ? ORDER BY first DESC LIMIT ?').toReversed(),
    ...blocks('SELECT first, last FROM blocks WHERE first >= ? ORDER BY first LIMIT ?'),
  ];
  const begin = Number(near[0]?.['first'] ?? first);
  const end = numberOrNull(near.at(-1)?.['last']) ?? begin;
  const timings = timingsBefore(db, begin);
  const sheets = new Map<number, MeasureSheet>();
  const late: LateAnswer[] = [];
  let [n, sheet] = [-1, new MeasureSheet()];
  for (const entry of timedRows(db, begin, end + after)) {
    while (entry.id >= Number(near[n + 1]?.['first'] ?? Infinity) && n + 1 < near.length) {
      late.push(...sheet.takeLate());
      n += 1;
      sheets.set(Number(near[n]?.['first']), (sheet = new MeasureSheet()));
    }
    const timing = timings.next(entry);
    if (entry.id <= end) sheet.add(entry, timing);
    else if (timing.answered !== null && timing.answered.question <= end)
      late.push({ ...timing.answered, answer: entry.id });
  }
  late.push(...sheet.takeLate());
  return { sheets, late };
}
