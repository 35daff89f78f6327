/**
 * Main to window: a snapshot first, then batches by sequence number, at most one every 100 ms. A batch holds the newest value
 * of each changed item, so a second application does no harm. A batch not newer than the snapshot is skipped.
 */
import type { FrameRow } from '../model/frame';
import type { LiveBatch } from './live';
import type { LiveSnapshot } from './replica';
import type { MachineDetail } from './detail';

/** Facts that do not change while the app runs. */
export interface AppFacts {
  readonly appVersion: string;
  /** `development`: run from source files. */
  readonly build: 'release' | 'test' | 'development';
  readonly platformName: string;
  /** Resolved language when settings say `system`. */
  readonly systemLanguage: 'en' | 'zh-CN';
  /** `--lang` on the command line wins over the setting for this run. */
  readonly languageSwitch: 'en' | 'zh-CN' | null;
}

export type Snapshot = AppFacts & { readonly seq: number } & LiveSnapshot;

/** New rows of the frame list that a window follows (`followFrames`, with its token), oldest first. */
export interface FollowedFrames {
  readonly token: number;
  readonly rows: readonly FrameRow[];
  /** Number of older rows of this batch that the live view skips. */
  readonly skipped: number;
  /** Rows of earlier entries that match now: their machine or their answer has become known. Lists replace or insert them. */
  readonly named: readonly FrameRow[];
  /** Earlier entries that do not match any more, because they were answered. */
  readonly gone: readonly number[];
}

/** Live data for one window only. */
interface OwnPart {
  /** Of the machine that the window watches. */
  readonly detail?: MachineDetail;
  /** Of the list that the window follows. */
  readonly frames?: FollowedFrames;
}
export interface WindowPart extends OwnPart {
  readonly window: number;
}

export type FeedBatch = { readonly seq: number } & LiveBatch & OwnPart;
