/** Checks that a file is a ZIP that every machine can unpack: directory, names, and the checksum of every member. */
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl';
import type { PackageRefusal } from '#shared/model/upgrade';
import { isAndroidMember } from './guess';

/** Why a file is no package. */
export class Refused extends Error {
  readonly reason: PackageRefusal;
  readonly params: Readonly<Record<string, string>>;

  constructor(reason: PackageRefusal, params: Readonly<Record<string, string>> = {}) {
    super(reason);
    this.reason = reason;
    this.params = params;
  }
}

export interface ZipFacts {
  readonly members: number;
  readonly unpackedSize: number;
  readonly hasAndroidMember: boolean;
}

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export async function checkZip(file: string, { signal, onProgress }: CheckOptions): Promise<ZipFacts> {
  const facts = await readDirectory(file, signal);
  let done = 0;
  await eachMember(file, signal, async (entry, name, zip) => {
    await checkMember(zip, entry, name, (bytes) => {
      signal.throwIfAborted();
      done += bytes;
      onProgress(done, facts.unpackedSize);
    });
  });
  return facts;
}

/** Checks all members without unpacking first, because that is fast and unpacking may take minutes. */
async function readDirectory(file: string, signal: AbortSignal): Promise<ZipFacts> {
  let members = 0;
  let unpackedSize = 0;
  let hasAndroidMember = false;
  await eachMember(file, signal, (entry, name) => {
    members += 1;
    unpackedSize += entry.uncompressedSize;
    hasAndroidMember ||= isAndroidMember(name);
    return Promise.resolve();
  });
  if (members === 0) throw new Refused('empty');
  return { members, unpackedSize, hasAndroidMember };
}

async function eachMember(
  file: string,
  signal: AbortSignal,
  visit: (entry: Entry, name: string, zip: ZipFile) => Promise<void>,
): Promise<void> {
  // Names are decoded here, so that an error can name the member.
  const zip = await directory(() => openPromise(file, { autoClose: false, decodeStrings: false }));
  try {
    const entries = zip.eachEntry();
    for (;;) {
      signal.throwIfAborted();
      const next: IteratorResult<Entry, undefined> = await directory(() => entries.next());
      if (next.done === true) return;
      const entry = next.value;
      const name = getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      const member = readable(entry, name);
      if (name.includes('\0') || validateFileName(name) !== null)
        throw new Refused('unsafeMember', { member });
      if (entry.isEncrypted()) throw new Refused('encrypted', { member });
      if (!name.endsWith('/')) await visit(entry, member, zip);
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
    throw new Refused('notZip', { detail });
  }
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
