/**
 * Rules for the directory of a ZIP. A machine unpacks as root and has a
 * small disk, so harmful members are refused here.
 */
import { packageLimits } from '#shared/limits';
import { validateFileName, type Entry } from 'yauzl';
import { Refused } from '../host/refused';

const unixKind = 0o170_000;
const unixLink = 0o120_000;
/** A file, a folder, or 0, which other systems write. */
const usualKinds: ReadonlySet<number> = new Set([0, 0o100_000, 0o040_000]);
const windowsReparsePoint = 0x400;
/** Systems with Unix modes in the field "made by": Unix and macOS. */
const unixMakers: ReadonlySet<number> = new Set([3, 19]);

/** Characters shown of a name that is too long for a file system. */
const shownOfName = 100;

export class MemberRules {
  readonly #fileSize: number;
  /** Folded member names, for disks that ignore case. */
  readonly #names = new Set<string>();
  /** Folded names of the members' folders. */
  readonly #folders = new Set<string>();
  #unpacked = 0;
  #characters = 0;

  constructor(count: number, fileSize: number) {
    if (count > packageLimits.members) throw new Refused('tooManyMembers');
    this.#fileSize = fileSize;
  }

  /** `member`: the name as users read it. `raw`: the name as a program reads it that does not know the code page. */
  check(entry: Entry, raw: string, member: string): void {
    if ([raw, member].some(leavesFolder)) throw new Refused('unsafeMember', { member });
    if (entry.isEncrypted()) throw new Refused('encrypted', { member });
    if (isLink(entry)) throw new Refused('link', { member });
    if (isDevice(entry)) throw new Refused('device', { member });
    this.#characters += member.length;
    if (this.#characters > packageLimits.names) throw new Refused('tooMuch');
    const isFolder = member.endsWith('/');
    if (!fits(entry, member, isFolder))
      throw new Refused('unusableName', { member: member.slice(0, shownOfName) });
    this.#isAlone(member, isFolder);
    this.#unpacked += entry.uncompressedSize;
    const { unpacked, ratio } = packageLimits;
    if (this.#unpacked > Math.min(unpacked, this.#fileSize * ratio)) throw new Refused('tooBig');
  }

  /** @throws Refused if another member has this name, or a file has the name of its folder */
  #isAlone(member: string, isFolder: boolean): void {
    const folded = foldedName(member);
    if (this.#names.has(folded) || (!isFolder && this.#folders.has(folded)))
      throw new Refused('duplicate', { member });
    this.#names.add(folded);
    if (isFolder) this.#folders.add(folded);
    for (let end = folded.lastIndexOf('/'); end > 0; end = folded.lastIndexOf('/', end - 1)) {
      const folder = folded.slice(0, end);
      // The folders above it are known too.
      if (this.#folders.has(folder)) break;
      if (this.#names.has(folder)) throw new Refused('duplicate', { member });
      this.#folders.add(folder);
    }
  }
}

const leavesFolder = (name: string): boolean => name.includes('\0') || validateFileName(name) !== null;

/**
 * The upper half holds the Unix mode, even if the ZIP was not made on Unix; the lower half holds Windows attributes.
 */
function isLink({ externalFileAttributes }: Entry): boolean {
  const mode = externalFileAttributes >>> 16;
  return (mode & unixKind) === unixLink || (externalFileAttributes & windowsReparsePoint) !== 0;
}

/** Some programs that unpack as root create devices. */
const isDevice = ({ externalFileAttributes, versionMadeBy }: Entry): boolean =>
  unixMakers.has(versionMadeBy >>> 8) && !usualKinds.has((externalFileAttributes >>> 16) & unixKind);

/** True if a machine can create a file of that name. Only a folder may be the target folder itself. */
function fits({ fileNameRaw }: Entry, member: string, isFolder: boolean): boolean {
  const bytes = fileNameRaw.toString('latin1');
  if (bytes.length > packageLimits.path || (!isFolder && foldedName(member) === '')) return false;
  return bytes.split(/[/\\]/).every((part) => part.length <= packageLimits.name);
}

function foldedName(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/').normalize('NFC').toUpperCase();
}
