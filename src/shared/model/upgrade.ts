/** Upgrade packages and how machines fetch them. Sizes are bytes, times ms since 1970. */
import type { Platform } from './machine';

/** What an android machine does with a ZIP, by `type` [field]; none: a picture for its screen saver. */
export const androidPackageTypes = ['app', 'menu', 'recipe', 'io', 'ice'] as const;
export type AndroidPackageType = (typeof androidPackageTypes)[number];

/** How update.xml names the package: all three are understood by some machine programs [ours]. */
export const packagePathStyles = ['absolute', 'rooted', 'bare'] as const;
export type PackagePathStyle = (typeof packagePathStyles)[number];

type Kind = Pick<UpgradePackage, 'platform' | 'androidType'>;

/** The version at login that such a package sets; `null`: a menu, a picture or the ice maker's is named in no login [field]. */
export function loginFieldOf({ platform, androidType }: Kind): 'version' | 'ioVersion' | null {
  if (platform !== 'android' || androidType === 'app') return 'version';
  return androidType === 'io' ? 'ioVersion' : null;
}

/** Whether a login says that it runs. */
export function isSeenAtLogin(kind: Kind): boolean {
  return loginFieldOf(kind) !== null;
}

/** What a fact about a package was guessed from, and the words that say it there. */
export interface GuessReason {
  readonly by: 'fileName' | 'member' | 'updateXml';
  readonly text: string;
}

/** An expected checksum that was held against it and is the file's own. */
export interface MatchedChecksum {
  readonly by: 'sha256' | 'md5';
  /** Beside the package it was found in; '': a person typed it. */
  readonly file: string;
}

/** The machine whose recipes it is. */
export interface PackageOrigin {
  readonly vmcNo: number;
  /** As its login says it; '': it does not. */
  readonly model: string;
}

/** What a file does not say by itself. */
export interface PackageStory {
  readonly label: string;
  readonly notes: string;
  /** `null`: nothing said it, or a person has. */
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

/** One file in it. */
export interface PackageMember {
  readonly name: string;
  readonly size: number;
}
export interface PackageContents {
  /** The first that have the text that was looked for. */
  readonly members: readonly PackageMember[];
  /** How many have it. */
  readonly found: number;
}

/** Room on the disk of the packages, bytes. */
export interface PackageSpace {
  readonly free: number;
  /** What is left to everything else. */
  readonly reserve: number;
}

/** A ZIP that was read to its end, every member's checksum included, and copied into the data directory. */
export interface UpgradePackage extends PackageStory {
  /** The SHA-256 of the file, lower-case hex: the same file is the same package. */
  readonly id: string;
  /** The name the file came with; machines see it in the address. */
  readonly fileName: string;
  readonly size: number;
  readonly md5: string;
  readonly addedAt: number;
  /** Members of the ZIP, folders not counted, and their size unpacked. */
  readonly members: number;
  readonly unpackedSize: number;
  /** What a machine must say at login to prove that it runs this. Read from the file's name where it has one; a person may correct it. */
  readonly version: string;
  /** `null`: a person has not said it. */
  readonly platform: Platform | null;
  readonly androidType: AndroidPackageType | null;
  readonly pathStyle: PackagePathStyle;
}

/** Why its file here can't be given to a machine: there is none, it is another than was read in, or the disk refuses it. */
export type FileFault = 'gone' | 'changed' | 'unreadable';
export interface SpoiltPackage {
  readonly id: string;
  readonly fault: FileFault;
}

/** A file that is being read in, or written elsewhere. */
export interface Staging {
  readonly fileName: string;
  readonly phase: 'copying' | 'checking' | 'exporting';
  readonly done: number;
  readonly total: number;
}

/** Why a file can't be a package. The words are in the window's texts under `upgrade.refused.<reason>`. */
export type PackageRefusal =
  | 'unreadable' // {detail}: the file can't be opened or read
  | 'noFile' // a folder, a pipe or a device
  | 'notZip' // no ZIP, or its end is missing
  | 'damagedDirectory' // {detail}: what it lists is not what it holds
  | 'moreMembers' // it holds more than it lists
  | 'empty' // a ZIP without a member
  | 'damagedMember' // {member}: checksum or size is wrong
  | 'unsafeMember' // {member}: a path that leaves its folder
  | 'unusableName' // {member}: empty, or longer than file systems take
  | 'link' // {member}
  | 'device' // {member}: a device, a pipe or a socket
  | 'duplicate' // {member}: a second one of that name, by whatever case
  | 'encrypted' // {member}
  | 'tooManyMembers'
  | 'tooBig' // unpacked
  | 'tooMuch' // it takes more memory than one file may have
  | 'noSpace' // {needs, free}: the disk has not so much room beside what is left to everything else
  | 'diskFull' // it was full in the middle of writing
  | 'noUpdateXml' // {folder}: a folder without one
  | 'updateXmlOdd' // {detail}: it is no XML, or does not say version and package
  | 'packageNotBeside' // {file}: what update.xml names is not in its folder
  | 'checksumFileOdd' // {file}: it names no checksum of this package
  | 'checksumDiffers' // {file, expected, actual}; file '': typed
  | 'spoilt' // the copy is no longer what was read in
  | 'cancelled';

/** Bytes a second in which packages go out: to all machines together, and to each. `null`: as fast as they are taken. */
export interface Rates {
  readonly all: number | null;
  readonly machine: number | null;
}

/** Of the settings: MB/s as a text, or `none`. */
export const ratesOf = ({
  rateInAll,
  ratePerMachine,
}: Readonly<Record<'rateInAll' | 'ratePerMachine', string>>): Rates => ({
  all: bytesOf(rateInAll),
  machine: bytesOf(ratePerMachine),
});
const bytesOf = (megabytes: string): number | null =>
  megabytes === 'none' ? null : Number(megabytes) * 1_000_000;

/** What a machine fetched of what was offered to it. `offer` is the id of the upgrade command. */
export interface Transfer {
  readonly offer: number;
  readonly vmcNo: number;
  readonly what: 'update.xml' | 'package';
  readonly remoteAddress: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The first byte that was asked for: more than 0 where it goes on from there. */
  readonly from: number;
  /** Bytes of the body handed to the network so far, and in all for this request. */
  readonly sent: number;
  readonly total: number;
  /** Bytes that there are of it. */
  readonly size: number;
  /** When something was handed over last (ms). */
  readonly movedAt: number;
  /** HTTP status of the answer. */
  readonly status: number;
  /** `null` while it runs; false: the machine hung up before the end. */
  readonly complete: boolean | null;
  /** The machine asked for it with stray spaces at the end of the path [doc 3.9 has one in its example]. */
  readonly straySpaces: boolean;
}

/** android's report that a command ended (HTTP GET /api/control/notify [field]). */
export interface ControlNotice {
  readonly vmcNo: number;
  readonly sessionId: string;
  /** True: done (`status` 1). */
  readonly done: boolean;
  /** `null` when done; else the machine's code. */
  readonly reason: string | null;
  /** What its `sign` shows: that it knows how this machine signs, that it does not, or nothing. No secret is in it [field]. */
  readonly sign: 'matched' | 'wrong' | 'absent';
  readonly at: number;
  readonly remoteAddress: string;
}
