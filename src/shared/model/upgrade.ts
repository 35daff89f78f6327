/** Upgrade packages and their downloads. Sizes are bytes, times ms since 1970. */
import type { Platform } from './machine';

/** How an android machine uses a ZIP, by `type` [field]; without a type: pictures for the screen saver. */
export const androidPackageTypes = ['app', 'menu', 'recipe', 'io', 'ice'] as const;
export type AndroidPackageType = (typeof androidPackageTypes)[number];

/** How update.xml refers to the package. Each form is understood by some machine programs [ours]. */
export const packagePathStyles = ['absolute', 'rooted', 'bare'] as const;
export type PackagePathStyle = (typeof packagePathStyles)[number];

type Kind = Pick<UpgradePackage, 'platform' | 'androidType'>;

/** The login's version that such a package changes; `null`: menus, pictures and the ice maker's program have none in a login [field]. */
export function loginFieldOf({ platform, androidType }: Kind): 'version' | 'ioVersion' | null {
  if (platform !== 'android' || androidType === 'app') return 'version';
  return androidType === 'io' ? 'ioVersion' : null;
}

/** Whether a login shows the package's version. */
export function isSeenAtLogin(kind: Kind): boolean {
  return loginFieldOf(kind) !== null;
}

/** The source of a guess about a package, and the text there. */
export interface GuessReason {
  readonly by: 'fileName' | 'member' | 'updateXml';
  readonly text: string;
}

/** An expected checksum that matched the file. */
export interface MatchedChecksum {
  readonly by: 'sha256' | 'md5';
  /** The file next to the package that contained it; '': typed by a person. */
  readonly file: string;
}

/** The machine from which the recipes come. */
export interface PackageOrigin {
  readonly vmcNo: number;
  /** From its login; '': not reported. */
  readonly model: string;
}

/** Facts about a package that its file does not contain. */
interface PackageStory {
  readonly label: string;
  readonly notes: string;
  /** `null`: not found, or entered by a person. */
  readonly guessed: { readonly version: GuessReason | null; readonly platform: GuessReason | null };
  readonly matched: readonly MatchedChecksum[];
  readonly origin: PackageOrigin | null;
}
export const noStory: PackageStory = {
  label: '',
  notes: '',
  guessed: { version: null, platform: null },
  matched: [],
  origin: null,
};

/** A file in the package. */
export interface PackageMember {
  readonly name: string;
  readonly size: number;
}
export interface PackageContents {
  /** The first matches of the search. */
  readonly members: readonly PackageMember[];
  /** Number of matches. */
  readonly found: number;
}

/** Space on the disk of the packages, bytes. */
export interface PackageSpace {
  readonly free: number;
  /** Space reserved for other data. */
  readonly reserve: number;
}

/** A ZIP that was read completely, with every member's checksum verified, and copied into the data folder. */
export interface UpgradePackage extends PackageStory {
  /** The SHA-256 of the file, lower-case hex. Equal files are the same package. */
  readonly id: string;
  /** The original file name, which machines see in the address. */
  readonly fileName: string;
  readonly size: number;
  readonly md5: string;
  readonly addedAt: number;
  /** Number of ZIP members without folders, and their unpacked size. */
  readonly members: number;
  readonly unpackedSize: number;
  /** The version that a login must report as proof. Read from the file's name if possible; a person may correct it. */
  readonly version: string;
  /** `null`: not set by a person. */
  readonly platform: Platform | null;
  readonly androidType: AndroidPackageType | null;
  readonly pathStyle: PackagePathStyle;
}

/** Why the stored file cannot be sent to a machine: missing, changed since the import, or unreadable. */
export type FileError = 'gone' | 'changed' | 'unreadable';
export interface SpoiltPackage {
  readonly id: string;
  readonly error: FileError;
}

/** Progress of a file that is imported, or written elsewhere. */
export interface Staging {
  readonly fileName: string;
  readonly phase: 'copying' | 'checking' | 'exporting';
  readonly done: number;
  readonly total: number;
}

