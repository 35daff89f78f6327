/** Keeps the journal within its limits. Deletes the oldest blocks a few at a time, so that nothing waits long. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { JournalSize } from '#shared/model/journal';
import type { Row } from './columns';
import { dropSets, slicesPerSegment } from '../index/segments';
import type { Sizes } from '../index/sizes';

/** Blocks deleted per step. */
const step = 8;

export interface RetainArgs {
  /** Entries older than this time (ms) may be deleted. */
  readonly before: number;
  readonly now: number;
  readonly bytes: number;
}

export function journalSize(db: DatabaseSyncInstance, sizes: Sizes): JournalSize {
  const number = (sql: string): number | null => {
    const value = Object.values((db.prepare(sql).get() ?? {}) as Row)[0];
    return typeof value === 'number' ? value : null;
  };
  const pages = (number('PRAGMA page_count') ?? 0) - (number('PRAGMA freelist_count') ?? 0);
  const first = number('SELECT min(id) FROM entries');
  const blocks = number('SELECT count(*) FROM blocks') ?? 0;
  const lastBlock = number('SELECT max(last) FROM blocks') ?? 0;
  const tail = db.prepare('SELECT count(*) AS n FROM entries WHERE id > ?').get(lastBlock) as { n: number };
  return {
    bytes: pages * (number('PRAGMA page_size') ?? 0),
    // All blocks have the same size.
    entries: blocks * sizes.block + tail.n,
    since: first === null ? null : number('SELECT at FROM entries ORDER BY id LIMIT 1'),
  };
}

interface OldBlock {
  readonly first: number;
  readonly last: number;
  readonly last_at: number;
}

/** ms by which a valid time can be ahead: a change of time zone. */
const ahead = 86_400_000;

/**
 * Latest possible recording time of each block. If a block's clock was ahead, the
 * next block with a valid time counts; `null` if there is none.
 */
function youngest(
  db: DatabaseSyncInstance,
  blocks: readonly OldBlock[],
  now: number,
): readonly (number | null)[] {
  const next = db
    .prepare('SELECT last_at FROM blocks WHERE first > ? AND last_at <= ? ORDER BY first LIMIT 1')
    .get(blocks.at(-1)?.first ?? 0, now + ahead) as Pick<OldBlock, 'last_at'> | undefined;
  let known = next?.last_at ?? null;
  const times: (number | null)[] = [];
  for (const { last_at: at } of blocks.toReversed()) {
    known = at <= now + ahead ? at : known;
    times.unshift(known);
  }
  return times;
}

/**
 * Deletes entries that are too old or exceed the size limit. Returns the last deleted
 * entry, and more may remain to delete; `null` if nothing was deleted.
 */
export function retain(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  { before, now, bytes }: RetainArgs,
): number | null {
  const oldest = db
    .prepare('SELECT first, last, last_at FROM blocks ORDER BY first LIMIT ?')
    .all(step) as readonly OldBlock[];
  const tooMuch = journalSize(db, sizes).bytes > bytes;
  // Stops at the first block that stays: a later block may only look old because the clock was wrong.
  const times = youngest(db, oldest, now);
  const stays = tooMuch ? -1 : times.findIndex((at) => at === null || at >= before);
  const going = stays < 0 ? oldest : oldest.slice(0, stays);
  const last = going.at(-1)?.last;
  if (last === undefined) return null;
  // Block times of a clock that was ahead would delete histories up to today.
  const until = times[going.length - 1] ?? before;
  db.exec('BEGIN IMMEDIATE');
  try {
    db.prepare('DELETE FROM entries WHERE id <= ?').run(last);
    dropSets(db, last);
    db.prepare('DELETE FROM facts WHERE block <= ?').run(last);
    db.prepare('DELETE FROM measures WHERE block <= ?').run(last);
    db.prepare('DELETE FROM late_answers WHERE question <= ?').run(last);
    db.prepare('DELETE FROM blocks WHERE first <= ?').run(last);
    dropSegments(db, last);
    db.prepare('DELETE FROM marks WHERE entry <= ?').run(last);
    db.prepare('DELETE FROM owners WHERE entry <= ?').run(last);
    // Closed histories are deleted with their evidence; open items stay.
    db.prepare(
      `DELETE FROM faults WHERE id <= ? AND cleared_at IS NOT NULL
         AND iif(cleared_entry IS NULL, cleared_at < ?, cleared_entry <= ?)`,
    ).run(last, until, last);
    db.prepare('DELETE FROM orders WHERE id <= ?').run(last);
    db.prepare(
      `DELETE FROM commands WHERE state NOT IN ('queued', 'sent')
         AND iif(json_valid(body), json_extract(body, '$.endedAt') < ?, 0)`,
    ).run(until);
    db.prepare('DELETE FROM diagnoses WHERE until < ?').run(until);
    db.prepare('DELETE FROM run_lines WHERE run IN (SELECT id FROM runs WHERE ended_at < ?)').run(until);
    db.prepare('DELETE FROM runs WHERE ended_at < ?').run(until);
    db.prepare('DELETE FROM damaged WHERE found_at < ?').run(before);
    db.exec('COMMIT');
  } catch (error) {
    // On a full disk SQLite has already rolled back.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
  return last;
}

/** Deletes a segment with the last of its blocks. */
function dropSegments(db: DatabaseSyncInstance, last: number): void {
  const segments = db.prepare('SELECT id FROM segments WHERE last <= ?').all(last) as readonly {
    readonly id: number;
  }[];
  const slices = db.prepare('DELETE FROM slices WHERE id BETWEEN ? AND ?');
  for (const { id } of segments) slices.run(id * slicesPerSegment, (id + 1) * slicesPerSegment - 1);
  db.prepare('DELETE FROM segments WHERE last <= ?').run(last);
}
