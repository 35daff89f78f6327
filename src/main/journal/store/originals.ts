/**
 * The numbers of imported entries in the journal that recorded them. They are stored in runs: the entries `entry` to `last` of this journal
 * had consecutive numbers from `number` on. A journal that recorded its entries itself has no runs.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Need, Needs } from '#shared/filter/language/needs';
import type { Original, StoredEntry } from '#shared/model/frame';
import { longestRun, type OriginalRun } from '../client/originalRuns';
import { isSoundRow, summed, summedColumns } from './checksum';
import { hasTable, rowsOf, type Row } from './columns';
import { knownIdentity } from './identity';

const none: Original = { id: null, journal: null };

export function insertOriginals(db: DatabaseSyncInstance, runs: readonly OriginalRun[]): void {
  const insert = db.prepare(
    'INSERT INTO originals (entry, last, number, journal, checksum) VALUES (?,?,?,?,?)',
  );
  for (const { entry, last, number, journal } of runs) insert.run(...summed(entry, last, number, journal));
}

/** Reads the runs. Make one for each query: an import adds more. */
export class Originals {
  readonly #db: DatabaseSyncInstance;
  readonly #at: StatementSyncInstance | null;
  #run: OriginalRun | null = null;

  constructor(db: DatabaseSyncInstance) {
    this.#db = db;
    const hasAny =
      hasTable(db, 'originals') && db.prepare('SELECT 1 FROM originals LIMIT 1').get() !== undefined;
    this.#at = hasAny
      ? db.prepare('SELECT * FROM originals WHERE entry <= ? ORDER BY entry DESC LIMIT 1')
      : null;
  }

  /** Whether entries have the numbers of another journal. */
  get hasAny(): boolean {
    return this.#at !== null;
  }

  /** The entry with its original number. */
  on(entry: StoredEntry): StoredEntry {
    return this.#at === null ? entry : { ...entry, original: this.#of(entry.id, this.#at) };
  }

  #of(id: number, at: StatementSyncInstance): Original {
    const known = this.#run;
    const run =
      known !== null && known.entry <= id && id <= known.last
        ? known
        : (rowsOf(at, id).map(runOf)[0] ?? null);
    this.#run = run;
    return run === null || id > run.last ? none : { id: run.number + id - run.entry, journal: run.journal };
  }

  /** Conditions on numbers as conditions on this journal's ids. */
  needs(needs: Needs | null): Needs | null {
    if (this.#at === null || needs === null) return needs;
    return needs.map((parts) => parts.map((need) => (need.on === 'id' ? this.#ownIds(need) : need)));
  }

  #ownIds({ from, to }: Extract<Need, { from: unknown }>): Need {
    const row = this.#db
      .prepare(`SELECT min(entry) AS low, max(last) AS high FROM originals WHERE ${hasNumber}`)
      .get(...within(from, to)) as Row;
    const [low, high] = [row['low'], row['high']];
    return typeof low === 'number' && typeof high === 'number'
      ? { on: 'id', from: low, to: high }
      : { on: 'id', from: 1, to: 0 };
  }

  /** This journal's id of the first entry with that number; `journal` `null`: of any journal. `null`: there is none. */
  find(number: number, journal: string | null): number | null {
    const rows = rowsOf(
      this.#db.prepare(`SELECT * FROM originals WHERE ${hasNumber} ORDER BY entry`),
      ...within(number, number),
    );
    const run = rows.map(runOf).find((one) => one !== null && (journal === null || journal === one.journal));
    return run === undefined || run === null ? null : run.entry + number - run.number;
  }
}

/** For the values of `within`. */
const hasNumber = `number > ? - ${longestRun} AND number <= ? AND number + last - entry >= ?`;
const within = (from: number | null, to: number | null): readonly [number, number, number] => {
  const low = Math.max(0, Math.ceil(from ?? 0));
  return [low, Math.min(Number.MAX_SAFE_INTEGER, Math.floor(to ?? Number.MAX_SAFE_INTEGER)), low];
};

/** `null`: the row is damaged. */
function runOf(row: Row): OriginalRun | null {
  const { entry, last, number, journal } = row;
  if (!isSoundRow(row, summedColumns.originals)) return null;
  return {
    entry: Number(entry),
    last: Number(last),
    number: Number(number),
    journal: typeof journal === 'string' ? journal : null,
  };
}

/** For `NumberOptions` of a file: the name of the journal whose entries have the numbers of this one; `null`: none, or unknown. */
export const nameOfNumbers = (db: DatabaseSyncInstance): string | null =>
  new Originals(db).hasAny ? null : knownIdentity(db);
