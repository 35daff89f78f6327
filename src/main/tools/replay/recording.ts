/** Reads the recording of a replay from a capture's journal or the live one. The journal is only read, so it may be in use. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import type { Entry, StoredEntry } from '#shared/model/frame';
import type { ReplayPart } from '#shared/model/replay';
import {
  entryColumns,
  entryOf,
  factsOf,
  TimesReader,
  usualSizes,
  marksOf,
  newestEntry,
  Originals,
  type Row,
  scan,
  type ScanQuery,
} from '../../journal/embed';
import { readStored } from '../../core/state/readStored';
import { answerWindow, type Recorded } from './run';

/** Entries in memory at a time. */
const pageSize = 500;

/** Lets other events of this thread be handled, such as a cancel. */
const breathe = (): Promise<void> => new Promise((done) => setImmediate(done));

/** The chosen entries, page by page, oldest first. */
export async function* chosenPages(
  db: DatabaseSyncInstance,
  query: ScanQuery,
): AsyncGenerator<readonly Entry[]> {
  for (const { entries } of scan(db, query, marksOf(db))) {
    yield entries.map(readStored);
    await breathe();
  }
}

/** All entries from the first chosen to the last, and those after it that may be answers. */
export async function* pagesWithin(
  db: DatabaseSyncInstance,
  query: ScanQuery,
  { first, last, to }: NonNullable<ReplayPart['extent']>,
): AsyncGenerator<readonly Recorded[]> {
  const isChosen = choiceOf(db, query);
  const rows = db.prepare(
    `SELECT ${entryColumns} FROM entries WHERE id >= ? AND id <= ? ORDER BY id LIMIT ${pageSize}`,
  );
  const originals = new Originals(db);
  // Entries recorded during the replay do not belong to the recording.
  const end = newestEntry(db);
  for (let from = first; from <= end;) {
    const page = (rows.all(from, end) as Row[]).map((row) => originals.on(entryOf(row)));
    const newest = page.at(-1);
    if (newest === undefined) return;
    yield page
      .filter(({ id, at }) => id <= last || at <= to + answerWindow)
      .map((entry) => ({ entry: readStored(entry), isChosen: isChosen(entry) }));
    if (newest.id > last && newest.at > to + answerWindow) return;
    from = newest.id + 1;
    await breathe();
  }
}

/** Whether the user chose an entry, by its number or by the filter. @throws Error if the journal can't be read */
function choiceOf(
  db: DatabaseSyncInstance,
  { filter, now, names, ids }: ScanQuery,
): (entry: StoredEntry) => boolean {
  const test = frameTest(filter, now);
  if (!test.ok) throw new Error(`the filter can't be read at character ${test.error.at}`);
  const wanted = ids === null ? null : new Set(ids);
  const around = { names, marks: marksOf(db), times: new TimesReader(db, usualSizes) };
  return (entry) => (wanted?.has(entry.id) ?? true) && test.matches(factsOf(entry, around));
}
