/** `npm run journal`: imports, exports and queries journals without a window. */
import { existsSync, mkdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { setOwnErrors } from '#shared/errors/own';
import type { Entry } from '#shared/model/frame';
import { exportJsonl } from '../journal/files/out/exportJsonl';
import type { Write } from '../journal/files/types';
import type { StoredEntry } from '#shared/model/frame';
import { marksOf, scan, type ScanPage } from '../journal/queries/scan';
import { schemaState, schemaVersion } from '../journal/store/schema';
import { readStored } from '../session/readStored';
import { counted, failureMessage, passedOverLines, Problem } from './cliMessages';
import { exportFrames } from './exportJob';
import { importFile } from './importJob';
import { writeWholeFile, refuseJournalFile } from './writeWholeFile';
import { nothingChosen, readChosen } from './chosen';
import { replay } from './replayCli';
import { readArguments, usage, type Command } from './switches';
import { clearProgress, showProgress, printStatus, toStdout } from './terminal';

/** Beside this script, as it is built. */
const journalWorker = join(import.meta.dirname, 'journalWorker.js');
const serverThread = join(import.meta.dirname, 'serverThread.js');

const cancel = new AbortController();
let cancelledBy: NodeJS.Signals | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    cancelledBy ??= signal;
    cancel.abort();
  });

const cancelled = new Promise<never>((_, giveUp) => {
  cancel.signal.addEventListener('abort', () => giveUp(cancel.signal.reason as Error));
});
cancelled.catch(() => undefined);
/** The reader may block, such as a pager that waits for a key, so a cancel ends the wait. */
const print: Write = (chunk) => Promise.race([toStdout(chunk), cancelled]);

function journalOf(dataDir: string): string {
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
      ? `${file} is no journal of Crema.`
      : `The journal in ${dataDir} is of version ${version}; this Crema reads version ${schemaVersion} only.`;
  throw new Problem(
    `${what} Started with this folder, the app offers to set the file aside and to begin a new one.`,
  );
}

function queryOf({ filter, dataDir }: Pick<Command, 'filter'> & { readonly dataDir: string | null }) {
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

async function exportToFile(command: Command): Promise<void> {
  const { out, format, dataDir } = command;
  const isStdout = out === '-';
  if (isStdout && format === 'pcapng' && process.stdout.isTTY)
    throw new Problem('pcapng is nothing for a terminal: name a file, or pipe it into a program.');
  const journal = journalOf(dataDir);
  const request = { ...queryOf(command), journal, format, file: out, words: {} };
  const { entries, frames } = await exportFrames(
    request,
    cancel.signal,
    // Progress must not mix with data on the terminal.
    isStdout && process.stdout.isTTY ? () => undefined : showProgress,
    isStdout ? (work) => work(print) : undefined,
  );
  // The others have lines for the beginnings and ends of connections too.
  const what =
    format === 'pcapng' ? counted(frames, 'frame', 'frames') : counted(entries, 'entry', 'entries');
  printStatus(`${what} written to ${isStdout ? 'the standard output' : out}`);
}

async function query(command: Command): Promise<void> {
  const { dataDir, limit, count, out } = command;
  const journal = journalOf(dataDir);
  if (out !== '-') await refuseJournalFile(journal, out);
  const db = new DatabaseSync(journal, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const marks = marksOf(db);
    async function* found(): AsyncGenerator<ScanPage['entries']> {
      for (const { entries } of scan(db, queryOf(command), marks)) {
        yield entries;
        // Lets a cancel signal be handled.
        await new Promise((done) => setImmediate(done));
        cancel.signal.throwIfAborted();
      }
    }
    async function* pages(): AsyncGenerator<readonly Entry[]> {
      let newest: StoredEntry[] = [];
      for await (const entries of found()) {
        if (limit === null) yield entries.map(readStored);
        else newest = newest.concat(entries).slice(-limit);
      }
      yield newest.map(readStored);
    }
    const work = async (write: Write): Promise<void> => {
      if (!count) {
        await exportJsonl(pages(), write, { markOf: (id) => marks.get(id) ?? null });
        return;
      }
      let total = 0;
      for await (const entries of found()) total += entries.length;
      await write(Buffer.from(`${limit === null ? total : Math.min(total, limit)}\n`));
    };
    await (out === '-' ? work(print) : writeWholeFile(out, work, cancel.signal));
  } finally {
    db.close();
  }
}

async function importFromFile({ dataDir, in: input }: Command): Promise<void> {
  const file = input ?? '';
  if (!statSync(file).isFile())
    throw new Problem(`${file} is no regular file: save what it gives to one first.`);
  const journal = join(dataDir, 'journal.sqlite');
  if (existsSync(journal)) throw new Problem(`${dataDir} holds a journal already: name another folder.`);
  const made = mkdirSync(dataDir, { recursive: true });
  try {
    const { entries, machines, passedOver, isCutOff, isDamaged } = await importFile(
      { file, journal, journalWorker },
      cancel.signal,
      { onProgress: showProgress },
    );
    const machineCount = counted(machines, 'machine', 'machines');
    printStatus(`${counted(entries, 'entry', 'entries')} of ${machineCount} read into ${journal}`);
    if (isDamaged) printStatus('From some place on the file makes no sense: what is before it was read.');
    if (isCutOff) printStatus('The file ends within a packet: its end is missing.');
    for (const line of passedOverLines(passedOver)) printStatus(line);
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(journal + suffix, { force: true });
    if (made !== undefined) removeFolders(resolve(dataDir), resolve(made));
    throw error;
  }
}

/** Removes the folders that were created, innermost first; one that is no longer empty stays. */
function removeFolders(inner: string, outer: string): void {
  try {
    for (let each = inner; each.startsWith(outer); each = dirname(each)) rmdirSync(each);
  } catch {
    // It is not empty.
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const parsed = readArguments(args, Date.now());
  if (parsed === 'help') return toStdout(Buffer.from(usage));
  if ('problem' in parsed) {
    printStatus(parsed.problem);
    process.exitCode = 2;
    return;
  }
  if (parsed.command === 'replay') {
    const isSame = await replay(parsed, {
      journalWorker,
      serverThread,
      journalOf,
      print,
      cancel: cancel.signal,
      query: (dataDir) => queryOf({ filter: parsed.filter, dataDir }),
    });
    if (!isSame) process.exitCode = 1;
    return;
  }
  const commands = { export: exportToFile, query, import: importFromFile };
  await commands[parsed.command](parsed);
}

main()
  .catch((error: unknown) => {
    process.exitCode = 1;
    printStatus(cancelledBy === null ? failureMessage(error) : 'cancelled');
    // After the clean-up, end by the same signal, so that a shell sees exit code 130.
    if (cancelledBy !== null) process.kill(process.pid, cancelledBy);
  })
  .finally(clearProgress);
