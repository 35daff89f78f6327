/** Flipped bits in the schema: a renamed table or column means damage, not a disk that rejects writes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeAll, expect, it } from 'vitest';
import { isDamage } from '../../../../../src/main/journal/store/damaged';
import {
  setJournalAside,
  type DamagedFile,
  type Opened,
} from '../../../../../src/main/journal/store/openJournal';
import { connection, World } from '../../../../builders/connection';
import { batchOf, openedJournal } from '../../../../builders/journal';
import { seenIn } from '../../../../builders/seenInJournal';
import { useFolder } from '../../../../builders/useFolder';

/** Some entries are in a block of the index, others are not yet. */
const sizes = { block: 64, segment: 4 };
const folder = useFolder('all');
const whole = (): string => folder('whole.sqlite');
const file = (): string => folder('journal.sqlite');

const opened = (name: string, aside?: DamagedFile) => openedJournal(name, sizes, undefined, aside);

/** Contents of the journal after opening, recovery and writing. */
function used(aside: DamagedFile): Pick<Extract<Opened, { kind: 'open' }>, 'damagedCopy'> & {
  readonly seen: ReturnType<typeof seenIn>;
} {
  const { store, damagedCopy } = opened(file(), aside);
  try {
    while (store.salvage()?.isOver === false);
    store.append(batchOf({}));
    return { seen: seenIn(store), damagedCopy };
  } finally {
    store.close();
  }
}

/** If damage appears during use, the journal thread moves the file aside later. */
function foundIn(what: string): { readonly seen: ReturnType<typeof seenIn>; readonly isSetAside: boolean } {
  try {
    const { seen, damagedCopy } = used({ copy: null });
    return { seen, isSetAside: damagedCopy !== null };
  } catch (error) {
    if (!isDamage(error)) throw new Error(what, { cause: error });
    const { seen } = used({ copy: setJournalAside(file(), 'damaged') });
    return { seen, isSetAside: true };
  }
}

/** Offset of the name of each table's last column in the schema text. */
function lastColumns(bytes: Buffer): readonly { readonly table: string; readonly at: number }[] {
  const db = new DatabaseSync(whole(), { readOnly: true });
  const rows = db
    .prepare(
      `SELECT t.name AS name, t.sql AS sql, c.name AS last FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.sql IS NOT NULL GROUP BY t.name HAVING c.cid = max(c.cid)`,
    )
    .all() as { readonly name: string; readonly sql: string; readonly last: string }[];
  db.close();
  return rows.map(({ name, sql, last }) => ({
    table: name,
    at: bytes.indexOf(sql) + sql.search(new RegExp(`\\b${last}\\b`)),
  }));
}

beforeAll(() => {
  const world = new World();
  const machine = connection({}, world).receives({ cmd: 'login', vmc_no: 7, version: '1.0' });
  for (let n = 0; n < 300; n += 1) machine.receives({ cmd: 'hb', vmc_no: 7, n });
  const { store } = opened(whole());
  store.append(batchOf({ entries: world.entries }));
  store.close();
});

it('a flipped bit in a column name is damage: the file is moved aside, all entries are recovered, and recording continues', () => {
  const sound = readFileSync(whole());
  const { store: first } = opened(whole());
  const entries = seenIn(first);
  first.close();
  const columns = lastColumns(sound);
  expect(columns.length).toBeGreaterThan(10);
  let setAside = 0;
  for (const { table, at } of columns) {
    const bytes = Buffer.from(sound);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    for (const end of ['', '-wal', '-shm']) rmSync(`${file()}${end}`, { force: true });
    writeFileSync(file(), bytes);
    const { seen, isSetAside } = foundIn(table);
    if (isSetAside) setAside += 1;
    expect(seen, table).toEqual(entries);
  }
  // Damage of tables that no query has used yet stays unnoticed.
  expect(setAside).toBeGreaterThan(4);
});

it.each([
  [
    'a trigger',
    'CREATE TRIGGER late AFTER INSERT ON entries BEGIN DELETE FROM entries WHERE id = new.id; END',
  ],
  [
    'a trigger on a foreign table',
    'CREATE TABLE other (n); CREATE TRIGGER one AFTER INSERT ON other BEGIN SELECT 1; END',
  ],
  ['a view', 'CREATE VIEW other AS SELECT * FROM entries'],
  ['a unique index', 'CREATE UNIQUE INDEX other ON machines (entry)'],
  [
    'a condition',
    `DROP TABLE marks; CREATE TABLE marks (entry INTEGER PRIMARY KEY, marked INTEGER NOT NULL ON CONFLICT IGNORE,
       note TEXT NOT NULL, checksum INTEGER) STRICT`,
  ],
])('%s that Crema did not make is damage, and no record is lost', (_, sql) => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file()}${end}`, { force: true });
  writeFileSync(file(), readFileSync(whole()));
  const { store: first } = opened(whole());
  const entries = seenIn(first);
  first.close();
  const db = new DatabaseSync(file());
  db.exec(sql);
  db.close();
  const { seen, damagedCopy } = used({ copy: null });
  expect(damagedCopy).toContain('damaged');
  expect(seen).toEqual(entries);
  const after = new DatabaseSync(file(), { readOnly: true });
  const foreign = after
    .prepare(`SELECT name FROM sqlite_schema WHERE name IN ('late', 'one', 'other')`)
    .all();
  const made = after.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'marks'`).all();
  after.close();
  expect(foreign).toEqual([]);
  expect(JSON.stringify(made)).not.toContain('CONFLICT');
});

it('a foreign table next to ours is left alone', () => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file()}${end}`, { force: true });
  writeFileSync(file(), readFileSync(whole()));
  const db = new DatabaseSync(file());
  db.exec('CREATE TABLE other (n UNIQUE); CREATE INDEX other_n ON other (n); ANALYZE');
  db.close();
  expect(used({ copy: null }).damagedCopy).toBeNull();
});
