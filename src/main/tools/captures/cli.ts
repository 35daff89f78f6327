/** `npm run journal`: imports, exports and queries journals without a window. Slow modules are loaded on demand. */
import { createWriteStream, existsSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '../../lib/files/makeFolder';
import { makeFilesPrivate, makeFolderPrivate } from '../../lib/files/privateFolder';
import { orAbort } from '../../lib/threads/orAbort';
import type { Write } from '../../core/captures/types';
import { counted, failureMessage, passedOverLines, Problem } from './cliMessages';
import { importFile } from './importJob';
import { readArguments, usage, type Command } from './switches';
import { clearProgress, printStatus, printUsage, showProgress, toStdout } from './terminal';

/** The build puts both scripts in the same folder. */
const journalWorker = join(import.meta.dirname, 'journalWorker.js');
const serverThread = join(import.meta.dirname, 'serverThread.js');

const cancel = new AbortController();
let cancelledBy: NodeJS.Signals | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    cancelledBy ??= signal;
    cancel.abort();
  });

/** The reader can block, for example a pager that waits for a key. A cancel must end that wait. */
const print: Write = (chunk) => orAbort(toStdout(chunk), cancel.signal);

/** The exit code of a query without a row. */
const nothingFound = 3;

/** An import reads the beginning of a file twice, so the standard input becomes a file first. */
async function spooled(file: string): Promise<string> {
  await pipeline(process.stdin, createWriteStream(file, { flags: 'wx', mode: 0o600 }), {
    signal: cancel.signal,
  });
  return file;
}

async function importFromFile({ dataDir, in: input }: Command): Promise<void> {
  const file = input ?? '';
  const isStdin = file === '-';
  if (isStdin && process.stdin.isTTY) throw new Problem('--in - reads a pipe: pipe a capture into it.');
  if (!isStdin && !statSync(file).isFile())
    throw new Problem(`${file} is not a regular file: save its data to a file first.`);
  const journal = join(dataDir, 'journal.sqlite');
  if (existsSync(journal)) throw new Problem(`${dataDir} holds a journal already: name another folder.`);
  makeFilesPrivate();
  const made = makeFolder(resolve(dataDir));
  makeFolderPrivate(dataDir);
  const spool = join(dataDir, 'standard-input.part');
  try {
    const { entries, machines, passedOver, isCutOff, isDamaged } = await importFile(
      { file: isStdin ? await spooled(spool) : file, journal, journalWorker },
      cancel.signal,
      { onProgress: showProgress },
    );
    rmSync(spool, { force: true });
    const machineCount = counted(machines, 'machine', 'machines');
    printStatus(`${counted(entries, 'entry', 'entries')} of ${machineCount} read into ${journal}`);
    if (isDamaged) printStatus('The file is damaged. The part before the damage was read.');
    if (isCutOff) printStatus('The file ends within a packet: its end is missing.');
    for (const line of passedOverLines(passedOver)) printStatus(line);
  } catch (error) {
    for (const each of [spool, journal, `${journal}-wal`, `${journal}-shm`]) rmSync(each, { force: true });
    if (made !== undefined) removeFolders(resolve(dataDir), resolve(made));
    throw error;
  }
}

/** Removes the folders that this run created, innermost first. A folder that is not empty stays. */
function removeFolders(inner: string, outer: string): void {
  try {
    for (let each = inner; each.startsWith(outer); each = dirname(each)) rmdirSync(each);
  } catch {
    // The folder is not empty.
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0) {
    printUsage(usage);
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
  if (parsed.command === 'import') return importFromFile(parsed);
  const reads = await import('./cliReads');
  if (parsed.command === 'replay') {
    const { replay } = await import('../replay/replayCli');
    cancel.signal.throwIfAborted();
    const { filter } = parsed;
    const isSame = await replay(parsed, {
      journalWorker,
      serverThread,
      journalOf: reads.journalOf,
      print,
      cancel: cancel.signal,
      query: (dataDir) => reads.queryOf({ filter, dataDir }),
    });
    if (!isSame) process.exitCode = 1;
    return;
  }
  if (parsed.command === 'compare') {
    const { compareRecordings } = await import('./cliCompare');
    const isSame = await compareRecordings(parsed, { journalWorker, print, cancel: cancel.signal });
    if (!isSame) process.exitCode = 1;
    return;
  }
  cancel.signal.throwIfAborted();
  const reading = { print, cancel: cancel.signal };
  if (parsed.command === 'export') return reads.exportToFile(parsed, reading);
  if (!(await reads.query(parsed, reading))) process.exitCode = nothingFound;
}

main()
  .catch((error: unknown) => {
    process.exitCode = 1;
    printStatus(cancelledBy === null ? failureMessage(error) : 'cancelled');
    // End by the same signal after the clean-up, so that a shell sees exit code 130.
    if (cancelledBy !== null) process.kill(process.pid, cancelledBy);
  })
  .finally(clearProgress);
