/** Marks and notes, one row per entry. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Mark, MarkChange } from '#shared/model/journal';
import { isSoundRow, summed, summedColumns } from './checksum';
import { rowsOf, type Row } from './columns';
import type { DamagedRows } from './damaged';

export class MarkTable {
  readonly #db: DatabaseSyncInstance;
  readonly #damaged: DamagedRows;
  #byEntry: ReadonlyMap<number, Mark> | null = null;
  #version = 0;

  constructor(db: DatabaseSyncInstance, damaged: DamagedRows) {
    this.#db = db;
    this.#damaged = damaged;
  }

  all(): readonly Mark[] {
    const rows = rowsOf(this.#db.prepare('SELECT * FROM marks ORDER BY entry'));
    const isRead = (row: Row): boolean => {
      const { entry, marked } = row;
      const isMark = typeof entry === 'number' && entry > 0 && (marked === 0 || marked === 1);
      return isMark && isSoundRow(row, summedColumns.marks);
    };
    const unread = rows.filter((row) => !isRead(row)).map((row) => row['entry'] as number | bigint);
    this.#damaged.setAside('marks', unread);
    return rows.filter(isRead).map((row) => ({
      entry: Number(row['entry']),
      marked: row['marked'] === 1,
      note: String(row['note']),
    }));
  }

  /** Marks are few and every list needs them, so they are cached until another process writes to the file. */
  byEntry(): ReadonlyMap<number, Mark> {
    const { data_version: version } = this.#db.prepare('PRAGMA data_version').get() as {
      readonly data_version: number;
    };
    if (version !== this.#version) this.#byEntry = null;
    this.#version = version;
    return (this.#byEntry ??= new Map(this.all().map((mark) => [mark.entry, mark])));
  }

  /** Mark and note share a row, and a change can leave one of them out. Returns the new row. */
  change({ entry, marked, note }: MarkChange): Mark {
    const before = this.byEntry().get(entry);
    const mark = { entry, marked: marked ?? before?.marked ?? false, note: note ?? before?.note ?? '' };
    this.set(mark);
    return mark;
  }

  /** A mark without flag and note is deleted. */
  set({ entry, marked, note }: Mark): void {
    this.#byEntry = null;
    if (marked || note !== '')
      this.#db
        .prepare('INSERT OR REPLACE INTO marks (entry, marked, note, checksum) VALUES (?,?,?,?)')
        .run(...summed(entry, Number(marked), note));
    else this.#db.prepare('DELETE FROM marks WHERE entry = ?').run(entry);
  }

  /** Call this after entries and their marks were deleted. */
  reread(): void {
    this.#byEntry = null;
  }
}
