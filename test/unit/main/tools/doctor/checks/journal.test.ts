import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { journal } from '../../../../../../src/main/tools/doctor/checks/journal';
import { codesOf, computer, damage, factsOf, makeJournal } from '../../../../../builders/doctor';
import { useFolder } from '../../../../../builders/useFolder';

const folder = useFolder();

/** The result of the check, which must leave the folder unchanged. */
async function looked(isOpen = false): Promise<readonly string[]> {
  // In this one process, writers and readers share memory.
  const facts = (): readonly string[] =>
    (factsOf(folder()) ?? []).filter((line) => !isOpen || !line.includes('-shm'));
  const before = facts();
  const results = await journal(computer({ folder: folder(), isOpen }));
  expect(facts()).toEqual(before);
  return codesOf(results);
}
const file = (): string => folder('journal.sqlite');

/** A database with an open writer, whose last rows are in its log. */
function writing(): DatabaseSyncInstance {
  makeJournal(folder(), 2_000);
  const db = new DatabaseSync(file());
  db.exec('PRAGMA journal_mode = WAL; INSERT INTO owners (entry, vmc_no, checksum) VALUES (1, 33232, NULL)');
  return db;
}
/** The files that a killed writer leaves. */
function killed(): void {
  const db = writing();
  const parts = ['', '-wal', '-shm'];
  for (const part of parts) copyFileSync(file() + part, folder(`copy${part}`));
  db.close();
  for (const part of parts) copyFileSync(folder(`copy${part}`), file() + part);
}

describe('the records', () => {
  it('do not exist yet', async () => {
    expect(await looked()).toEqual(['ok none']);
    writeFileSync(file(), '');
    expect(await looked()).toEqual(['ok none']);
  });

  it('are intact, with their number', async () => {
    makeJournal(folder(), 2_000);
    expect(await looked()).toEqual(['ok whole']);
    const [found] = await journal(computer({ folder: folder() }));
    expect(found?.params).toMatchObject({ entries: '2000', size: 1 });
  });

  it('are intact while a Crema writes them and after a kill, with and without its shared memory', async () => {
    const db = writing();
    expect(await looked(true)).toEqual(['ok whole']);
    db.close();
    rmSync(file());
    killed();
    expect(await looked()).toEqual(['ok whole']);
    rmSync(`${file()}-shm`);
    expect(await looked()).toEqual(['ok whole']);
  });

  it('are damaged in the file', async () => {
    damage(makeJournal(folder(), 20_000));
    expect(await looked()).toEqual(['problem damaged']);
  });

  it('are not a database any more', async () => {
    writeFileSync(file(), 'not a database '.repeat(1_000));
    expect(await looked()).toEqual(['problem damaged']);
  });

  it('can’t be opened', async () => {
    mkdirSync(file());
    expect(await looked()).toEqual(['problem notOpened']);
  });

  it('contain rows that were set aside', async () => {
    const db = new DatabaseSync(makeJournal(folder(), 10));
    db.exec("INSERT INTO damaged VALUES ('orders', 1, 1, x'00')");
    db.close();
    expect(await looked()).toEqual(['warning someDamaged']);
  });

  it.each([
    ['PRAGMA application_id = 0x43726d61; PRAGMA user_version = 999', 'problem otherVersion'],
    ['CREATE TABLE a (b); PRAGMA user_version = 7', 'problem otherVersion'],
    ['CREATE TABLE a (b)', 'problem noJournal'],
  ])('are of another kind: %s', async (sql, code) => {
    const db = new DatabaseSync(file());
    db.exec(sql);
    db.close();
    expect(await looked()).toEqual([code]);
  });
});
