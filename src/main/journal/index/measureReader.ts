/** Reads the measures of blocks and of the newest entries. Missing or damaged ones are computed again. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Row } from '../store/columns';
import { addLate, unpackMeasures, type LateAnswer, type Measures } from './measures';
import { measureAgain, measureRows } from './remeasure';
import type { Sizes } from './sizes';

/** Blocks whose measures are kept if they cannot be stored. */
const mostKept = 256;

export class MeasureReader {
  readonly #db: DatabaseSyncInstance;
  readonly #sizes: Sizes;
  /** `null`: the file is of an earlier version and cannot be changed here. */
  readonly #packed: StatementSyncInstance | null;
  readonly #late: StatementSyncInstance | null;
  /** Computed again, by first entry of the block. */
  readonly #again = new Map<number, Measures>();

  constructor(db: DatabaseSyncInstance, sizes: Sizes) {
    this.#db = db;
    this.#sizes = sizes;
    const isThere = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'measures'`).get() !== undefined;
    this.#packed = isThere ? db.prepare('SELECT packed FROM measures WHERE block = ?') : null;
    this.#late = isThere
      ? db.prepare(
          `SELECT question, answer, latency FROM late_answers WHERE question BETWEEN ? AND ?
           UNION SELECT question, answer, latency FROM late_answers WHERE answer BETWEEN ? AND ?`,
        )
      : null;
  }

  /** `ids`: of the block's entries. */
  of(ids: Float64Array): Measures {
    const [first = 0, last = first] = [ids[0], ids.at(-1)];
    const row = this.#packed?.get(first) as Row | undefined;
    const stored = row === undefined ? null : unpackMeasures(row['packed'], ids);
    if (row !== undefined && stored === null) this.#sizes.onDamaged?.(first);
    if (stored === null) return this.#measuredAgain(first);
    addLate(stored, this.#lateIn(first, last));
    return stored;
  }

  /** Of the entries after those of all blocks. */
  newest(from: number, to: number): Measures {
    const found = this.#sizes.newest?.() ?? measureRows(this.#db, from, to).sheet.measures;
    addLate(found, this.#lateIn(from, to));
    return found;
  }

  #lateIn(first: number, last: number): readonly LateAnswer[] {
    const rows = (this.#late?.all(first, last, first, last) ?? []) as Row[];
    return rows.map((row) => ({
      question: Number(row['question']),
      answer: Number(row['answer']),
      latency: Number(row['latency']),
    }));
  }

  #measuredAgain(first: number): Measures {
    const known = this.#again.get(first);
    if (known !== undefined) return known;
    const { sheets, late } = measureAgain(this.#db, first);
    for (const [block, sheet] of sheets) {
      const { measures } = sheet;
      addLate(measures, late);
      if (this.#again.size >= mostKept) this.#again.clear();
      this.#again.set(block, measures);
      this.#store('INSERT OR REPLACE INTO measures (block, packed) VALUES (?,?)', block, sheet.packed);
    }
    for (const { question, answer, latency } of late)
      this.#store(
        'INSERT OR REPLACE INTO late_answers (question, answer, latency) VALUES (?,?,?)',
        question,
        answer,
        latency,
      );
    return this.#again.get(first) ?? measureRows(this.#db, first, first - 1).sheet.measures;
  }

  /** A read-only connection computes it each time. */
  #store(sql: string, ...values: readonly (number | Uint8Array)[]): void {
    if (this.#packed === null) return;
    try {
      this.#db.prepare(sql).run(...values);
    } catch {
      // The row stays as it was.
    }
  }
}
