/** Files as a failing disk leaves them. */
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';

const pageSize = 8_192;

/** Overwrites every `each`th page, from `first` on. */
export function spoilPages(file: string, first: number, each: number): void {
  const bytes = readFileSync(file);
  for (let page = first; page * pageSize < bytes.length; page += each)
    bytes.fill(0xa5, page * pageSize, (page + 1) * pageSize);
  writeFileSync(file, bytes);
}

/** Leaves this share of the pages. */
export function shorten(file: string, share: number): void {
  const { length } = readFileSync(file);
  const fd = openSync(file, 'r+');
  ftruncateSync(fd, Math.floor((length * share) / pageSize) * pageSize);
  closeSync(fd);
}

/** Changes one value of these entries. SQLite does not notice it, but their checksums do. */
export function falsify(file: string, ids: readonly number[]): void {
  const db = new DatabaseSync(file);
  for (const id of ids) db.prepare('UPDATE entries SET at = at + 1 WHERE id = ?').run(id);
  db.close();
}
