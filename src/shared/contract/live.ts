/**
 * The live data of the window, one row for each part. The snapshot, the batches of the feed and the store's slices are
 * derived from this table (docs/extending/live-part.md).
 */
import type { CodeStored } from './detail';
import type { AdapterLink, Arrival, Storm } from '../model/arrivals';
import type { AuditState } from '../model/audit';
import type { Capture, Job } from '../model/capture';
import type { AdapterMove } from '../model/chosenAdapters';
import type { Command } from '../model/command';
import type { Dial } from '../model/dial';
import type { Diagnosis } from '../model/diagnosis';
import type { Crash } from '../model/crash';
import type { DownloadTest } from '../model/downloadTest';
import type { FetchedFile } from '../model/fetched';
import type { FileDamage } from '../model/fileDamage';
import { orderKey, type Fault, type OrderRecord } from '../model/history';
import type { DamagedRows, JournalStatus, Mark } from '../model/journal';
import type { Crowd, ListenerState } from '../model/listener';
import type { MachineConfig, MachineRow } from '../model/machine';
import type { ReplayState } from '../model/replay';
import { defaultSettings, type Settings } from '../model/settings';
import { noRelayState, type RelayState } from '../model/relay';
import type { Run, RunMachine } from '../model/run';
import type { OwnSequences } from '../model/sequence';
import type { SettingsLoss } from '../model/settingsLoss';
import type { SimulatorState } from '../model/simulator';
import type { SupportState } from '../model/support';
import type { PackageSpace, SpoiltPackage, Staging, Transfer, UpgradePackage, Visit } from '../model/upgrade';

export interface Listeners {
  readonly machines: ListenerState;
  readonly updates: ListenerState;
  /** android's reports of commands. */
  readonly notices: ListenerState;
}

/** The setting with each listener's address. */
export const settingOf = {
  machines: 'machineListen',
  updates: 'updateListen',
  notices: 'noticeListen',
} as const satisfies Readonly<Record<keyof Listeners, keyof Settings>>;
export const listenerNames = [
  'machines',
  'updates',
  'notices',
] as const satisfies readonly (keyof Listeners)[];

/** A connection whose machine is not known yet. */
export interface UnnamedLink {
  readonly conn: number;
  readonly address: string;
  readonly since: number;
  readonly bytes: number;
}

export interface SourceMark {
  /** `null`: in the live journal. */
  readonly capture: number | null;
  readonly mark: Mark;
}

/** Sent whole after any change in it. */
interface Whole<T> {
  readonly kind: 'whole';
  readonly initial: T;
  /** About connected machines: a window that shows a capture skips it. */
  readonly ofMachines: boolean;
}
/** A table of rows about connected machines. Changed and new rows are sent, and the keys of removed rows. */
interface Keyed<T> {
  readonly kind: 'keyed';
  readonly keyOf: (row: T) => number;
}
/** Changed rows of the histories. They are not in the snapshot: lists read their pages from the journal. */
interface News<T> {
  readonly kind: 'news';
  /** Of two rows with one key, a batch contains only the newer. */
  readonly keyOf: (row: T) => string | number;
  /** The row's capture; `null`: live data. A window takes only rows of the source that it shows. */
  readonly captureOf: (row: T) => number | null;
}

const whole = <T>(initial: T): Whole<T> => ({ kind: 'whole', initial, ofMachines: false });
/** The machines thread makes its value and sends it with its news (main/machines/server/news.ts). */
const ofServer = <T>(initial: T): Whole<T> & { readonly ofServer: true } => ({
  ...whole(initial),
  ofServer: true,
});
const keyed = <T>(keyOf: (row: T) => number): Keyed<T> => ({ kind: 'keyed', keyOf });
const news = <T>(
  keyOf: (row: T) => string | number,
  captureOf: (row: T) => number | null = () => null,
): News<T> => ({ kind: 'news', keyOf, captureOf });
const off: ListenerState = { status: 'off' };

