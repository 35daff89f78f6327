/**
 * Sources chosen or dropped by a user: a package, an update.xml, or a folder
 * with both. Also finds checksum files next to a package.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { checksumIn, type Checksum } from '#shared/checksum';
import { updateXmlName } from '../host/address';
import { openFile } from './openFile';
import { readUpdateXml, type GivenUpdate } from './readUpdateXml';
import { Refused } from '../host/refused';

/** Maximum size of an update.xml or a checksum file, bytes. */
const longest = 65_536;

export interface Source {
  /** The package. */
  readonly file: string;
  /** `null`: no update.xml was read. */
  readonly given: GivenUpdate | null;
}

/** @throws Refused, or the error of the disk */
export async function sourceOf(path: string): Promise<Source> {
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder && extname(path).toLowerCase() !== '.xml') return { file: path, given: null };
  const folder = isFolder ? path : dirname(path);
  const names = await readdir(folder);
  const xml = isFolder ? named(names, updateXmlName) : basename(path);
  if (xml === null) throw new Refused('noUpdateXml', { folder: basename(folder) });
  const given = readUpdateXml(await shortFile(join(folder, xml)));
  const beside = named(names, given.fileName);
  if (beside === null) throw new Refused('packageNotBeside', { file: given.fileName });
  return { file: join(folder, beside), given };
}

/** An exact match, or else a match in another case. */
const named = (names: readonly string[], wanted: string): string | null =>
  names.find((name) => name === wanted) ??
  names.find((name) => name.toLowerCase() === wanted.toLowerCase()) ??
  null;

export interface FoundChecksum extends Checksum {
  /** '': typed by the user. */
  readonly file: string;
}

/** `package.zip.sha256` or `package.sha256`, and the same for MD5. @throws Refused */
export async function checksumsBeside(file: string): Promise<readonly FoundChecksum[]> {
  const name = basename(file);
  const wanted = [name, basename(name, extname(name))].flatMap((one) => [`${one}.sha256`, `${one}.md5`]);
  const names = await readdir(dirname(file));
  const found: FoundChecksum[] = [];
  for (const beside of new Set(wanted.map((one) => named(names, one)))) {
    if (beside === null) continue;
    const text = new TextDecoder().decode(await shortFile(join(dirname(file), beside)));
    const checksum = checksumIn(text, name);
    if (checksum === null) throw new Refused('checksumFileOdd', { file: beside });
    found.push({ ...checksum, file: beside });
  }
  return found;
}

async function shortFile(path: string): Promise<Uint8Array> {
  const handle = await openFile(path);
  try {
    const buffer = Buffer.alloc(longest);
    const { bytesRead } = await handle.read(buffer, 0, longest, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
