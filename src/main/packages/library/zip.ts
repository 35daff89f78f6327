/** Checks that a file is a ZIP that every machine can unpack: its directory, and the checksum of every member. */
import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type LocalFileHeader, type ZipFile } from 'yauzl';
import type { PackageContents, PackageMember } from '#shared/model/upgrade';
import { checkZipEnd } from '../../lib/files/zipEnd';
import { noEvidence, withMember, type Evidence } from '../host/guess';
import { MemberRules } from './memberRules';
import { Refused } from '../host/refused';

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
  const { places, ...facts } = await readDirectory(file, signal);
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const hidden = new HiddenMembers(handle.fd, places, size);
    hidden.checkAt(0);
    let done = 0;
    await eachMember(file, signal, async (entry, member, zip) => {
      hidden.checkBehind(entry, await checkHeader(zip, entry, member));
      if (member.endsWith('/')) return;
      await checkMember(zip, entry, member, (bytes) => {
        signal.throwIfAborted();
        done += bytes;
        onProgress(done, facts.unpackedSize);
      });
    });
  } finally {
    await handle.close();
  }
  return facts;
}

/** `places`: offsets of the members. */
type Listed = ZipFacts & { readonly places: ReadonlySet<number> };

/** Checks the directory of all members first, because that is fast and unpacking can take minutes. */
async function readDirectory(file: string, signal: AbortSignal): Promise<Listed> {
  let rules: MemberRules | null = null;
  let members = 0;
  let unpackedSize = 0;
  let evidence = noEvidence;
  const places = new Set<number>();
  const end = await eachMember(file, signal, (entry, member, zip) => {
    rules ??= new MemberRules(zip.entryCount, zip.fileSize);
    rules.check(entry, rawName(entry), member);
    places.add(entry.relativeOffsetOfLocalHeader);
    if (!member.endsWith('/')) {
      members += 1;
      unpackedSize += entry.uncompressedSize;
      evidence = withMember(evidence, member);
    }
    return Promise.resolve();
  });
  await checkEnd(file, end);
  if (members === 0) throw new Refused('empty');
  return { members, unpackedSize, evidence, places };
}

/** Members returned per call. */
const maxMembers = 200;

/** The members of a package, in the order of its directory. `text`: a part of their names. */
export async function contentsOf(file: string, text: string, signal: AbortSignal): Promise<PackageContents> {
  const wanted = text.trim().toLowerCase();
  const members: PackageMember[] = [];
  let found = 0;
  await eachMember(file, signal, (entry, name) => {
    if (!name.endsWith('/') && name.toLowerCase().includes(wanted)) {
      found += 1;
      if (members.length < maxMembers) members.push({ name, size: entry.uncompressedSize });
    }
    return Promise.resolve();
  });
  return { members, found };
}

/** Offsets to check: the end of the directory, and the start of the end record. */
interface End {
  readonly directory: number;
  readonly record: number;
}

/** `member`: its name as users read it, with slashes only. */
async function eachMember(
  file: string,
  signal: AbortSignal,
  visit: (entry: Entry, member: string, zip: ZipFile) => Promise<void>,
): Promise<End> {
  await directory(() => checkZipEnd(file));
  // Names are decoded here, so that an error can name the member.
  const zip = await directory(() => openPromise(file, { autoClose: false, decodeStrings: false }));
  try {
    const entries = zip.eachEntry();
    for (;;) {
      signal.throwIfAborted();
      const next: IteratorResult<Entry, undefined> = await directory(() => entries.next());
      if (next.done === true) {
        // Typed as boolean, but the value is an offset in the file.
        const at = Number(zip.readEntryCursor);
        return { directory: at, record: zip.fileSize - endSize - zip.comment.length };
      }
      await visit(next.value, readable(next.value), zip);
    }
  } finally {
    zip.close();
  }
}

/** yauzl's errors in the directory have no code; disk errors have one. */
async function directory<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && 'syscall' in error) throw new Refused('unreadable', { detail });
    // yauzl stops at the directory of a strongly encrypted ZIP.
    if (detail.includes('encrypt')) throw new Refused('encrypted', { member: '' });
    throw new Refused(/signature not found/i.test(detail) ? 'notZip' : 'damagedDirectory', { detail });
  }
}

const signatures = { local: 0x04034b50, member: 0x02014b50, end: 0x06054b50 } as const;
/** Bytes of the end record of a ZIP, without its comment. */
const endSize = 22;

/**
 * Some programs unpack members that the end record does not count, such as a
 * second ZIP. Our check does not cover such members.
 */
async function checkEnd(file: string, end: End): Promise<void> {
  const handle = await open(file);
  try {
    const found = signatureAt(handle.fd, end.directory);
    if (found === signatures.member || (found === signatures.end && end.directory !== end.record))
      throw new Refused('moreMembers');
  } finally {
    await handle.close();
  }
}

/** `null`: the file ends there. */
function signatureAt(fd: number, place: number): number | null {
  const buffer = Buffer.alloc(4);
  return readSync(fd, buffer, 0, 4, place) === 4 ? buffer.readUInt32LE() : null;
}

/** Sizes of a data descriptor that can follow a member. */
const descriptors = [12, 16, 20, 24] as const;

/** Finds members missing in the directory. Programs that unpack sequentially from the first byte would unpack them. */
class HiddenMembers {
  readonly #fd: number;
  readonly #places: ReadonlySet<number>;
  readonly #size: number;

  constructor(fd: number, places: ReadonlySet<number>, size: number) {
    this.#fd = fd;
    this.#places = places;
    this.#size = size;
  }

  /** @throws Refused */
  checkAt(place: number): void {
    if (place >= this.#size || this.#places.has(place)) return;
    if (signatureAt(this.#fd, place) === signatures.local) throw new Refused('moreMembers');
  }

  /** @throws Refused */
  checkBehind({ compressedSize, generalPurposeBitFlag }: Entry, { fileDataStart }: LocalFileHeader): void {
    const end = fileDataStart + compressedSize;
    this.checkAt(end);
    if ((generalPurposeBitFlag & 8) !== 0) for (const size of descriptors) this.checkAt(end + size);
  }
}

/** Some programs unpack by the directory, others by the local headers: both must agree. */
async function checkHeader(zip: ZipFile, entry: Entry, member: string): Promise<LocalFileHeader> {
  const header = await directory(() => zip.readLocalFileHeaderPromise(entry, { minimal: false }));
  const isEncrypted = (header.generalPurposeBitFlag & 1) !== 0;
  if (
    isEncrypted ||
    header.compressionMethod !== entry.compressionMethod ||
    !header.fileName.equals(entry.fileNameRaw)
  )
    throw new Refused('damagedDirectory', { detail: member });
  return header;
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

/** The name as the standard defines it, with slashes only. */
const rawName = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);

/**
 * By the standard, a name without the UTF-8 flag is in IBM's code page, but Chinese Windows writes GBK. A
 * byte that is a backslash in IBM's code page can be the second half of a GBK character.
 */
function readable(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const isMarked = (generalPurposeBitFlag & 0x800) !== 0 || extraFields.some(({ id }) => id === 0x7075);
  if (isMarked || fileNameRaw.every((byte) => byte < 0x80)) return rawName(entry);
  return gb18030.decode(fileNameRaw).replaceAll('\\', '/');
}
