/** What a file from a machine holds, as far as it can be shown: lines of text, or tables out of JSON, also inside a ZIP. */
import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { FetchedContent, FetchedTable } from '#shared/model/fetched';

/** Bytes that are shown of a text; of one member of a ZIP, and how many of those. */
const mostText = 8_000_000;
const mostMembers = 20;
/** Of a table. */
const most = { rows: 5_000, columns: 40, cell: 500, depth: 3 };

/** Of a recipe package: its products and recipes, and nothing else that may be in it. */
export const recipesIn = (path: string): Promise<FetchedContent> =>
  contentOf(path, (name) => /\.(product|recipe)$/i.test(name));

export async function contentOf(
  path: string,
  isWanted: (member: string) => boolean = () => true,
): Promise<FetchedContent> {
  const head = await firstBytes(path, mostText + 1);
  const members = isZip(head) ? await membersOf(path, isWanted) : [{ name: '', bytes: head }];
  const tables: FetchedTable[] = [];
  const texts: string[] = [];
  let isCut = false;
  for (const { name, bytes } of members) {
    isCut ||= bytes.length > mostText;
    const text = textOf(bytes.subarray(0, mostText));
    if (text === null) continue;
    const found = tablesOf(name, text);
    if (found.length > 0) tables.push(...found);
    else texts.push(members.length > 1 ? `# ${name}\n${text}` : text);
  }
  return {
    tables,
    text: texts.join('\n'),
    isCut,
    members: isZip(head) ? members.map(({ name }) => name) : [],
  };
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(count, (await handle.stat()).size));
    await handle.read(bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    await handle.close();
  }
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

interface Member {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Those that are small enough to be read. A ZIP that is damaged has those before the damage. */
async function membersOf(path: string, isWanted: (name: string) => boolean): Promise<readonly Member[]> {
  const members: Member[] = [];
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true });
  } catch {
    return [];
  }
  try {
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      if (members.length >= mostMembers) break;
      if (entry.fileName.endsWith('/') || entry.uncompressedSize > mostText || !isWanted(entry.fileName))
        continue;
      members.push({ name: entry.fileName, bytes: await buffer(await zip.openReadStreamPromise(entry)) });
    }
  } catch {
    // What was read before it is shown.
  } finally {
    zip.close();
  }
  return members;
}

/** `null`: it is no text. Machines write UTF-8, or the GB18030 of Chinese systems. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.subarray(0, 4_096).includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The lists of objects in a JSON text, each as a table. */
function tablesOf(name: string, text: string): readonly FetchedTable[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return [];
  }
  const lists = Array.isArray(value)
    ? [[name, value] as const]
    : isObject(value)
      ? Object.entries(value).map(([key, list]) => [name === '' ? key : `${name} ${key}`, list] as const)
      : [];
  return lists.flatMap(([title, list]) => {
    if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) return [];
    const flat = list.slice(0, most.rows).map((row) => new Map(cellsOf(row, '', 0)));
    const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))].slice(0, most.columns);
    return [{ title, columns, rows: flat.map((row) => columns.map((column) => row.get(column) ?? '')) }];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cellsOf(
  row: Readonly<Record<string, unknown>>,
  before: string,
  depth: number,
): readonly (readonly [string, string])[] {
  return Object.entries(row).flatMap(([key, value]) => {
    const name = before === '' ? key : `${before}.${key}`;
    if (isObject(value) && depth < most.depth) return cellsOf(value, name, depth + 1);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [[name, text.slice(0, most.cell)] as const];
  });
}
