/** Compares this computer's clock with its files and records: the clock can't be earlier than these. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { finding, type DoctorResult } from '#shared/doctor';
import { clockProblemOf } from '#shared/model/computerClock';
import type { Computer } from '../computer';
import { openUnchanged } from '../openUnchanged';

/** ms that a file's time may be ahead: some file systems store times without a zone. */
const fileTolerance = 24 * 3_600_000;

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
  const problem = clockProblemOf({ now, builtAt: null, newestRecord: newest });
  if (problem !== null)
    return [finding('clock', 'beforeRecords', { now: text(now), written: text(problem.than) })];
  return [finding('clock', 'plausible', { now: text(now) })];
}

/** `null`: there is no journal, or it can't be read; the journal check reports that. */
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

/** Local time for display. */
function text(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