/** Why a file is not accepted as a package. Texts: `error.packageRefused.<reason>`. */
export type PackageRefusal =
  | 'unreadable' // {detail}: the file cannot be opened or read
  | 'noFile' // a folder, a pipe or a device
  | 'notZip' // not a ZIP, or its end is missing
  | 'damagedDirectory' // {detail}: the list of members differs from the content
  | 'moreMembers' // it contains more members than it lists
  | 'empty' // a ZIP without members
  | 'damagedMember' // {member}: wrong checksum or size
  | 'unsafeMember' // {member}: a path outside its folder
  | 'unusableName' // {member}: empty, or too long for file systems
  | 'link' // {member}
  | 'device' // {member}: a device, a pipe or a socket
  | 'duplicate' // {member}: a second member with that name, ignoring case
  | 'encrypted' // {member}
  | 'tooManyMembers'
  | 'tooBig' // unpacked
  | 'tooMuch' // above the memory limit of one file
  | 'noSpace' // {needs, free}: not enough disk space besides the reserve
  | 'diskFull' // the disk became full during writing
  | 'noUpdateXml' // {folder}: a folder without update.xml
  | 'updateXmlOdd' // {detail}: not XML, or without version and package
  | 'packageNotBeside' // {file}: the package named in update.xml is not in its folder
  | 'checksumFileOdd' // {file}: it contains no checksum of this package
  | 'checksumDiffers' // {file, expected, actual}; file '': typed
  | 'spoilt' // the copy has changed since the import
  | 'cancelled';

/** Limits of the download rate in bytes per second: for all machines together, and per machine. `null`: unlimited. */
export interface Rates {
  readonly all: number | null;
  readonly machine: number | null;
}

/** From the settings: MB/s as text, or `none`. */
export const ratesOf = ({
  rateInAll,
  ratePerMachine,
}: Readonly<Record<'rateInAll' | 'ratePerMachine', string>>): Rates => ({
  all: bytesOf(rateInAll),
  machine: bytesOf(ratePerMachine),
});
const bytesOf = (megabytes: string): number | null =>
  megabytes === 'none' ? null : Number(megabytes) * 1_000_000;

/** A machine's download of an offered package. `offer` is the id of the upgrade command. */
export interface Transfer {
  readonly offer: number;
  readonly vmcNo: number;
  readonly what: 'update.xml' | 'package';
  readonly remoteAddress: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The first requested byte; above 0 for a resumed download. */
  readonly from: number;
  /** Bytes of the body sent to the network so far, and in total for this request. */
  readonly sent: number;
  readonly total: number;
  /** Size of the whole package. */
  readonly size: number;
  /** Time of the last progress (ms). */
  readonly movedAt: number;
  /** HTTP status of the answer. */
  readonly status: number;
  /** `null` while it runs; false: the machine closed the connection early. */
  readonly complete: boolean | null;
  /** The requested path had stray spaces at its end [doc 3.9 has one in its example]. */
  readonly straySpaces: boolean;
}

/** android's report about a command (HTTP GET /api/control/notify [field]). */
export interface ControlNotice {
  readonly vmcNo: number;
  readonly sessionId: string;
  /** True: done (`status` 1). */
  readonly done: boolean;
  /** `null` when done; otherwise the machine's code. */
  readonly reason: string | null;
  /** Result of checking its `sign`. The sign contains no secret [field]. */
  readonly sign: 'matched' | 'wrong' | 'absent';
  readonly at: number;
  readonly remoteAddress: string;
}

/** A request to the package host without a matching upgrade. Repetitions of one address are counted, not listed. */
export interface Visit {
  readonly id: number;
  readonly address: string;
  /** Method and target, or the first bytes of data other than HTTP; '': incomplete request. `null`: many different requests. */
  readonly asked: string | null;
  /** HTTP status of the last answer. */
  readonly status: number;
  /** Time of the first and the last of them (ms). */
  readonly since: number;
  readonly at: number;
  readonly count: number;
}
