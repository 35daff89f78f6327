/** `npm run journal`: files of frames in and out of a journal, without a window. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Entry } from '#shared/model/frame';
import { exportJsonl } from '../capture/jsonl';
import type { StoredEntry } from '../journal/entries';
import { scan } from '../journal/scan';
import { schemaVersion } from '../journal/schema';
import { revived } from '../keeping';
import { exportFrames } from './exportJob';
import { importFile } from './importJob';
import { readArguments, usage, type Command } from './switches';

/** What a person can put right: told without a stack. */
class Problem extends Error {}

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
  tell(`${frames} frames written to ${out}`);
}

async function query(command: Command): Promise<void> {
  const { dataDir, limit, count, out } = command;
  const db = new DatabaseSync(journalOf(dataDir), { readOnly: true });
  try {
    let newest: StoredEntry[] = [];
    let total = 0;
    for (const { entries } of scan(db, queryOf(command), new Map())) {
      cancel.signal.throwIfAborted();
      total += entries.length;
      if (count) continue;
      newest = limit === null ? newest.concat(entries) : newest.concat(entries).slice(-limit);
      if (limit === null) newest = await print(newest, out);
    }
    if (count) process.stdout.write(`${limit === null ? total : Math.min(total, limit)}\n`);
    else await print(newest, out);
  } finally {
    db.close();
  }
}

async function* onePage(entries: readonly Entry[]) {
  yield await Promise.resolve(entries);
}

let begun = false;
async function print(entries: readonly StoredEntry[], out: string | null): Promise<StoredEntry[]> {
  await exportJsonl(onePage(entries.map(revived)), async (chunk) => {
    if (out === null) {
      if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    } else await writeFile(out, chunk, { flag: begun ? 'a' : 'w' });
    begun = true;
  });
  return [];
}

async function fromFile({ dataDir, in: file }: Command): Promise<void> {
  const journal = join(dataDir, 'journal.sqlite');
  if (existsSync(journal)) throw new Problem(`${dataDir} holds a journal already: name another folder.`);
  mkdirSync(dataDir, { recursive: true });
  try {
    const { entries, machines, passedOver } = await importFile({ file: file ?? '', journal }, cancel.signal, {
      onProgress: () => undefined,
    });
    tell(`${entries} entries of ${machines} machines read into ${journal}`);
    for (const [reason, times] of Object.entries(passedOver)) tell(`passed over: ${reason} ${times}`);
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

main().catch((error: unknown) => {
  if (cancel.signal.aborted) tell('cancelled; nothing was kept');
  else
    tell(
      error instanceof Problem || !(error instanceof Error)
        ? String(error).replace(/^Error: /, '')
        : error.message,
    );
  process.exitCode = 1;
});
