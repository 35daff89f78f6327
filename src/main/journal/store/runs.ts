/** Runs and their machines, one row each. A changed row is written again. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Run, RunMachine, RunQuery } from '#shared/model/run';
import { readRun, readRunMachine } from '#shared/model/stored/work';
import { isSoundRow, summed, summedColumns } from './checksum';
import { eachRow, rowsOf, type Row } from './columns';
import type { DamagedRows } from './damaged';

export class RunTables {
  readonly #db: DatabaseSyncInstance;
  readonly #damaged: DamagedRows;
  readonly #run: StatementSyncInstance;
  readonly #line: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance, damaged: DamagedRows) {
    this.#db = db;
    this.#damaged = damaged;
    this.#run = db.prepare('INSERT OR REPLACE INTO runs (id, ended_at, body, checksum) VALUES (?,?,?,?)');
    this.#line = db.prepare('INSERT OR REPLACE INTO run_lines (id, run, body, checksum) VALUES (?,?,?,?)');
  }

  keep(run: Run): void {
    this.#run.run(...summed(run.id, run.endedAt, JSON.stringify(run)));
  }

  keepLine(line: RunMachine): void {
    this.#line.run(...summed(line.id, line.run, JSON.stringify(line)));
  }

  /** Newest first. A page is filled even if some rows are unreadable, because a short page means the last page. */
  page({ before, limit }: RunQuery): readonly Run[] {
    const rows = eachRow(
      this.#db.prepare('SELECT * FROM runs WHERE id < ? ORDER BY id DESC'),
      before ?? Number.MAX_SAFE_INTEGER,
    );
    return this.#read('runs', rows, runOf, limit);
  }

  /** In the order in which the machines were chosen. */
  linesOf(run: number): readonly RunMachine[] {
    const rows = rowsOf(this.#db.prepare('SELECT * FROM run_lines WHERE run = ? ORDER BY id'), run);
    return this.#read('run_lines', rows, lineOf);
  }

  /** Open runs with their lines. */
  open(): { readonly runs: readonly Run[]; readonly lines: readonly RunMachine[] } {
    const rows = rowsOf(this.#db.prepare('SELECT * FROM runs WHERE ended_at IS NULL ORDER BY id'));
    const runs = this.#read('runs', rows, runOf);
    return { runs, lines: runs.flatMap(({ id }) => this.linesOf(id)) };
  }

  /** Moves unreadable rows aside. */
  #read<T>(
    kind: 'runs' | 'run_lines',
    rows: Iterable<Row>,
    read: (row: Row) => T | null,
    limit = Infinity,
  ): readonly T[] {
    const found: T[] = [];
    const unread: number[] = [];
    for (const row of rows) {
      const value = isSoundRow(row, summedColumns[kind]) ? read(row) : null;
      if (value === null) unread.push(Number(row['id']));
      else found.push(value);
      if (found.length >= limit) break;
    }
    this.#damaged.setAside(kind, unread);
    return found;
  }
}

/** The columns repeat members of the body. */
function runOf(row: Row): Run | null {
  const run = readRun(String(row['body']));
  return run?.id === row['id'] && run?.endedAt === row['ended_at'] ? run : null;
}

function lineOf(row: Row): RunMachine | null {
  const line = readRunMachine(String(row['body']));
  return line?.id === row['id'] && line?.run === row['run'] ? line : null;
}
