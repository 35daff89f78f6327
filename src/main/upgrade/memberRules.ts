/** What a ZIP's directory may list. A machine unpacks as root and its disk is small, so whatever could harm it is refused here. */
import { packageLimits } from '#shared/limits';
import { validateFileName, type Entry } from 'yauzl';
import { Refused } from './refused';

const unixKind = 0o170_000;
const unixLink = 0o120_000;
const windowsReparsePoint = 0x400;

export class MemberRules {
  readonly #fileSize: number;
  /** Names as a disk that ignores case compares them. */
  readonly #names = new Set<string>();
  #unpacked = 0;
  #characters = 0;

  constructor(count: number, fileSize: number) {
    if (count > packageLimits.members) throw new Refused('tooManyMembers');
    this.#fileSize = fileSize;
  }

  /** `member`: the name as a person reads it. */
  check(entry: Entry, name: string, member: string): void {
    if (name.includes('\0') || validateFileName(name) !== null) throw new Refused('unsafeMember', { member });
    if (entry.isEncrypted()) throw new Refused('encrypted', { member });
    if (isLink(entry)) throw new Refused('link', { member });
    this.#characters += member.length;
    if (this.#characters > packageLimits.names) throw new Refused('tooMuch');
    const folded = foldedName(member);
    if (this.#names.has(folded)) throw new Refused('duplicate', { member });
    this.#names.add(folded);
    this.#unpacked += entry.uncompressedSize;
    const { unpacked, ratio } = packageLimits;
    if (this.#unpacked > Math.min(unpacked, this.#fileSize * ratio)) throw new Refused('tooBig');
  }
}

/** The upper half holds Unix's mode, also where the ZIP was not made on Unix; the lower half Windows' attributes. */
function isLink({ externalFileAttributes }: Entry): boolean {
  const mode = externalFileAttributes >>> 16;
  return (mode & unixKind) === unixLink || (externalFileAttributes & windowsReparsePoint) !== 0;
}

function foldedName(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/').normalize('NFC').toUpperCase();
}
