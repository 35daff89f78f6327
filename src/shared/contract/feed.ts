/**
 * Main to window: a snapshot first, then batches by sequence number, at most one every 100 ms. A batch holds the newest value
 * of whatever changed, so applying one twice does no harm, and a batch not newer than the snapshot is skipped.
 */
import type { FrameRow } from '../model/frame';
import type { Command } from '../model/command';
import type { Fault, OrderRecord } from '../model/history';
import type { Capture, Job } from '../model/capture';
import type { JournalStatus, Mark } from '../model/journal';
import type { ListenerState } from '../model/listener';
import type { MachineConfig, MachineRow } from '../model/machine';
import type { Settings } from '../model/settings';
import type { SimulatorState } from '../model/simulator';
import type { Staging, Transfer, UpgradePackage } from '../model/upgrade';
import type { MachineDetail } from './detail';

export interface Listeners {
  readonly machines: ListenerState;
  readonly updates: ListenerState;
}

/** A connection that has not said its machine number. */
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

export interface Snapshot {
  readonly seq: number;
  readonly appVersion: string;
  readonly platformName: string;
  /** Resolved language when settings say `system`. */
  readonly systemLanguage: 'en' | 'zh-CN';
  /** `--lang` on the command line wins over the setting for this run. */
  readonly languageSwitch: 'en' | 'zh-CN' | null;
  readonly settings: Settings;
  readonly listeners: Listeners;
  readonly simulator: SimulatorState;
  readonly machines: readonly MachineRow[];
  readonly configs: Readonly<Record<number, MachineConfig>>;
  readonly unnamed: readonly UnnamedLink[];
  readonly packages: readonly UpgradePackage[];
  readonly staging: Staging | null;
  readonly transfers: readonly Transfer[];
  /** Commands that are queued or sent, oldest first. */
  readonly running: readonly Command[];
  readonly journal: JournalStatus;
  readonly jobs: readonly Job[];
  readonly captures: readonly Capture[];
}

export interface FeedBatch {
  readonly seq: number;
  readonly settings?: Settings;
  readonly listeners?: Listeners;
  readonly simulator?: SimulatorState;
  /** Changed or new rows. */
  readonly machines?: readonly MachineRow[];
  /** Numbers of machines taken off the list. */
  readonly forgotten?: readonly number[];
  readonly configs?: Readonly<Record<number, MachineConfig>>;
  readonly unnamed?: readonly UnnamedLink[];
  /** Faults set, repeated or cleared, as they are now. */
  readonly faults?: readonly Fault[];
  /** Orders opened or changed, as they are now. */
  readonly orders?: readonly OrderRecord[];
  /** Commands given or changed, as they are now. */
  readonly commands?: readonly Command[];
  readonly journal?: JournalStatus;
  /** Those that run and the latest that ended, all of them. */
  readonly jobs?: readonly Job[];
  readonly captures?: readonly Capture[];
  /** Marks and notes given, changed or taken off, live and in captures. */
  readonly marks?: readonly SourceMark[];
  readonly packages?: readonly UpgradePackage[];
  /** `null`: no file is being read in. */
  readonly staging?: Staging | null;
  /** What machines fetch now or fetched lately, all of it. */
  readonly transfers?: readonly Transfer[];
  /** Only for the machine this window watches. */
  readonly detail?: MachineDetail;
  /**
   * New rows of the list this window follows (`followFrames`, named by its token), oldest first; `skipped` older ones of this
   * batch were left out of the live view.
   */
  readonly frames?: {
    readonly token: number;
    readonly rows: readonly FrameRow[];
    readonly skipped: number;
    /** Of earlier entries, whose they turned out to be: lists have them already, or are to have them now. */
    readonly named: readonly FrameRow[];
  };
}
