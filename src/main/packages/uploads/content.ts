/** Displayable contents of a file from a machine: lines of text, or tables from JSON, also inside a ZIP. */
import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { FetchedContent, FetchedTable } from '#shared/model/fetched';
import { checkZipEnd } from '../../lib/files/zipEnd';

/** Maximum bytes read of a file, or of one member of a ZIP. */
const mostBytes = 8_000_000;
/** Maximum members of a ZIP that are shown, and that are checked. */
const mostMembers = 20;
const maxChecked = 20_000;
/** Maximum bytes of a text that is parsed for tables. */
const mostJson = 4_000_000;
/** Maximum tables per text. */
const mostTables = 50;
/** Limits of a table. */
const most = { rows: 5_000, columns: 40, cell: 500, name: 200, depth: 3 };
/** [ours] Limits for a whole file: the window keeps all of it in memory and searches it during typing. */
const mostShown = { characters: 8_000_000, lines: 200_000, cells: 200_000 };

/** The remaining room for display. */
class Room {
  readonly #left = { ...mostShown };
  isCut = false;

  /** The start of a text that fits. */
  text(text: string): string {
    let end = 0;
    while (this.#left.lines > 0 && end < text.length) {
      this.#left.lines -= 1;
      end = text.indexOf('\n', end) + 1 || text.length;
    }
    end = Math.min(end, this.#left.characters);
    this.#left.characters -= end;
    this.isCut ||= end < text.length;
    return text.slice(0, end);
  }

  /** The first rows of a table that fit. */
  table({ title, columns, rows }: FetchedTable): FetchedTable {
    const shown: (readonly string[])[] = [];
    for (const row of rows) {
      this.#left.cells -= row.length;
      this.#left.characters -= row.reduce((sum, cell) => sum + cell.length, 0);
      if (this.#left.cells < 0 || this.#left.characters < 0) break;
      shown.push(row);
    }
    this.#left.characters = Math.max(0, this.#left.characters);
    this.isCut ||= shown.length < rows.length;
    return { title, columns, rows: shown };
  }
}

/** Products and recipes of a recipe package, without its other members. */
export const recipesIn = (path: string): Promise<FetchedContent> =>
  contentOf(path, (name) => /\.(product|recipe)$/i.test(name));

export async function contentOf(
  path: string,
  isWanted: (member: string) => boolean = () => true,
): Promise<FetchedContent> {
  const head = await firstBytes(path, mostBytes + 1);
  const room = new Room();
  const read = isZip(head)
    ? await membersOf(path, isWanted)
    : { members: [{ name: '', text: textOf(head.subarray(0, mostBytes)) }], isCut: head.length > mostBytes };
  const { members } = read;
  const tables: FetchedTable[] = [];
  const texts: string[] = [];
  room.isCut = read.isCut;
  for (const { name, text } of members) {
    if (text === null) continue;
    const found = text.length > mostJson ? [] : tablesOf(name, text, () => (room.isCut = true));
    if (found.length > 0) tables.push(...found.map((table) => room.table(table)));
    else texts.push(room.text(members.length > 1 ? `# ${name}\n${text}` : text));
  }
  return {
    tables,
    text: texts.join('\n'),
    isCut: room.isCut,
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
  /** `null`: not text. */
  readonly text: string | null;
}

interface Members {
  readonly members: readonly Member[];
  /** Further members exist, some are too large, or some are unreadable. */
  readonly isCut: boolean;
}

/** Members small enough to read. A ZIP with a damaged directory yields the members before the damage. */
async function membersOf(path: string, isWanted: (name: string) => boolean): Promise<Members> {
  const members: Member[] = [];
  let isCut = false;
  let checked = 0;
  let bytesLeft = mostShown.characters;
  let zip: ZipFile;
  try {
    await checkZipEnd(path);
    zip = await openPromise(path, { lazyEntries: true });
  } catch {
    return { members, isCut: true };
  }
  try {
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      const { fileName, uncompressedSize } = entry;
      checked += 1;
      if (checked > maxChecked || members.length >= mostMembers) {
        isCut = true;
        break;
      }
      if (fileName.endsWith('/') || !isWanted(fileName)) continue;
      if (uncompressedSize > Math.min(mostBytes, bytesLeft)) {
        isCut = true;
        continue;
      }
      const bytes = await bytesOf(zip, entry);
      if (bytes === null) {
        isCut = true;
        continue;
      }
      const text = textOf(bytes);
      // Binary members do not count.
      if (text !== null) bytesLeft -= uncompressedSize;
      members.push({ name: fileName.slice(0, most.name), text });
    }
  } catch {
    // Show the members read so far.
    isCut = true;
  } finally {
    zip.close();
  }
  return { members, isCut };
}

/** `null`: encrypted or damaged. Other members may be intact. */
async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer | null> {
  try {
    return await buffer(await zip.openReadStreamPromise(entry));
  } catch {
    return null;
  }
}

/** `null`: not text. Machines write UTF-8, or GB18030 on Chinese systems. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.subarray(0, 4_096).includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The lists of objects in a JSON text, each as a table. */
function tablesOf(name: string, text: string, onCut: () => void): readonly FetchedTable[] {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const lists = Array.isArray(value)
      ? [[name, value] as const]
      : isObject(value)
        ? Object.entries(value).map(([key, list]) => [name === '' ? key : `${name} ${key}`, list] as const)
        : [];
    const found = lists.flatMap(([title, list]) =>
      Array.isArray(list) && list.length > 0 && list.every(isObject) ? [{ title, list }] : [],
    );
    if (found.length > mostTables) onCut();
    return found.slice(0, mostTables).map(({ title, list }) => {
      if (list.length > most.rows) onCut();
      const flat = list.slice(0, most.rows).map((row) => new Map(cellsOf(row, '', 0)));
      const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))].slice(0, most.columns);
      const rows = flat.map((row) => columns.map((column) => row.get(column) ?? ''));
      return {
        title: title.slice(0, most.name),
        columns: columns.map((column) => column.slice(0, most.name)),
        rows,
      };
    });
  } catch {
    // Not JSON, or nested too deep.
    return [];
  }
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
