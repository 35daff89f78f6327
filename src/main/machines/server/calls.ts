/** Calls to the machine server's thread and its events. Times are ms since 1970. */
import type { MessagePort } from 'node:worker_threads';
import type { AppError } from '#shared/contract/errors';
import type { FollowedFrames } from '#shared/contract/feed';
import type {
  KeyedChange,
  KeyedPart,
  KeyedRows,
  NewsPart,
  RowOf,
  ServerPart,
  WholeValue,
} from '#shared/contract/live';
import type { Args, ReplyValue, RequestsOf } from '#shared/contract/requests/index';
import type { FrameFilter } from '#shared/filter/frames';
import type { SelfTest } from '#shared/model/arrivals';
import type { Entry, PagePlace } from '#shared/model/frame';
import type { FrameCount } from '#shared/model/frameCount';
import type { DamagedRows, JournalStatus, Mark, RefusedEntries } from '#shared/model/journal';
import type { ListenAt, ListenerState } from '#shared/model/listener';
import type { MachineConfig, MachineState } from '#shared/model/machine';
import type { AuditEnd } from '#shared/model/audit';
import type { AskedProducts } from '#shared/model/knownProducts';
import type { RunCommand } from '#shared/model/run';
import type { Heard } from './machinesFeed';
import type { ReachedAddress } from '#shared/model/downloadTest';
import { defaultSettings, type Settings } from '#shared/model/settings';
import type { UpgradePackage } from '#shared/model/upgrade';
import type { PackedEntries } from '../../journal/api';

/** The person's settings that the server needs. Verification codes stay in this process. */
export interface ServerSettings {
  readonly configs: ReadonlyMap<number, MachineConfig>;
  readonly codes: ReadonlyMap<number, string>;
  readonly settings: Settings;
  readonly packages: readonly UpgradePackage[];
  /** Where machines fetch packages. */
  readonly updates: ListenerState;
  /** TCP ports of this computer that belong to virtual machines. */
  readonly virtualPorts: ReadonlySet<number>;
}

/** Where nobody has chosen anything. */
export const nothingChosen: ServerSettings = {
  configs: new Map(),
  codes: new Map(),
  settings: defaultSettings,
  packages: [],
  updates: { status: 'off' },
  virtualPorts: new Set(),
};

export interface JournalReport {
  readonly status: JournalStatus;
  /** Whether there is a journal that answers queries. */
  readonly isReadable: boolean;
  /** Entries that the disk refused so far and this run still holds. */
  readonly refused: number;
  readonly damagedRows: DamagedRows;
}

export type ServerSnapshot = KeyedRows;

type None = { args: undefined; result: undefined };
type Given<T> = { args: T; result: undefined };
/** Where a request comes from, as far as this thread needs it. */
export interface Asker {
  /** The person's name, or that of their account. */
  readonly by: string;
}
type MachinesName = RequestsOf<'machines'>;
/** Handlers of the requests that this thread answers; an `AppError` is the refusal shown to the person. */
export type MachinesHandlers = {
  readonly [N in MachinesName]: (
    args: Args<N>,
    asker: Asker,
  ) => ReplyValue<N> | AppError | Promise<ReplyValue<N> | AppError>;
};
export type MachinesRequest = Asker &
  {
    readonly [N in MachinesName]: { readonly name: N; readonly args: Args<N> };
  }[MachinesName];

export interface ServerOpening {
  readonly journal: string;
  readonly settings: ServerSettings;
  readonly stopped?: number | null;
  readonly patience?: number;
  /** The data folder is a copy of another, or was moved: what an earlier run left waits for a person. */
  readonly isCopy?: boolean;
  /** For connections of machines; left out: as many as usual. */
  readonly places?: number | undefined;
  /** Bytes of records that the disk refuses; left out: as many as usual. */
  readonly refusedLimit?: number | undefined;
}

