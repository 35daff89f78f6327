/** What the handlers need of the rest of the app. The composition root hands in the real parts. */
import type { Args, CodeStored, MachineDetail, PackagePatch } from '#shared/contract/requests';
import type { Listeners, UnnamedLink } from '#shared/contract/feed';
import type { AppError } from '#shared/contract/errors';
import type { CommandName } from '#shared/catalog/commands';
import type { FrameFilter } from '#shared/filter/frames';
import type { Command, CommandQuery } from '#shared/model/command';
import type { FrameCount, FrameDetail, FramePage, JsonObject, PagePlace } from '#shared/model/frame';
import type { Fault, FaultQuery, OrderQuery, OrderRecord } from '#shared/model/history';
import type { Capture, CaptureSnapshot, ExportFormat, Job } from '#shared/model/capture';
import type { Relations } from '#shared/model/relations';
import type {
  Activity,
  ActivityQuery,
  JournalSize,
  JournalStatus,
  Mark,
  MarkChange,
} from '#shared/model/journal';
import type { Adapter, ListenerState } from '#shared/model/listener';
import type { MachineConfig, MachineRow, Platform } from '#shared/model/machine';
import type { Settings } from '#shared/model/settings';
import type { Misbehaviour, SimulatorState } from '#shared/model/simulator';
import type { Staging, Transfer, UpgradePackage } from '#shared/model/upgrade';

export type Which = keyof Listeners;

/** What can be read, live or of an opened file. `null`: there is no journal, or nothing with that number. */
export interface Source {
  detail(vmcNo: number): MachineDetail | null;
  frames(filter: FrameFilter, place: PagePlace, limit: number): Promise<FramePage>;
  /** Of those newer than `after`, as far as one look goes. */
  countFrames(filter: FrameFilter, after: number | null): Promise<FrameCount>;
  frame(id: number): Promise<FrameDetail | null>;
  relations(id: number): Promise<Relations | null>;
  activity(query: ActivityQuery): Promise<Activity | null>;
  faults(query: FaultQuery): Promise<readonly Fault[] | null>;
  orders(query: OrderQuery): Promise<readonly OrderRecord[] | null>;
  commands(query: CommandQuery): Promise<readonly Command[] | null>;
}

export interface MachinesService {
  rows(): readonly MachineRow[];
  row(vmcNo: number): MachineRow | null;
  unnamed(): readonly UnnamedLink[];
  /** What a person wrote; `bytes`: it is too long. */
  sendByHand(vmcNo: number, content: Args<'sendFrame'>['content']): { readonly id: number } | AppError;
  /** `null`: serve every machine. */
  setDirectLink(vmcNo: number | null): void;
  disconnect(vmcNo: number): boolean;
  forget(vmcNo: number): void;
  /** Takes virtual machines that no longer run off the list; returns their numbers. */
  forgetVirtual(): readonly number[];
}

export interface HistoryService {
  readonly status: JournalStatus;
  /** `null`: there is no journal to ask. */
  size(): Promise<JournalSize | null>;
  /** What the entry has then; `null`: there is no journal to keep it in. */
  setMark(change: MarkChange): Promise<Mark | null>;
}

/** What is to be written to a file. */
export interface ExportWish {
  readonly capture: number | null;
  readonly filter: FrameFilter;
  readonly format: ExportFormat;
  readonly ids: readonly number[] | null;
  /** For findings and the like, in the language of whoever reads the file. */
  readonly words: Readonly<Record<string, string>>;
}

export interface CapturesService {
  readonly jobs: readonly Job[];
  readonly captures: readonly Capture[];
  has(id: number): boolean;
  source(id: number): Source | null;
  snapshot(id: number): CaptureSnapshot | AppError;
  /** In the capture's own journal: it goes with it, unless it is exported. */
  setMark(id: number, change: MarkChange): Promise<Mark | AppError>;
  /** Asks the person for a file; `null`: none was chosen. */
  open(windowId: number): Promise<Job | null>;
  export(windowId: number, wish: ExportWish): Promise<Job | AppError | null>;
  /** The file's name, or `null`. */
  saveDissector(windowId: number): Promise<string | AppError | null>;
  /** Closes one, or all and whatever runs. */
  close(id?: number): Promise<void>;
  cancel(id: number): AppError | null;
}

export interface CommandsService {
  /** Queued or sent, oldest first. */
  running(): readonly Command[];
  /** Sends it, or queues it for a machine that is not connected; what can't be is refused. */
  give(vmcNo: number, name: CommandName, input: JsonObject): Command | AppError;
  cancel(id: number): AppError | null;
}

export interface PackagesService {
  readonly packages: readonly UpgradePackage[];
  readonly staging: Staging | null;
  readonly transfers: readonly Transfer[];
  /** Asks the person for a file and reads it in; `null`: none was chosen. */
  choose(windowId: number): Promise<UpgradePackage | AppError | null>;
  cancel(): void;
  change(id: string, patch: PackagePatch): AppError | null;
  remove(id: string): Promise<AppError | null>;
}

export interface ListenService {
  states(): Listeners;
  adapters(): readonly Adapter[];
  listen(which: Which, host: string, port: number): Promise<ListenerState>;
  retry(which: Which): Promise<ListenerState>;
}

export interface SettingsService {
  readonly settings: Settings;
  readonly configs: ReadonlyMap<number, MachineConfig>;
  /** Holds in any case; why it can't be kept beyond this run, or `null`. So do the two below. */
  change(patch: Partial<Settings>): string | null;
  changeMachine(vmcNo: number, patch: Partial<MachineConfig>): string | null;
  setCode(vmcNo: number, code: string | null): string | null;
  codeStored(vmcNo: number): CodeStored;
}

export interface SimulatorService {
  readonly state: SimulatorState;
  run(count: number, platform: Platform | 'mixed'): Promise<void>;
  fault(vmcNo: number | null, fault: Misbehaviour, on: boolean): void;
}

export interface ProblemsService {
  report(problem: Args<'reportProblem'>): void;
}

export interface AppFacts {
  readonly version: string;
  readonly platformName: string;
  readonly systemLanguage: 'en' | 'zh-CN';
  readonly languageSwitch: 'en' | 'zh-CN' | null;
  readonly copyText: (text: string) => void;
  readonly openWindow: () => void;
}

export interface Services {
  readonly app: AppFacts;
  readonly machines: MachinesService;
  readonly history: HistoryService;
  readonly listen: ListenService;
  readonly settings: SettingsService;
  readonly simulator: SimulatorService;
  readonly commands: CommandsService;
  readonly packages: PackagesService;
  readonly live: Source;
  readonly captures: CapturesService;
  readonly problems: ProblemsService;
}
