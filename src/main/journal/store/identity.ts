/**
 * The journal's own name: a random text that distinguishes its entries from those of other journals with the same numbers. A
 * journal that replaces a damaged or moved one keeps the name, because its numbers continue.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Row } from './columns';

/** The name; a new one if the file has none, or an unreadable one. */
export function identityOf(db: DatabaseSyncInstance): string {
  const row = db.prepare('SELECT name FROM identity WHERE one = 1').get() as Row | undefined;
  const name = row?.['name'];
  if (typeof name === 'string' && isName(name)) return name;
  return renewIdentity(db);
}

/** Gives the journal another name: another journal has other entries under this name and the same numbers. */
export function renewIdentity(db: DatabaseSyncInstance): string {
  const fresh = randomUUID();
  db.prepare('INSERT OR REPLACE INTO identity (one, name) VALUES (1, ?)').run(fresh);
  return fresh;
}

/** The form of a name: a UUID, which is also one part of a subject. */
const isName = (text: string): boolean =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(text);
