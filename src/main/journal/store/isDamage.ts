import { ForeignSchema } from './schema';

/** SQLITE_CORRUPT and SQLITE_NOTADB: the file itself is the problem, not the disk or the permissions. */
const damageCodes = new Set([11, 26]);
/**
 * SQLITE_ERROR for a missing table or column. Crema writes both
 * statements and tables, so a changed bit has renamed one.
 */
const renamed = /^no such (?:table|column|index)\b|\bhas no column named\b/;

export function isDamage(error: unknown): boolean {
  if (error instanceof ForeignSchema) return true;
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  // The low byte is the code; the higher bytes extend it.
  const code = error.errcode & 0xff;
  return damageCodes.has(code) || (code === 1 && renamed.test(error.message));
}
