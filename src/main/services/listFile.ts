/** A list of a workshop's own as a file of JSON that a person may write by hand: its entries with their places, out into it and in from it. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../jobs/writeWholeFile';

const version = 1;

/** No such file is as large. */
const largestFile = 8_000_000;
/** A window lists so many; what more was refused is in none of the counts. */
export const refusedShown = 200;

export type ListPart = Readonly<Record<string, unknown>>;
export const listPart = (mark: string, list: string, entries: readonly unknown[]): ListPart => ({
  crema: mark,
  version,
  [list]: entries,
});
export const listText = (mark: string, list: string, entries: readonly unknown[]): string =>
  `${JSON.stringify(listPart(mark, list, entries), null, 2)}\n`;

interface ListEntry {
  readonly node: Node;
  /** Where it begins, counted from 1. */
  readonly line: number;
}
export type EntriesOf =
  | {
      readonly ok: true;
      readonly entries: readonly ListEntry[];
      /** Where something within one begins. */
      readonly lineOf: (node: Node) => number;
    }
  /** It is no such file; `line`: where that is seen. */
  | { readonly ok: false; readonly line: number };

export function entriesOf(text: string, mark: string, list: string): EntriesOf {
  const source = text.replace(/^\uFEFF/, '');
  const problems: ParseError[] = [];
  const root = parseTree(source, problems);
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  const [problem] = problems;
  if (root === undefined || problem !== undefined) return { ok: false, line: lineAt(problem?.offset ?? 0) };
  const found = findNodeAtLocation(root, [list]);
  const isOurs = valueAt(root, 'crema') === mark && valueAt(root, 'version') === version;
  if (!isOurs || found?.type !== 'array') return { ok: false, line: lineAt(root.offset) };
  const lineOf = ({ offset }: Node): number => lineAt(offset);
  return { ok: true, entries: (found.children ?? []).map((node) => ({ node, line: lineOf(node) })), lineOf };
}

const valueAt = (root: Node, name: string): unknown => {
  const node = findNodeAtLocation(root, [name]);
  return node === undefined ? undefined : (getNodeValue(node) as unknown);
};

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

/** @throws Refusal */
export async function readList(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error(`> ${largestFile} B`);
    return await readFile(file, 'utf8');
  } catch (error) {
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