export interface ServerCalls {
  /**
   * Opens the journal and takes up what an earlier run left, or (`stopped`: when) an earlier thread of this one, with which its
   * connections ended. `patience`: ms in which the journal's thread must answer each question.
   */
  open: { args: ServerOpening; result: undefined };
  /** Closes every connection; gives what the disk refuses then. */
  settle: { args: undefined; result: RefusedEntries };
  /** Hands over the entries that the disk refuses; after `settle`. */
  takeUnwritten: { args: undefined; result: readonly PackedEntries[] };
  /** Settles, and closes the journal last. */
  close: None;
  listen: { args: ListenAt; result: ListenerState };
  /** Connects to this address of the computer, where it listens; `null`: it does not. */
  selfTest: { args: { readonly host: string }; result: SelfTest | null };
  /** Addresses of this computer through which machines are connected. */
  reachedAddresses: { args: undefined; result: readonly ReachedAddress[] };
  /** The computer slept for so many ms, as its system reports. */
  slept: Given<{ readonly ms: number }>;
  retryListen: { args: { readonly avoid: readonly number[] }; result: ListenerState };
  /** Settings that changed. */
  change: Given<Partial<Omit<ServerSettings, 'configs' | 'codes'>>>;
  changeConfig: Given<{ readonly vmcNo: number; readonly config: MachineConfig }>;
  changeCode: Given<{ readonly vmcNo: number; readonly code: string | null }>;
  snapshot: { args: undefined; result: ServerSnapshot };
  machine: { args: { readonly vmcNo: number }; result: MachineState | null };
  /** From now on each batch holds the state of that machine; `null`: of none. */
  watch: Given<{ readonly window: number; readonly vmcNo: number | null }>;
  /** From now on each batch holds entries that match the filter, with this token; `null`: none. */
  follow: Given<{ readonly window: number; readonly token: number; readonly filter: FrameFilter | null }>;
  /** Of entries in memory, for a run without a journal; newest first, `next` as in FramePage. */
  recentPage: {
    args: { readonly filter: FrameFilter; readonly place: PagePlace; readonly limit: number };
    result: { readonly entries: readonly Entry[]; readonly next: number | null };
  };
  /** How many of them are newer than `after`. */
  recentCount: {
    args: { readonly filter: FrameFilter; readonly after: number | null };
    result: FrameCount;
  };
  recentEntry: { args: { readonly id: number }; result: Entry | null };
  /** A port for a replay: it sends to that machine and receives the machine's messages. */
  connectReplay: Given<{ readonly vmcNo: number; readonly port: MessagePort }>;
  /** Takes virtual machines that no longer run off the list. */
  forgetVirtual: None;
  /** A request of a window (contract/requests) whose row names this thread; its arguments are checked. */
  request: { args: MachinesRequest; result: unknown };
  /** Tables of a product list that a machine handed over. */
  productsFetched: Given<{ readonly vmcNo: number; readonly file: AskedProducts }>;
  /** Packages that a command waits for. */
  wantedPackages: { args: undefined; result: ReadonlySet<string> };
  setMark: Given<Mark>;
  keepAuditEnd: Given<AuditEnd>;
  /** Everything recorded so far is on disk, or was refused. */
  flush: None;
  journalReport: { args: undefined; result: JournalReport };
  /** A port on which the journal's thread answers questions itself. */
  connectReader: Given<MessagePort>;
  /** A port to the package host: offers go out on it, transfers come in. */
  connectHost: Given<MessagePort>;
}

/** Live parts of the server (contract/live.ts), as far as they changed. Marks are the main thread's. */
type ServerParts = { readonly [P in KeyedPart]?: KeyedChange<RowOf<P>> } & {
  readonly [P in Exclude<NewsPart, 'marks'>]?: readonly RowOf<P>[];
} & { readonly [P in ServerPart]?: WholeValue<P> };

/** Changes since the last batch, at most every 100 ms. */
export interface ServerNews extends ServerParts {
  /** Of machines whose rows are otherwise as they were. */
  readonly heard: readonly Heard[];
  /** Of machines that are watched. */
  readonly details: readonly MachineState[];
  readonly frames: readonly (FollowedFrames & { readonly window: number })[];
  /** Commands that runs sent, for the audit trail. */
  readonly given: readonly RunCommand[];
}

export interface ServerEvents {
  /** The system's number of its thread, where threads have priorities of their own; as its first word. */
  thread: number;
  news: ServerNews;
  listener: ListenerState;
  /** The direct link is for the first machine that connects: this one did. */
  directMachine: number;
  journal: JournalReport;
  /** The journal's thread was started again: readers must connect again. */
  journalRestarted: undefined;
  /** The journal's thread died, of this; it is started again. */
  journalDied: string;
  /** A line for the terminal. */
  line: string;
  /** An unexpected error. The server continues. */
  problem: string;
}
