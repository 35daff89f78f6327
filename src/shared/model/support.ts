/** The support file as the window sees it. Sizes are bytes, times ms since 1970. */
import type { Job } from './capture';

/** Nothing larger leaves Crema. */
export const supportLimit = 50_000_000;
/** The most that may be asked for: a week. */
export const supportHours = 168;

/** What it is made of, in the order of its list. The words: `support.part.<kind>`. */
export const supportKinds = [
  'versions',
  'settings',
  'network',
  'journal',
  'disk',
  'doctor',
  'log',
  'crashes',
  'frames',
] as const;
export type SupportKind = (typeof supportKinds)[number];

/** A person may leave these out. */
export const optionalSupport = ['log', 'crashes', 'frames'] as const satisfies readonly SupportKind[];
export type OptionalSupport = (typeof optionalSupport)[number];

export interface SupportPart {
  readonly kind: SupportKind;
  readonly files: number;
  /** As they are. */
  readonly bytes: number;
  /** In the ZIP. */
  readonly packed: number;
  /** Files, of frames entries, that found no room. */
  readonly leftOut: number;
}

/** The frames in it. */
export interface SupportFrames {
  readonly hours: number;
  /** `null`: all. */
  readonly machines: readonly number[] | null;
  readonly entries: number;
  /** Of the first and the last; `null`: there is none. */
  readonly from: number | null;
  readonly to: number | null;
  /** Older ones that found no room. */
  readonly leftOut: number;
  /** Those of whose content nothing could be shown. */
  readonly withheld: number;
}

type SupportStep = 'collect' | 'frames' | 'save';

export interface SupportState {
  /** `null`: nothing is being done. */
  readonly doing: { readonly what: SupportStep; readonly done: number; readonly total: number } | null;
  readonly parts: readonly SupportPart[];
  readonly frames: SupportFrames | null;
  /** The file that was written last. */
  readonly saved: { readonly file: string; readonly bytes: number } | null;
  /** Why the last step failed. */
  readonly problem: Job['problem'];
}
