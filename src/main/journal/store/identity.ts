/**
 * The journal's own name: a random text that distinguishes its entries from those of other journals with the same numbers. A
 * journal that replaces a damaged or moved one keeps the name, because its numbers continue.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isJournalName } from '#shared/model/journal';
import { hasTable, type Row } from './columns';

/** The name; a new one if the file has none, or an unreadable one. */
export const identityOf = (db: DatabaseSyncInstance): string => knownIdentity(db) ?? renewIdentity(db);

/** The name, without writing; `null`: the file has none, or an unreadable one. */
export function knownIdentity(db: DatabaseSyncInstance): string | null {
  // A journal of an earlier version may be open for reading only.
  if (!hasTable(db, 'identity')) return null;
  const row = db.prepare('SELECT name FROM identity WHERE one = 1').get() as Row | undefined;
  const name = row?.['name'];
  return typeof name === 'string' && isJournalName(name) ? name : null;
}

/** Gives the journal another name: another journal has other entries under this name and the same numbers. */
export const renewIdentity = (db: DatabaseSyncInstance): string => setIdentity(db, randomUUID());

/** A copy of another journal, with the same numbers, has the name of that journal. */
export function setIdentity(db: DatabaseSyncInstance, name: string): string {
  db.prepare('INSERT OR REPLACE INTO identity (one, name) VALUES (1, ?)').run(name);
  return name;
}
