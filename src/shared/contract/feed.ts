/**
 * Main to window: a snapshot first, then batches by sequence number, at most one every 100 ms. A batch holds the newest value
 * of whatever changed, so applying one twice does no harm, and a batch not newer than the snapshot is skipped.
 */
import type { FrameRow } from '../model/frame';
import type { Fault } from '../model/history';
import type { ListenerState } from '../model/listener';
import type { MachineConfig, MachineRow } from '../model/machine';
import type { Settings } from '../model/settings';
import type { SimulatorState } from '../model/simulator';
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
  /** Only for the machine this window watches. */
  readonly detail?: MachineDetail;
  /** New rows of the watched machine, oldest first; `skipped` older ones of this batch were left out of the live view. */
  readonly frames?: { readonly vmcNo: number; readonly rows: readonly FrameRow[]; readonly skipped: number };
}