export const live = {
  settings: whole<Settings>(defaultSettings),
  /** Settings that could not be read at the start. */
  settingsLoss: whole<SettingsLoss | null>(null),
  listeners: whole<Listeners>({ machines: off, updates: off, notices: off }),
  simulator: whole<SimulatorState>({
    running: 0,
    connected: 0,
    seed: 0,
    platform: 'mixed',
    misbehaviours: [],
  }),
  /** Where machines' verification codes are stored. A machine without an entry has no code. */
  codes: whole<Readonly<Record<number, CodeStored>>>({}),
  configs: { ...whole<Readonly<Record<number, MachineConfig>>>({}), ofMachines: true },
  unnamed: ofServer<readonly UnnamedLink[]>([]),
  /** How far connections of this run got, without virtual machines, newest first. They matter to a person who waits for a machine. */
  arrivals: ofServer<readonly Arrival[]>([]),
  /** Adapters of this computer except loopback, also without a link where the system reports the link. */
  network: whole<readonly AdapterLink[]>([]),
  /** Chosen adapters with other addresses now, until a person has decided whether to listen there. */
  moved: whole<readonly AdapterMove[]>([]),
  /** Outbound connections. */
  dials: ofServer<readonly Dial[]>([]),
  /** The state of the relay. */
  relay: ofServer<RelayState>(noRelayState),
  /** Rejected connections; `null`: none so far. */
  crowd: ofServer<Crowd | null>(null),
  /** Rejected downloads; `null`: none so far. */
  packageCrowd: whole<Crowd | null>(null),
  /** The latest time that many machines reconnected together; `null`: none in this run. */
  storm: ofServer<Storm | null>(null),
  packages: whole<readonly UpgradePackage[]>([]),
  /** Packages with a file here that can't be given to a machine, as of the last check. */
  spoiltPackages: whole<readonly SpoiltPackage[]>([]),
  /** `null`: unknown. */
  packageSpace: whole<PackageSpace | null>(null),
  /** The file that is being imported. */
  staging: whole<Staging | null>(null),
  /** Requests of the package host that no upgrade explains, newest first. */
  visits: whole<readonly Visit[]>([]),
  /** Whether packages can be downloaded at the addresses that machines connected to, as of the last try. */
  downloadTests: whole<readonly DownloadTest[]>([]),
  /** All downloads by machines: current and recent. */
  transfers: whole<readonly Transfer[]>([]),
  journal: whole<JournalStatus>({ status: 'closed' }),
  /** Damaged rows that the journal could not read in this run. */
  damagedRows: whole<DamagedRows>({}),
  /** Damage of lists, packages, photos and machines' files, found when they were read. */
  fileDamage: whole<readonly FileDamage[]>([]),
  /** All running jobs, and the latest ended jobs. */
  jobs: whole<readonly Job[]>([]),
  captures: whole<readonly Capture[]>([]),
  /** The running replay, or the last replay until a person has closed its view; `null`: none. */
  replay: whole<ReplayState | null>(null),
  /** Crashed parts that nobody has acknowledged; oldest first. */
  crashes: whole<readonly Crash[]>([]),
  /** The workshop's own procedures. */
  sequences: whole<OwnSequences>({ all: [], refused: [], aside: null }),
  /** `null`: nobody asked for a support file. */
  support: whole<SupportState | null>(null),
  /** Files that machines sent, newest first. */
  fetched: whole<readonly FetchedFile[]>([]),
  /** The state of the audit trail's file. */
  audit: whole<AuditState>({ written: 0, problem: null, waiting: 0 }),
  machines: keyed<MachineRow>(({ vmcNo }) => vmcNo),
  /** Commands that are queued or sent. */
  running: keyed<Command>(({ id }) => id),
  /** Open runs, and their machines. */
  openRuns: keyed<Run>(({ id }) => id),
  runLines: keyed<RunMachine>(({ id }) => id),
  /** Problems of machines that the diagnosis rules find now. */
  diagnoses: keyed<Diagnosis>(({ id }) => id),
  faults: news<Fault>(({ id }) => id),
  orders: news<OrderRecord>(orderKey),
  commands: news<Command>(({ id }) => id),
  runs: news<Run>(({ id }) => id),
  /** Added, changed and removed marks and notes, live and in captures. */
  marks: news<SourceMark>(
    ({ capture, mark }) => `${capture} ${mark.entry}`,
    ({ capture }) => capture,
  ),
} as const;

type Live = typeof live;
export type LivePart = keyof Live;
type PartOf<Kind> = { [P in LivePart]: Live[P]['kind'] extends Kind ? P : never }[LivePart];
export type WholePart = PartOf<'whole'>;
export type ServerPart = {
  [P in WholePart]: Live[P] extends { readonly ofServer: true } ? P : never;
}[WholePart];
export type KeyedPart = PartOf<'keyed'>;
export type NewsPart = PartOf<'news'>;

export type WholeValue<P extends WholePart> = Live[P] extends { readonly initial: infer T } ? T : never;
export type WholeValues = { readonly [P in WholePart]: WholeValue<P> };
export type RowOf<P extends KeyedPart | NewsPart> = Live[P] extends {
  readonly keyOf: (row: infer T) => unknown;
}
  ? T
  : never;
export type KeyedRows = { readonly [P in KeyedPart]: readonly RowOf<P>[] };

export interface KeyedChange<T> {
  /** Changed or new. */
  readonly rows: readonly T[];
  /** Applied before `rows`: what was removed may have come back. */
  readonly removed: readonly number[];
}

export const livePartsOf = <Kind extends 'whole' | 'keyed' | 'news'>(kind: Kind): readonly PartOf<Kind>[] =>
  (Object.keys(live) as LivePart[]).filter((part) => live[part].kind === kind) as PartOf<Kind>[];

export const serverParts = livePartsOf('whole').filter((part) => 'ofServer' in live[part]) as ServerPart[];

/** Makes an object with a value for each part, under the part's name. */
export const byPart = <P extends LivePart>(
  parts: readonly P[],
  valueOf: (part: P) => unknown,
): { readonly [Part in P]: unknown } =>
  Object.fromEntries(parts.map((part) => [part, valueOf(part)])) as { readonly [Part in P]: unknown };
