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
import type { SitesState } from '../model/sites';
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

/** The thread that owns a part. It marks changes, and its publisher sends them (main/lib/live/publisher.ts). */
type LiveThread = 'desktop' | 'machines';

/** Sent as a whole after any change in it. */
interface Value<Thread extends LiveThread, T> {
  readonly kind: 'value';
  readonly thread: Thread;
  readonly initial: T;
  /** About connected machines: a window that shows a capture skips it. */
  readonly ofMachines: boolean;
}
/** Rows about connected machines. New rows, changed members and the keys of removed rows are sent. */
interface Table<Thread extends LiveThread, T> {
  readonly kind: 'table';
  readonly thread: Thread;
  readonly key: (row: T) => number;
  /** Members that nearly every frame changes. Without another change they are sent once a second at most. */
  readonly quiet: readonly (keyof T)[];
  readonly ofMachines: true;
}
/** Changed rows of the histories. They are not in the snapshot: lists read their pages from the journal. */
interface News<Thread extends LiveThread, T> {
  readonly kind: 'news';
  readonly thread: Thread;
  /** Of two rows with one key, a batch contains only the newer. */
  readonly key: (row: T) => string | number;
  /** The row's capture; `null`: live data. A window takes only rows of the source that it shows. */
  readonly captureOf: (row: T) => number | null;
}

const partsOf = <Thread extends LiveThread>(thread: Thread) => ({
  value: <T>(initial: T, ofMachines = false): Value<Thread, T> => ({
    kind: 'value',
    thread,
    initial,
    ofMachines,
  }),
  table: <T>(key: (row: T) => number, quiet: readonly (keyof T)[] = []): Table<Thread, T> => ({
    kind: 'table',
    thread,
    key,
    quiet,
    ofMachines: true,
  }),
  news: <T>(
    key: (row: T) => string | number,
    captureOf: (row: T) => number | null = () => null,
  ): News<Thread, T> => ({ kind: 'news', thread, key, captureOf }),
});
const desktop = partsOf('desktop');
const machines = partsOf('machines');
const off: ListenerState = { status: 'off' };

export const live = {
  settings: desktop.value<Settings>(defaultSettings),
  /** Settings that could not be read at the start. */
  settingsLoss: desktop.value<SettingsLoss | null>(null),
  listeners: desktop.value<Listeners>({ machines: off, updates: off, notices: off }),
  simulator: desktop.value<SimulatorState>({
    running: 0,
    connected: 0,
    seed: 0,
    platform: 'mixed',
    misbehaviours: [],
  }),
  /** Where machines' verification codes are stored. A machine without an entry has no code. */
  codes: desktop.value<Readonly<Record<number, CodeStored>>>({}),
  configs: desktop.value<Readonly<Record<number, MachineConfig>>>({}, true),
  unnamed: machines.value<readonly UnnamedLink[]>([]),
  /** How far connections of this run got, without virtual machines, newest first. They matter to a person who waits for a machine. */
  arrivals: machines.value<readonly Arrival[]>([]),
  /** Adapters of this computer except loopback, also without a link where the system reports the link. */
  network: desktop.value<readonly AdapterLink[]>([]),
  /** Chosen adapters with other addresses now, until a person has decided whether to listen there. */
  moved: desktop.value<readonly AdapterMove[]>([]),
  /** Outbound connections. */
  dials: machines.value<readonly Dial[]>([]),
  /** The state of the relay. */
  relay: machines.value<RelayState>(noRelayState),
  /** Rejected connections; `null`: none so far. */
  crowd: machines.value<Crowd | null>(null),
  /** Rejected downloads; `null`: none so far. */
  packageCrowd: desktop.value<Crowd | null>(null),
  /** The latest time that many machines reconnected together; `null`: none in this run. */
  storm: machines.value<Storm | null>(null),
  packages: desktop.value<readonly UpgradePackage[]>([]),
  /** Packages with a file here that can't be given to a machine, as of the last check. */
  spoiltPackages: desktop.value<readonly SpoiltPackage[]>([]),
  /** `null`: unknown. */
  packageSpace: desktop.value<PackageSpace | null>(null),
  /** The file that is being imported. */
  staging: desktop.value<Staging | null>(null),
  /** Requests of the package host that no upgrade explains, newest first. */
  visits: desktop.value<readonly Visit[]>([]),
  /** Whether packages can be downloaded at the addresses that machines connected to, as of the last try. */
  downloadTests: desktop.value<readonly DownloadTest[]>([]),
  /** All downloads by machines: current and recent. */
  transfers: desktop.value<readonly Transfer[]>([]),
  journal: desktop.value<JournalStatus>({ status: 'closed' }),
  /** Damaged rows that the journal could not read in this run. */
  damagedRows: desktop.value<DamagedRows>({}),
  /** Damage of lists, packages, photos and machines' files, found when they were read. */
  fileDamage: desktop.value<readonly FileDamage[]>([]),
  /** All running jobs, and the latest ended jobs. */
  jobs: desktop.value<readonly Job[]>([]),
  /** Opened captures, and the journals of other sites. */
  captures: desktop.value<readonly Capture[]>([]),
  /** The sites that share their records through a broker, and how far each is. */
  sites: desktop.value<SitesState>({ sites: [], problem: null, asks: [] }),
  /** The running replay, or the last replay until a person has closed its view; `null`: none. */
  replay: desktop.value<ReplayState | null>(null),
  /** Crashed parts that nobody has acknowledged; oldest first. */
  crashes: desktop.value<readonly Crash[]>([]),
  /** The workshop's own procedures. */
  sequences: desktop.value<OwnSequences>({ all: [], refused: [], aside: null }),
  /** `null`: nobody asked for a support file. */
  support: desktop.value<SupportState | null>(null),
  /** Files that machines sent, newest first. */
  fetched: desktop.value<readonly FetchedFile[]>([]),
  /** The state of the audit trail's file. */
  audit: desktop.value<AuditState>({ written: 0, problem: null, waiting: 0 }),
  machines: machines.table<MachineRow>(({ vmcNo }) => vmcNo, ['lastHeard', 'lastBeat']),
  /** Commands that are queued or sent. */
  running: machines.table<Command>(({ id }) => id),
  /** Open runs, and their machines. */
  openRuns: machines.table<Run>(({ id }) => id),
  runLines: machines.table<RunMachine>(({ id }) => id),
  /** Problems of machines that the diagnosis rules find now. */
  diagnoses: machines.table<Diagnosis>(({ id }) => id),
  faults: machines.news<Fault>(({ id }) => id),
  orders: machines.news<OrderRecord>(orderKey),
  commands: machines.news<Command>(({ id }) => id),
  runs: machines.news<Run>(({ id }) => id),
  /** Added, changed and removed marks and notes, live and in captures. */
  marks: desktop.news<SourceMark>(
    ({ capture, mark }) => `${capture} ${mark.entry}`,
    ({ capture }) => capture,
  ),
} as const;

