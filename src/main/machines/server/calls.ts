/** Calls to the machine server's thread and its events. Times are ms since 1970. */
import type { MessagePort } from 'node:worker_threads';
import type { GivenFrom } from '#shared/commands/kit/given';
import type { AppError } from '#shared/contract/errors';
import type { WindowPart } from '#shared/contract/feed';
import type { LiveBatch } from '#shared/contract/live';
import type { LiveSnapshot } from '#shared/contract/replica';
import type { Args, ReplyValue, RequestsOf } from '#shared/contract/requests/index';
import type { Command } from '#shared/model/command';
import type { FrameFilter } from '#shared/filter/frames';
import type { SelfTest } from '#shared/model/arrivals';
import type { FrameDetail, FramePage, PagePlace } from '#shared/model/frame';
import type { FrameCount } from '#shared/model/frameCount';
import type { DamagedRows, JournalStatus, Mark, MarkChange, RefusedEntries } from '#shared/model/journal';
import type { ListenAt, ListenerState } from '#shared/model/listener';
import type { MachineConfig, MachineState } from '#shared/model/machine';
import type { AuditEnd } from '#shared/model/audit';
import type { AskedProducts } from '#shared/model/knownProducts';
import type { RunCommand } from '#shared/model/run';
import type { ReachedAddress } from '#shared/model/downloadTest';
import type { SupportAsk } from '#shared/model/sites';
import { defaultSettings, type Settings } from '#shared/model/settings';
import type { UpgradePackage } from '#shared/model/upgrade';
import type { LastNumbers, PackedEntries } from '../../journal/api';

/** The person's settings that the server needs. Verification codes stay in this process. */
export interface ServerSettings {
  readonly configs: ReadonlyMap<number, MachineConfig>;
  readonly codes: ReadonlyMap<number, string>;
  readonly settings: Settings;
  readonly packages: readonly UpgradePackage[];
  /** The listener for package downloads. */
  readonly updates: ListenerState;
  /** Local TCP ports of virtual machines. */
  readonly virtualPorts: ReadonlySet<number>;
}

/** Without any choice of a person. */
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
  /** Whether the journal answers queries. */
  readonly isReadable: boolean;
  /** Entries that the disk refused so far. Memory still holds them. */
  readonly refused: number;
  readonly damagedRows: DamagedRows;
}

/** How far the records of a run go that were shown or reported. */
export interface RecordedSoFar {
  /** The number of the journal's newest batch. */
  readonly batch: number;
  /** The newest number of each kind. The disk may have refused the record. */
  readonly last: LastNumbers;
}

export const nothingRecorded: RecordedSoFar = {
  batch: 0,
  last: { entry: 0, conn: 0, command: 0, diagnosis: 0, run: 0, runMachine: 0 },
};

/** Both are built with the same order of members. */
export const isSameRecorded = (a: RecordedSoFar, b: RecordedSoFar): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

