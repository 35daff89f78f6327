/** The rows of a replay, up to a limit. */
import { mostReplayRows, type ReplayOutcome, type ReplayRow, type ReplayRows } from '#shared/model/replay';

const differing: ReadonlySet<ReplayOutcome> = new Set(['differs', 'missing', 'extra']);

export class KeptRows {
  readonly #rows = new Map<number, ReplayRow>();

  put(row: ReplayRow): void {
    this.#rows.set(row.id, row);
    this.#rows.delete(row.id - mostReplayRows);
  }

  /** Newest first, older than `before`. */
  page(before: number | null, limit: number, isDiffering: boolean): ReplayRows {
    const older = [...this.#rows.values()].filter(
      ({ id, kind, outcome }) =>
        (before === null || id < before) && (!isDiffering || (kind === 'answer' && differing.has(outcome))),
    );
    const rows = older.toSorted((a, b) => b.id - a.id).slice(0, limit);
    return { rows, next: rows.length < older.length ? (rows.at(-1)?.id ?? null) : null };
  }
}
