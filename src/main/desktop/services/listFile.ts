/** A list of a workshop's own: its file is written here, and read in a process of its own. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { type FileReader, type ListCalls, TooMuch } from '../../tools/readers/api';

/** No such file is as large. */
const largestFile = 8_000_000;

export const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const writeText = (file: string, text: string): Promise<void> =>
  writeWholeFile(file, (write) => write(Buffer.from(text)), new AbortController().signal);

/** Gives its name. @throws Refusal */
export async function writeList(file: string, text: string): Promise<string> {
  try {
    await writeText(file, text);
  } catch (error) {
    throw new Refusal('unwritable', { detail: detailOf(error) });
  }
  return basename(file);
}

/**
 * What the file has, and the list that it was held against: read again where that changed meanwhile.
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

/** What becomes of what was there when it is taken in. `isSame`: of one that is there already. */
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

/** Whether they say the same, in whatever order. */
export const saysSame = (a: object, b: object | undefined): boolean =>
  b !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (entry: object): unknown => Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1));
