/** Root pages of the tables in a damaged journal. */
import { DatabaseSync } from '@photostructure/sqlite';
import { addTables, createSchema } from '../store/schema';
import { attempt, leavesOf } from './leaves';
import type { DatabasePages } from './pages';
import { rowIn } from './records';

/**
 * Root pages of tables and indexes by name. A table missing in the file's
 * schema is expected where a new journal has it.
 */
export function rootsOf(pages: DatabasePages): ReadonlyMap<string, number> {
  const roots = new Map(rootsOfNew());
  for (const page of leavesOf(pages, 1)) {
    if (page === null) continue;
    for (const cell of page.cells) {
      const [, name, , root] = attempt(() => rowIn(pages, page, cell))?.values ?? [];
      if (typeof name === 'string' && typeof root === 'number' && root > 1) roots.set(name, root);
    }
  }
  return roots;
}

function rootsOfNew(): readonly (readonly [string, number])[] {
  const db = new DatabaseSync(':memory:');
  createSchema(db);
  addTables(db);
  const rows = db.prepare('SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0').all();
  db.close();
  return (rows as readonly { readonly name: string; readonly rootpage: number }[]).map(
    ({ name, rootpage }) => [name, rootpage],
  );
}