type None = { args: undefined; result: undefined };
type Given<T> = { args: T; result: undefined };
/** The origin of a request. */
export interface Asker {
  /** The person's name, or the name of their account. */
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

/** A command that a person at another site wants. */
export type SiteWish = Pick<SupportAsk, 'vmcNo' | 'name' | 'input' | 'accepted'>;

export interface ServerOpening {
  readonly journal: string;
  readonly settings: ServerSettings;
  readonly stopped?: number | null;
  readonly patience?: number;
  /** The data folder is a copy, or was moved: work of an earlier run waits for a person. */
  readonly isCopy?: boolean;
  /** Limits for machine connections; left out: the usual limits. */
  readonly places?: number | undefined;
  /** The last report of an earlier thread of this run. */
  readonly recorded?: RecordedSoFar;
}

export interface ServerCalls {
  /**
   * Opens the journal and continues from an earlier run. `stopped`: an earlier thread of this run ended at that time, with all
   * its connections. `patience`: ms in which the journal's thread must answer each question.
   */
  open: { args: ServerOpening; result: undefined };
  /** Closes every connection; returns the entries that the disk refuses then. */
  settle: { args: undefined; result: RefusedEntries };
  /** Returns the entries that the disk refuses; after `settle`. */
  takeUnwritten: { args: undefined; result: readonly PackedEntries[] };
  /** Settles, and then closes the journal. */
  close: None;
  listen: { args: ListenAt; result: ListenerState };
  /** Connects to this address of the computer, where the server listens; `null`: it does not listen. */
  selfTest: { args: { readonly host: string }; result: SelfTest | null };
  /** Local addresses that machines are connected to. */
  reachedAddresses: { args: undefined; result: readonly ReachedAddress[] };
  /** The computer slept for so many ms, as its system reports. */
  slept: Given<{ readonly ms: number }>;
  retryListen: { args: { readonly avoid: readonly number[] }; result: ListenerState };
  /** Changed settings. */
  change: Given<Partial<Omit<ServerSettings, 'configs' | 'codes'>>>;
  changeConfig: Given<{ readonly vmcNo: number; readonly config: MachineConfig }>;
  changeCode: Given<{ readonly vmcNo: number; readonly code: string | null }>;
  /** The thread's live parts, for main's copy: later batches contain the changes after it. */
  snapshot: { args: undefined; result: Partial<LiveSnapshot> };
  machine: { args: { readonly vmcNo: number }; result: MachineState | null };
  /** From now on each batch holds the state of that machine; `null`: of no machine. */
  watch: Given<{ readonly window: number; readonly vmcNo: number | null }>;
  /**
   * From now on each batch holds entries that match the filter, with this token; `null`: none. Earlier entries are in the
   * journal's batch that is reported before the result.
   */
  follow: Given<{ readonly window: number; readonly token: number; readonly filter: FrameFilter | null }>;
  /** Entries in memory, for a run without a journal; newest first, `next` as in FramePage. */
  recentPage: {
    args: { readonly filter: FrameFilter; readonly place: PagePlace; readonly limit: number };
    result: FramePage;
  };
  /** The number of those entries that are newer than `after`. */
  recentCount: {
    args: { readonly filter: FrameFilter; readonly after: number | null };
    result: FrameCount;
  };
  recentFrame: { args: { readonly id: number }; result: FrameDetail | null };
  /** A port for a replay: it sends to that machine and receives the machine's messages. */
  connectReplay: Given<{ readonly vmcNo: number; readonly port: MessagePort }>;
  /** Removes virtual machines that no longer run from the list. The number of those whose connection is still open. */
  forgetVirtual: { args: undefined; result: number };
  /** A request of a window (contract/requests) with this thread in its row. Its arguments are checked. */
  request: { args: MachinesRequest; result: unknown };
  /** Why a command from another site would be refused now; `null`: it would be accepted. */
  refusalFromSite: { args: SiteWish; result: AppError | null };
  /** Gives a command from another site. It is on disk before the result, as for `request`. */
  giveFromSite: { args: SiteWish & { readonly from: GivenFrom }; result: Command | AppError };
  /** Tables of a product list that a machine uploaded. */
  productsFetched: Given<{ readonly vmcNo: number; readonly file: AskedProducts }>;
  /** Packages that a command waits for. */
  wantedPackages: { args: undefined; result: ReadonlySet<string> };
  changeMark: { args: MarkChange; result: Mark };
  keepAuditEnd: Given<AuditEnd>;
  /** Resolves when every entry so far is on disk, or was refused. */
  flush: None;
  journalReport: { args: undefined; result: JournalReport };
  /** A port for queries that the journal's thread answers itself. */
  connectReader: Given<MessagePort>;
  /** A port to the package host, for offers and transfers. */
  connectHost: Given<MessagePort>;
}

/** Changes since the last batch, at most every 100 ms. */
export interface ServerNews {
  readonly batch: LiveBatch;
  /** Data for one window each. */
  readonly own: readonly WindowPart[];
}

export interface ServerEvents {
  /** The system's id of this thread, on systems with thread priorities. The first event. */
  thread: number;
  /**
   * It precedes all news and results about these records, so a question with its batch is answered with everything that was
   * shown.
   */
  recorded: RecordedSoFar;
  /** Commands that runs sent, for the audit trail; before the news of their results. */
  given: readonly RunCommand[];
  news: ServerNews;
  listener: ListenerState;
  /** The direct link is for the first machine that connects: this one did. */
  directMachine: number;
  journal: JournalReport;
  /** The journal's thread was started again: readers must connect again. */
  journalRestarted: undefined;
  /** The journal's thread died with this error; it is started again. */
  journalDied: string;
  /** A line for the terminal. */
  line: string;
  /** An unexpected error. The server continues. */
  problem: string;
}
