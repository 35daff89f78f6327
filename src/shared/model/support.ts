/** The support file as the window sees it. Sizes are bytes, times ms since 1970. */
import type { Job } from './capture';

/** Limit of a support file. */
export const supportLimit = 50_000_000;
/** Limit of the requested time: a week. */
export const supportHours = 168;

/** Its parts, in the order of its list. Texts: `support.part.<kind>`. */
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

/** Parts that a person may exclude. */
export const optionalSupport = ['log', 'crashes', 'frames'] as const satisfies readonly SupportKind[];
export type OptionalSupport = (typeof optionalSupport)[number];

export interface SupportPart {
  readonly kind: SupportKind;
  readonly files: number;
  /** Uncompressed. */
  readonly bytes: number;
  /** In the ZIP. */
  readonly packed: number;
  /** Number of files, or of entries for frames, left out for lack of space. */
  readonly leftOut: number;
}

/** The frames in it. */
export interface SupportFrames {
  readonly hours: number;
  /** `null`: all. */
  readonly machines: readonly number[] | null;
  readonly entries: number;
  /** Times of the first and the last; `null`: no entries. */
  readonly from: number | null;
  readonly to: number | null;
  /** Number of older frames left out for lack of space. */
  readonly leftOut: number;
  /** Number of frames whose content was withheld completely. */
  readonly withheld: number;
}

type SupportStep = 'collect' | 'frames' | 'save';

export interface SupportState {
  /** `null`: no step in progress. */
  readonly doing: { readonly what: SupportStep; readonly done: number; readonly total: number } | null;
  readonly parts: readonly SupportPart[];
  readonly frames: SupportFrames | null;
  /** The last file written. */
  readonly saved: { readonly file: string; readonly bytes: number } | null;
  /** Why the last step failed. */
  readonly problem: Job['problem'];
}