type Live = typeof live;
export type LivePart = keyof Live;
type PartOf<Kind, Thread = LiveThread> = {
  [P in LivePart]: Live[P] extends { readonly kind: Kind; readonly thread: Thread } ? P : never;
}[LivePart];
export type ValuePart<Thread = LiveThread> = PartOf<'value', Thread>;
export type TablePart = PartOf<'table'>;
export type NewsPart = PartOf<'news'>;

export type ValueOf<P extends ValuePart> = Live[P] extends { readonly initial: infer T } ? T : never;
export type RowOf<P extends TablePart | NewsPart> = Live[P] extends {
  readonly key: (row: infer T) => unknown;
}
  ? T
  : never;

export type Values = { readonly [P in ValuePart]: ValueOf<P> };
/** All rows of each table. */
export type TableRows = { readonly [P in TablePart]: readonly RowOf<P>[] };

/** Applied in the order of the members: a removed row may have come back. */
export interface TableChange<T> {
  readonly removed?: readonly number[];
  /** New rows, and known rows with more or fewer members than before. */
  readonly rows?: readonly T[];
  /** Changed members of known rows. */
  readonly patches?: readonly (readonly [key: number, members: Partial<T>])[];
  /** New quiet members of known rows. */
  readonly touched?: Touched;
}
/** In columns, which cost a fraction of an object for each row: thousands of rows can be touched in one batch. */
export interface Touched {
  readonly keys: readonly number[];
  /** A column for each quiet member, in the order of the live row. */
  readonly columns: readonly (readonly unknown[])[];
}

/** The newest items of the parts that changed since the last batch. */
export type LiveBatch = { readonly [P in ValuePart]?: ValueOf<P> } & {
  readonly [P in TablePart]?: TableChange<RowOf<P>>;
} & { readonly [P in NewsPart]?: readonly RowOf<P>[] };

export const livePartsOf = <Kind extends 'value' | 'table' | 'news'>(kind: Kind): readonly PartOf<Kind>[] =>
  (Object.keys(live) as LivePart[]).filter((part) => live[part].kind === kind) as PartOf<Kind>[];
