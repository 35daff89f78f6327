/** Checks that a file is a ZIP that every machine can unpack: its directory, and the checksum of every member. */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import type { PackageContents, PackageMember } from '#shared/model/upgrade';
import { noEvidence, withMember, type Evidence } from './guess';
import { MemberRules } from './memberRules';
import { Refused } from './refused';

export interface ZipFacts {
  readonly members: number;
  readonly unpackedSize: number;
  readonly evidence: Evidence;
}

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export async function checkZip(file: string, { signal, onProgress }: CheckOptions): Promise<ZipFacts> {
  const facts = await readDirectory(file, signal);
  let done = 0;
  await eachMember(file, signal, async (entry, name, zip) => {
    const member = readable(entry, name);
    await checkHeader(zip, entry, member);
    if (name.endsWith('/')) return;
    await checkMember(zip, entry, member, (bytes) => {
      signal.throwIfAborted();
      done += bytes;
      onProgress(done, facts.unpackedSize);
    });
  });
  return facts;
}

/** Checks all members without unpacking first, because that is fast and unpacking may take minutes. */
async function readDirectory(file: string, signal: AbortSignal): Promise<ZipFacts> {
  let rules: MemberRules | null = null;
  let members = 0;
  let unpackedSize = 0;
  let evidence = noEvidence;
  const end = await eachMember(file, signal, (entry, name, zip) => {
    rules ??= new MemberRules(zip.entryCount, zip.fileSize);
    const member = readable(entry, name);
    rules.check(entry, name, member);
    if (!name.endsWith('/')) {
      members += 1;
      unpackedSize += entry.uncompressedSize;
      evidence = withMember(evidence, member);
    }
    return Promise.resolve();
  });
  await checkEnd(file, end);
  if (members === 0) throw new Refused('empty');
  return { members, unpackedSize, evidence };
}

/** Members that are told of at once. */
const mostTold = 200;

/** What is in a package, in the order of its directory. `text`: in their names. */
export async function contentsOf(file: string, text: string, signal: AbortSignal): Promise<PackageContents> {
  const wanted = text.trim().toLowerCase();
  const members: PackageMember[] = [];
  let found = 0;
  await eachMember(file, signal, (entry, decoded) => {
    const name = readable(entry, decoded);
    if (!decoded.endsWith('/') && name.toLowerCase().includes(wanted)) {
      found += 1;
      if (members.length < mostTold) members.push({ name, size: entry.uncompressedSize });
    }
    return Promise.resolve();
  });
  return { members, found };
}

/** Resolves with where the directory ends. `name` has slashes only, and may be in another code page than it was written in. */
async function eachMember(
  file: string,
  signal: AbortSignal,
  visit: (entry: Entry, name: string, zip: ZipFile) => Promise<void>,
): Promise<number> {
  // Names are decoded here, so that an error can name the member.
  const zip = await directory(() => openPromise(file, { autoClose: false, decodeStrings: false }));
  try {
    const entries = zip.eachEntry();
    for (;;) {
      signal.throwIfAborted();
      const next: IteratorResult<Entry, undefined> = await directory(() => entries.next());
      // Its type says boolean, but it is a place in the file.
      if (next.done === true) return Number(zip.readEntryCursor);
      const { generalPurposeBitFlag, fileNameRaw, extraFields } = next.value;
      await visit(
        next.value,
        getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false),
        zip,
      );
    }
  } finally {
    zip.close();
  }
}

/** yauzl's errors while it reads the directory carry no code; those of the disk do. */
async function directory<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && 'syscall' in error) throw new Refused('unreadable', { detail });
    // The directory of a strongly encrypted ZIP is where yauzl stops.
    if (detail.includes('encrypt')) throw new Refused('encrypted', { member: '' });
    throw new Refused(/signature not found/i.test(detail) ? 'notZip' : 'damagedDirectory', { detail });
  }
}

const memberSignature = 0x02014b50;

/** More members than the end record counts would be unpacked by some programs and were not checked by ours. */
async function checkEnd(file: string, end: number): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, end);
    if (bytesRead === 4 && buffer.readUInt32LE() === memberSignature) throw new Refused('moreMembers');
  } finally {
    await handle.close();
  }
}

/** Some programs unpack by the directory, others by the headers before the members: both must say the same. */
async function checkHeader(zip: ZipFile, entry: Entry, member: string): Promise<void> {
  const header = await directory(() => zip.readLocalFileHeaderPromise(entry, { minimal: false }));
  const isEncrypted = (header.generalPurposeBitFlag & 1) !== 0;
  if (
    isEncrypted ||
    header.compressionMethod !== entry.compressionMethod ||
    !header.fileName.equals(entry.fileNameRaw)
  )
    throw new Refused('damagedDirectory', { detail: member });
}

async function checkMember(
  zip: ZipFile,
  entry: Entry,
  member: string,
  onRead: (bytes: number) => void,
): Promise<void> {
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      onRead(chunk.length);
    }
  } catch (error) {
    if (error instanceof Error && (error.name === 'AbortError' || 'syscall' in error)) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refused('damagedMember', { member, detail });
  }
  if (sum !== entry.crc32) throw new Refused('damagedMember', { member, detail: 'CRC-32' });
}

const gb18030 = new TextDecoder('gb18030');

/** A name without the UTF-8 mark is IBM's code page by the standard, but GBK where Chinese Windows made the ZIP. */
function readable({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry, name: string): string {
  const isMarked = (generalPurposeBitFlag & 0x800) !== 0 || extraFields.some(({ id }) => id === 0x7075);
  return isMarked || fileNameRaw.every((byte) => byte < 0x80) ? name : gb18030.decode(fileNameRaw);
}
