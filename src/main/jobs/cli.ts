/** `npm run journal`: files of frames in and out of a journal, without a window. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Entry } from '#shared/model/frame';
import { exportJsonl } from '../capture/jsonl';
import type { StoredEntry } from '../journal/entries';
import type { Write } from '../capture/types';
import { scan, type ScanPage } from '../journal/scan';
import { schemaVersion } from '../journal/schema';
import { revived } from '../keeping';
import { exportFrames, intoFile, marksOf } from './exportJob';
import { importFile } from './importJob';
import { readArguments, usage, type Command } from './switches';

/** What a person can put right: told without a stack. */
class Problem extends Error {}

/** Beside this script, as it is built. */
const journalWorker = join(import.meta.dirname, 'journalWorker.js');

const passed: Readonly<Record<string, string>> = {
  unknownLink: 'packets of a kind of network that is not known',
  notIp: 'packets that are not IP',
  short: 'packets of which too little was recorded',
  notTcp: 'packets that are not TCP',
  fragment: 'IP fragments',
  badLine: 'lines that are no entry',
  otherConnections: 'connections that speak something else',
};
/** Of failures that have a code, what a person can do something with. */
const said: Readonly<Record<string, string>> = {
  notACapture: 'This is no pcap, pcapng or JSONL file.',
  notJsonl: 'This is no JSONL file of Crema.',
  ENOENT: 'There is no such file or folder.',
  EACCES: 'There is no permission to do that.',
  EROFS: 'The disk is read-only.',
  ENOSPC: 'The disk is full.',
  SQLITE_FULL: 'The disk is full.',
  SQLITE_READONLY: 'The folder can’t be written to.',
  SQLITE_CANTOPEN: 'The folder can’t be written to.',
  EISDIR: 'That is a folder, not a file.',
  ENOTDIR: 'That is a file, not a folder.',
  EEXIST: 'The journal itself can’t be written over.',
  ERR_SQLITE_ERROR: 'The journal can’t be read.',
};

const cancel = new AbortController();
process.once('SIGINT', () => cancel.abort());
process.stdout.on('error', () => process.exit(0));
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function journalOf(dataDir: string): string {
  const file = join(dataDir, 'journal.sqlite');
  if (!existsSync(file)) throw new Problem(`There is no journal in ${dataDir}.`);
  const db = new DatabaseSync(file, { readOnly: true });
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  db.close();
  if (version > schemaVersion) throw new Problem('The journal was written by a newer Crema.');
  if (version < schemaVersion)
    throw new Problem('The journal is of an older Crema: open it in the app once.');
  return file;
}

const queryOf = ({ filter }: Command) => ({ filter, ids: null, now: Date.now(), names: {} });

async function toFile(command: Command): Promise<void> {
  const { out, format, dataDir } = command;
  const request = { ...queryOf(command), journal: journalOf(dataDir), format, file: out ?? '', words: {} };
  let shown = 0;
  const frames = await exportFrames(request, cancel.signal, ({ done, total }) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    if (process.stderr.isTTY && percent >= shown + 5) tell(`${(shown = percent)} %`);
  });
  tell(`${frames} ${frames === 1 ? 'frame' : 'frames'} written to ${out}`);
}

async function query(command: Command): Promise<void> {
  const { dataDir, limit, count, out } = command;
  const db = new DatabaseSync(journalOf(dataDir), { readOnly: true });
  try {
    const marks = marksOf(db);
    const found = (): Iterable<ScanPage> => scan(db, queryOf(command), marks);
    async function* pages(): AsyncGenerator<readonly Entry[]> {
      let newest: StoredEntry[] = [];
      for (const { entries } of found()) {
        cancel.signal.throwIfAborted();
        if (limit === null) yield await Promise.resolve(entries.map(revived));
        else newest = newest.concat(entries).slice(-limit);
      }
      yield newest.map(revived);
    }
    const print = (write: Write): Promise<number> =>
      exportJsonl(pages(), write, { markOf: (id) => marks.get(id) ?? null });
    if (count) {
      let total = 0;
      for (const { entries } of found()) total += entries.length;
      const line = `${limit === null ? total : Math.min(total, limit)}\n`;
      await (out === null ? toStdout(Buffer.from(line)) : intoFile(out, (write) => write(Buffer.from(line))));
    } else if (out === null) await print(toStdout);
    else await intoFile(out, async (write) => void (await print(write)));
  } finally {
    db.close();
  }
}

const toStdout: Write = async (chunk) => {
  if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
};

async function fromFile({ dataDir, in: file }: Command): Promise<void> {
  const journal = join(dataDir, 'journal.sqlite');
  if (existsSync(journal)) throw new Problem(`${dataDir} holds a journal already: name another folder.`);
  mkdirSync(dataDir, { recursive: true });
  try {
    const { entries, machines, passedOver, isCutOff, isDamaged } = await importFile(
      { file: file ?? '', journal, journalWorker },
      cancel.signal,
      {
        onProgress: () => undefined,
      },
    );
    tell(`${entries} entries of ${machines} machines read into ${journal}`);
    if (isDamaged) tell('From some place on the file makes no sense: what is before it was read.');
    if (isCutOff) tell('The file ends within a packet: its end is missing.');
    for (const [reason, times] of Object.entries(passedOver))
      tell(`passed over: ${passed[reason] ?? reason}, ${times}`);
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(journal + suffix, { force: true });
    throw error;
  }
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2), Date.now());
  if (asked === 'help') return void process.stdout.write(usage);
  if ('problem' in asked) {
    tell(asked.problem);
    process.exitCode = 2;
    return;
  }
  const commands = { export: toFile, query, import: fromFile };
  await commands[asked.command](asked);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const words = 'code' in error ? said[String(error.code)] : undefined;
  return words === undefined ? error.message : `${words} (${error.message})`;
}

main().catch((error: unknown) => {
  if (cancel.signal.aborted) tell('cancelled; nothing was kept');
  else tell(wordsOf(error));
  process.exitCode = 1;
});
