/** Files of the user's own lists: written here, and read in a separate process. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { mostCells } from '#shared/limits';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { FileReader, type ListCalls, TooMuch } from '../../tools/readers/api';
import type { Overfull, Table } from '../../core/lists/readTable';
import type { Base } from './base';
import type { Service } from './service';

/** Bytes; larger than any such file. */
const largestFile = 8_000_000;

export const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const writeText = (file: string, text: string): Promise<void> =>
  writeWholeFile(file, (write) => write(Buffer.from(text)), new AbortController().signal);

/** Returns the file's name. @throws Refusal */
export async function writeList(file: string, text: string): Promise<string> {
  try {
    await writeText(file, text);
  } catch (error) {
    throw new Refusal('unwritable', { detail: detailOf(error) });
  }
  return basename(file);
}

/**
 * The content of the file, and the list with which it was compared. If the list changed meanwhile, the file is read again.
 * @throws Refusal
 */
export async function readList<C extends keyof ListCalls, Own>(
  reader: Pick<FileReader, 'read'>,
  call: C,
  file: string,
  { own, keysOf }: { readonly own: () => Own; readonly keysOf: (own: Own) => readonly string[] },
): Promise<{ readonly before: Own; readonly read: ListCalls[C]['result'] }> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error(`> ${largestFile} B`);
    for (;;) {
      const before = own();
      const read = await reader.read(call, { file, known: keysOf(before) });
      if (own() === before) return { before, read };
    }
  } catch (error) {
    if (error instanceof TooMuch) throw new Refusal('fileTooMuch', { file: basename(file) });
    throw new Refusal('fileNotOpened', { file: basename(file), detail: detailOf(error) });
  }
}

/** @throws Refusal if the file is not a table, or has too many cells */
export function tableOr(read: Table | Overfull | null, file: string): Table {
  if (read === null) throw new Refusal('tableNoText');
  if (!('overfullAt' in read)) return read;
  throw new Refusal('tableTooMuch', { file: basename(file), line: read.overfullAt, max: mostCells });
}

/** Counts the additions and changes of an import. `isSame` compares an entry with the existing one. */
export function countedIn<Entry>(
  read: Readonly<Record<string, Entry>>,
  isThere: (key: string) => boolean,
  isSame: (key: string, entry: Entry) => boolean,
): { readonly added: number; readonly changed: number; readonly same: number } {
  const all = Object.entries(read);
  const known = all.filter(([key]) => isThere(key));
  const same = known.filter(([key, entry]) => isSame(key, entry)).length;
  return { added: all.length - known.length, changed: known.length - same, same };
}

/** Whether both have the same content, in any order. */
export const saysSame = (a: object, b: object | undefined): boolean =>
  b !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (entry: object): unknown => Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Reads files from outside for all services, each in a process of its own. */
export interface ReaderService extends Service, Pick<FileReader, 'read'> {}

export const reader = ({ thread, startProcess }: Base): ReaderService => {
  const files = new FileReader(thread('fileReader'), startProcess);
  return { live: {}, requests: {}, read: files.read.bind(files), stop: () => files.close() };
};
