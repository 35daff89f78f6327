/** What the handlers need of the rest of the app. The composition root hands in the real parts. */
import type { CodeStored, MachineDetail } from '#shared/contract/requests';
import type { Listeners, UnnamedLink } from '#shared/contract/feed';
import type { FrameDetail, FrameRow } from '#shared/model/frame';
import type { Fault, FaultQuery } from '#shared/model/history';
import type { Adapter, ListenerState } from '#shared/model/listener';
import type { MachineConfig, MachineRow, Platform } from '#shared/model/machine';
import type { Settings } from '#shared/model/settings';
import type { Misbehaviour, SimulatorState } from '#shared/model/simulator';

export type Which = keyof Listeners;

export interface MachinesService {
  rows(): readonly MachineRow[];
  row(vmcNo: number): MachineRow | null;
  detail(vmcNo: number): MachineDetail | null;
  /** Newest frames, oldest first. */
  frames(vmcNo: number, limit: number): Promise<readonly FrameRow[]>;
  frame(id: number): Promise<FrameDetail | null>;
  unnamed(): readonly UnnamedLink[];
  disconnect(vmcNo: number): boolean;
  forget(vmcNo: number): void;
  /** Takes virtual machines that no longer run off the list; returns their numbers. */
  forgetVirtual(): readonly number[];
}

export interface HistoryService {
  /** `null`: there is no journal in this run. */
  faults(query: FaultQuery): Promise<readonly Fault[] | null>;
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
  change(patch: Partial<Settings>): void;
  changeMachine(vmcNo: number, patch: Partial<MachineConfig>): void;
  setCode(vmcNo: number, code: string | null): void;
  codeStored(vmcNo: number): CodeStored;
}

export interface SimulatorService {
  readonly state: SimulatorState;
  run(count: number, platform: Platform | 'mixed'): Promise<void>;
  fault(vmcNo: number | null, fault: Misbehaviour, on: boolean): void;
}

export interface AppFacts {
  readonly version: string;
  readonly platformName: string;
  readonly systemLanguage: 'en' | 'zh-CN';
  readonly languageSwitch: 'en' | 'zh-CN' | null;
  readonly copyText: (text: string) => void;
}

export interface Services {
  readonly app: AppFacts;
  readonly machines: MachinesService;
  readonly history: HistoryService;
  readonly listen: ListenService;
  readonly settings: SettingsService;
  readonly simulator: SimulatorService;
}
