/** The reading commands of `npm run journal`: output goes to a file, a program or the terminal. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { setOwnErrors } from '#shared/errors/own';
import { noDamage, sumOfDamage, type ExportDamage } from '#shared/model/capture';
import type { Entry, StoredEntry } from '#shared/model/frame';
import type { FrameCount } from '#shared/model/frameCount';
import type { Mark } from '#shared/model/journal';
import { exportJsonl } from '../../core/captures/out/exportJsonl';
import type { Write } from '../../core/captures/types';
import {
  countFrames,
  type CountQuery,
  marksOf,
  nameOfNumbers,
  scan,
  type ScanPage,
  schemaState,
  schemaVersion,
  usualSizes,
} from '../../journal/embed';
import { readStored } from '../../core/state/readStored';
import { nothingChosen, readChosen } from './chosen';
import { groupsText, missingText } from './cliGroups';
import { counted, Problem } from './cliMessages';
import { exportFrames } from './exportJob';
import type { Command } from './switches';
import { printStatus, showProgress } from './terminal';
import { refuseJournalFile, writeWholeFile } from '../../lib/files/writeWholeFile';

export interface Reading {
  /** Writes to the standard output. */
  readonly print: Write;
  readonly cancel: AbortSignal;
}

/** @throws Problem if the folder has no journal, or one of another version */
export function journalOf(dataDir: string): string {
  const file = join(dataDir, 'journal.sqlite');
  if (!existsSync(file)) throw new Problem(`There is no journal in ${dataDir}.`);
  const db = new DatabaseSync(file, { readOnly: true });
  let state: ReturnType<typeof schemaState>;
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    state = schemaState(db);
  } finally {
    db.close();
  }
  if (state.kind === 'ready') return file;
  const { version } = state.kind === 'empty' ? { version: null } : state;
  const what =
    version === null
      ? `${file} is not a journal of Crema.`
      : `The journal in ${dataDir} is of version ${version}; this Crema reads version ${schemaVersion} only.`;
  throw new Problem(
    `${what} Started with this folder, the app offers to set the file aside and to begin a new one.`,
  );
}

export function queryOf({ filter, dataDir }: Pick<Command, 'filter'> & { readonly dataDir: string | null }) {
  let chosen = nothingChosen;
  try {
    if (dataDir !== null) chosen = readChosen(dataDir);
  } catch {
    printStatus(
      `${join(dataDir ?? '', 'settings.json')} can't be read: machines have no names here, nor errors entries of the workshop.`,
    );
  }
  setOwnErrors(chosen.ownErrors);
  return { filter, ids: null, now: Date.now(), ...chosen };
}

export async function exportToFile(command: Command, { print, cancel }: Reading): Promise<void> {
  const { out, format, dataDir } = command;
  const isStdout = out === '-';
  if (isStdout && format === 'pcapng' && process.stdout.isTTY)
    throw new Problem('pcapng is nothing for a terminal: name a file, or pipe it into a program.');
  const journal = journalOf(dataDir);
  const request = { ...queryOf(command), journal, format, file: out, words: {} };
  const { entries, frames, damage } = await exportFrames(
    request,
    cancel,
    // Progress must not mix with data on the terminal.
    isStdout && process.stdout.isTTY ? () => undefined : showProgress,
    isStdout ? (work) => work(print) : undefined,
  );
  // The other formats also have lines for opened and closed connections.
  const what =
    format === 'pcapng' ? counted(frames, 'frame', 'frames') : counted(entries, 'entry', 'entries');
  printStatus(`${what} written to ${isStdout ? 'the standard output' : out}`);
  printDamage(damage);
}

function printDamage({ damaged, missing }: ExportDamage = noDamage): void {
  if (damaged > 0) printStatus(`${counted(damaged, 'entry is', 'entries are')} damaged and marked as such`);
  if (missing > 0)
    printStatus(`entries are missing in ${counted(missing, 'place', 'places')}: the journal is damaged`);
}

/** Whether it found an entry. */
export async function query(command: Command, { print, cancel }: Reading): Promise<boolean> {
  const { dataDir, limit, count, out, groups, missing } = command;
  const journal = journalOf(dataDir);
  if (out !== '-') await refuseJournalFile(journal, out);
  const db = new DatabaseSync(journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const marks = marksOf(db);
    let found = noDamage;
    let rows = 0;
    async function* scanned(): AsyncGenerator<ScanPage['entries']> {
      for (const { entries, damage } of scan(db, queryOf(command), marks)) {
        found = sumOfDamage(found, damage);
        rows += entries.length;
        yield entries;
        // Lets a cancel signal be handled.
        await new Promise((done) => setImmediate(done));
        cancel.throwIfAborted();
      }
    }
    async function* pages(): AsyncGenerator<readonly Entry[]> {
      let newest: StoredEntry[] = [];
      for await (const entries of scanned()) {
        if (limit === null) yield entries.map(readStored);
        else newest = newest.concat(entries).slice(-limit);
      }
      yield newest.map(readStored);
    }
    const work = async (write: Write): Promise<void> => {
      if (groups !== null || missing) {
        const question = queryOf(command);
        const { text, lines } =
          groups === null
            ? await missingText(db, question, marks, cancel)
            : await groupsText(db, question, { switches: groups, limit }, marks, cancel);
        rows = lines;
        await write(Buffer.from(text));
        return;
      }
      if (!count) {
        await exportJsonl(pages(), write, {
          markOf: (id) => marks.get(id) ?? null,
          journal: nameOfNumbers(db),
        });
        return;
      }
      const total = await countOf(db, queryOf(command), marks, cancel);
      rows = total;
      await write(Buffer.from(`${limit === null ? total : Math.min(total, limit)}\n`));
    };
    await (out === '-' ? work(print) : writeWholeFile(out, work, cancel));
    printDamage(found);
    return rows > 0;
  } finally {
    db.close();
  }
}

/** Reads in slices, so that a cancel is handled in between. */
async function countOf(
  db: DatabaseSyncInstance,
  question: Omit<CountQuery, 'after' | 'bins'>,
  marks: ReadonlyMap<number, Mark>,
  cancel: AbortSignal,
): Promise<number> {
  let total = 0;
  let after: number | null = null;
  for (;;) {
    const found: FrameCount = countFrames(db, usualSizes, { ...question, after, bins: null }, marks);
    total += found.count;
    if (found.next === null) return total;
    after = found.next;
    await new Promise((done) => setImmediate(done));
    cancel.throwIfAborted();
  }
}
