/** This computer's clock can't be before what was written by it, or for it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { finding, type DoctorResult } from '#shared/doctor';
import type { Computer } from '../computer';
import { openUnchanged } from '../openUnchanged';

/** ms that a file may be ahead: some file systems keep times without their zone. */
const fileTolerance = 24 * 3_600_000;
const recordTolerance = 60_000;

export async function clock(
  { folder, files, isOpen }: Pick<Computer, 'folder' | 'files' | 'isOpen'>,
  now = Date.now(),
): Promise<readonly DoctorResult[]> {
  const journal = join(folder, 'journal.sqlite');
  for (const file of [...files, join(folder, 'settings.json'), journal]) {
    const writtenAt = (await stat(file).catch(() => null))?.mtimeMs ?? 0;
    if (writtenAt > now + fileTolerance)
      return [finding('clock', 'beforeFiles', { now: text(now), file, written: text(writtenAt) })];
  }
  const newest = newestRecord(journal, isOpen);
  if (newest !== null && newest > now + recordTolerance)
    return [finding('clock', 'beforeRecords', { now: text(now), written: text(newest) })];
  return [finding('clock', 'plausible', { now: text(now) })];
}

/** `null`: there is none, or it can't be read, which another check says. */
function newestRecord(file: string, isOpen: boolean): number | null {
  let db: DatabaseSyncInstance | null = null;
  try {
    db = openUnchanged(file, isOpen);
    const row = db.prepare('SELECT at FROM entries ORDER BY id DESC LIMIT 1').get() as
      | { readonly at: number }
      | undefined;
    return row?.at ?? null;
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

/** As a clock on the wall says it. */
function text(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
