/** Valid and damaged ZIPs. */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { ZipFile } from 'yazl';

/** The same members give the same ZIP, byte for byte. */
const mtime = new Date(2024, 0, 1);

type Members = Readonly<Record<string, Buffer | string>>;

/** `compress`: on or off, or a level from 1 (fast) to 9. */
export async function zipOf(members: Members, compress: boolean | number = true): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, data] of Object.entries(members)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name, { mtime });
    else
      zip.addBuffer(Buffer.from(data), name, {
        compressionLevel: Number(compress === true ? 6 : compress),
        mtime,
      });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Writes a ZIP of one member `big` with this many zeros, stored. Neither memory nor disk holds them. */
export async function writeZerosZip(path: string, size: number): Promise<void> {
  let zip = await zipOf({ big: '' }, false);
  const sizes = { local: [14, 18, 22], directory: [16, 20, 24] } as const;
  const crc = crc32OfZeros(size);
  for (const header of ['local', 'directory'] as const)
    for (const [i, at] of sizes[header].entries())
      zip = patched(zip, header, at, i === 0 ? crc : size, { size: 4 });
  const start = zip.indexOf(Buffer.from(signatures.directory, 'hex'));
  zip = patched(zip, 'end', 16, start + size, { size: 4 });
  const file = await open(path, 'w');
  await file.write(zip.subarray(0, start), 0, start, 0);
  await file.write(zip.subarray(start), 0, zip.length - start, start + size);
  await file.close();
}

/** One MiB at a time. */
function crc32OfZeros(size: number): number {
  const some = Buffer.alloc(2 ** 20);
  let crc = 0;
  for (let left = size; left > 0; left -= some.length) crc = crc32(some.subarray(0, left), crc);
  return crc;
}

/** The ZIP with one text replaced by another of the same length, at every occurrence: in the data, or in both headers. */
export function replaced(zip: Buffer, from: string, to: string | Buffer): Buffer {
  const changed = Buffer.from(zip);
  const bytes = Buffer.from(to);
  if (bytes.length !== from.length) throw new Error('only the same length keeps the offsets right');
  for (let at = changed.indexOf(from); at >= 0; at = changed.indexOf(from, at + 1)) bytes.copy(changed, at);
  return changed;
}

/** Changes the general purpose flags of the only member, in the central directory. */
export function flagged(zip: Buffer, change: (flags: number) => number): Buffer {
  const changed = Buffer.from(zip);
  const at = changed.indexOf(Buffer.from('504b0102', 'hex')) + 8;
  changed.writeUInt16LE(change(changed.readUInt16LE(at)), at);
  return changed;
}

const signatures = { local: '504b0304', directory: '504b0102', end: '504b0506' } as const;

/** Overwrites a number of two or four bytes in the header of the nth member (or the end record), `at` bytes after its signature. */
export function patched(
  zip: Buffer,
  header: keyof typeof signatures,
  at: number,
  value: number,
  { size = 2, nth = 0 }: { readonly size?: 2 | 4; readonly nth?: number } = {},
): Buffer {
  const changed = Buffer.from(zip);
  const signature = Buffer.from(signatures[header], 'hex');
  const end = changed.lastIndexOf(Buffer.from(signatures.end, 'hex'));
  // Random data may contain a signature too, so the search for a directory header starts at the offset in the end record.
  const start = { local: 0, directory: changed.readUInt32LE(end + 16), end }[header];
  let found = changed.indexOf(signature, start);
  for (let n = 0; n < nth; n += 1) found = changed.indexOf(signature, found + 4);
  changed.writeUIntLE(value, found + at, size);
  return changed;
}

export interface RawMember {
  readonly name: Buffer | string;
  readonly data?: string;
  /** Left out: the CRC of `data`. */
  readonly crc?: number;
  /** False: only the local header exists. */
  readonly isListed?: boolean;
  readonly madeBy?: number;
  readonly attributes?: number;
  /** The sizes follow the data. */
  readonly hasDescriptor?: boolean;
}

/** A ZIP of stored members that no library writes. Names given as bytes are not marked as UTF-8. */
export function rawZip(members: readonly RawMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data = 'x', isListed = true, madeBy = 20, attributes = 0, ...more } of members) {
    const bytes = Buffer.from(data);
    const crc = more.crc ?? crc32(bytes);
    const title = Buffer.from(name);
    const flags = (typeof name === 'string' ? 0x800 : 0) | (more.hasDescriptor === true ? 8 : 0);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc, 0);
    sizes.writeUInt32LE(bytes.length, 4);
    sizes.writeUInt32LE(bytes.length, 8);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    sizes.copy(shared, 10);
    shared.writeUInt16LE(title.length, 22);
    const header = Buffer.concat([Buffer.from(signatures.local, 'hex'), shared, title, bytes]);
    const own = more.hasDescriptor === true ? [header, Buffer.from('504b0708', 'hex'), sizes] : [header];
    if (isListed) {
      const entry = Buffer.alloc(46);
      Buffer.from(signatures.directory, 'hex').copy(entry);
      entry.writeUInt16LE(madeBy, 4);
      shared.copy(entry, 6);
      entry.writeUInt32LE(attributes >>> 0, 38);
      entry.writeUInt32LE(offset, 42);
      directory.push(entry, title);
    }
    parts.push(...own);
    offset += own.reduce((sum, { length }) => sum + length, 0);
  }
  const list = Buffer.concat(directory);
  const count = members.filter(({ isListed = true }) => isListed).length;
  const end = Buffer.alloc(22);
  Buffer.from(signatures.end, 'hex').copy(end);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

/** The ZIP with a ZIP64 end, whose record begins at `place`. */
export function zip64(zip: Buffer, place: bigint): Buffer {
  const locator = Buffer.alloc(20);
  Buffer.from('504b0607', 'hex').copy(locator);
  locator.writeBigUInt64LE(place, 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.from(zip.subarray(-22));
  end.fill(0xff, 4, 20);
  return Buffer.concat([zip.subarray(0, -22), locator, end]);
}
