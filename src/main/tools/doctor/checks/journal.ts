/** Checks that the journal opens, has our version and passes SQLite's quick check. */
import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { finding, type DoctorResult } from '#shared/doctor';
import { isDamage, schemaState } from '../../../journal/embed';
import type { Check } from '../computer';
import { openUnchanged } from '../openUnchanged';

const megabyte = 1_000_000;

export const journal: Check = async ({ folder, isOpen }) => {
  const file = join(folder, 'journal.sqlite');
  const info = await stat(file).catch(() => null);
  // An empty file is a journal without entries.
  if (info?.size === 0 || info === null) return [finding('journal', 'none', {})];
  let db: DatabaseSyncInstance | null = null;
  try {
    await access(file, constants.R_OK | constants.W_OK);
    db = openUnchanged(file, isOpen);
    return [checkOpened(db, file, Math.ceil(info.size / megabyte))];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [finding('journal', isDamage(error) ? 'damaged' : 'notOpened', { file, detail })];
  } finally {
    db?.close();
  }
};

function checkOpened(db: DatabaseSyncInstance, file: string, size: number): DoctorResult {
  db.exec('PRAGMA busy_timeout = 5000');
  const state = schemaState(db);
  if (state.kind === 'empty') return finding('journal', 'none', {});
  if (state.kind === 'otherVersion')
    return state.version === null
      ? finding('journal', 'noJournal', { file })
      : finding('journal', 'otherVersion', { version: state.version });
  // The first line is enough for the report; the full list helps only a repair.
  const verdict = textOf(db, 'PRAGMA quick_check(1)');
  if (verdict !== 'ok') return finding('journal', 'damaged', { file, detail: firstLine(verdict) });
  const rows = hasTable(db, 'damaged') ? Number(textOf(db, 'SELECT count(*) FROM damaged')) : 0;
  if (rows > 0) return finding('journal', 'someDamaged', { rows });
  return finding('journal', 'whole', { entries: textOf(db, 'SELECT count(*) FROM entries'), size });
}

/** The value of a query with one row and one column. */
function textOf(db: DatabaseSyncInstance, sql: string): string {
  const row = db.prepare(sql).get() as Readonly<Record<string, unknown>>;
  return String(Object.values(row)[0]);
}

function hasTable(db: DatabaseSyncInstance, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

const firstLine = (text: string): string =>
  text
    .replace(/^\*\*\* in database \w+ \*\*\*\s*/, '')
    .split('\n')[0]
    ?.slice(0, 200) ?? '';
