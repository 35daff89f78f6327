/** Files with frames, imported and exported. Sizes are bytes, times ms since 1970. */
import type { MachineRow } from './machine';
import type { SiteJournalFacts } from './sites';

/** Extensions of capture files; `.gz` may follow. For people and dialogs only: the content decides about the format (main/core/captures/in). */
export const captureEndings = ['pcapng', 'pcap', 'cap', 'jsonl'] as const;

export const exportFormats = ['pcapng', 'jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Damage of the journal that an export found. */
export interface ExportDamage {
  /** Entries that are not as they were written. The file contains them, marked as damaged. */
  readonly damaged: number;
  /** Places where entries are missing. */
  readonly missing: number;
}
export const noDamage: ExportDamage = { damaged: 0, missing: 0 };
export const sumOfDamage = (a: ExportDamage, b: ExportDamage): ExportDamage => ({
  damaged: a.damaged + b.damaged,
  missing: a.missing + b.missing,
});
/** A member of a result, only if there is damage. */
export const damageIn = (damage: ExportDamage): { readonly damage?: ExportDamage } =>
  damage.damaged + damage.missing === 0 ? {} : { damage };

/** A long task that runs in the background and can be cancelled. */
export interface Job {
  readonly id: number;
  /** mask: makes a copy without private texts before it is sent. send, fetch: to or from a site's broker. */
  readonly what: 'export' | 'import' | 'mask' | 'send' | 'fetch';
  /** Name of the file, without its folder. */
  readonly fileName: string;
  /** waiting: until other jobs have ended; `send` and `fetch`: for the broker. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Import, send, fetch: bytes. Export: frames processed. Mask: a share of `total`. */
  readonly done: number;
  /** `null`: unknown. */
  readonly total: number | null;
  /** Frames written or read so far. */
  readonly frames: number;
  /** Only of an export that found damage. */
  readonly damage?: ExportDamage;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Reason of the failure. Texts: `capture.problem.<code>`. */
  readonly problem: { readonly code: JobProblem; readonly detail: string } | null;
  /** An import's capture, available from the first entries on. Of a fetched file: the import that opens it. */
  readonly capture: number | null;
}
export const isOver = ({ state }: Pick<Job, 'state'>): boolean => state !== 'waiting' && state !== 'running';

export type JobProblem =
  | 'notACapture'
  | 'notJsonl'
  /** Compressed by a program other than gzip. */
  | 'packed'
  | 'emptyFile'
  /** Overwritten or shortened while it was read. */
  | 'changed'
  /** `detail`: the limit. */
  | 'tooManyInterfaces'
  | 'tooManyConnections'
  | 'tooManyNotes'
  /** Out of memory: the limit of one file's process. */
  | 'noMemory'
  /** The process crashed. */
  | 'readerStopped'
  /** The process ended early for an unknown reason. */
  | 'readerEnded'
  | 'unreadable'
  | 'unwritable'
  /** Crema's own folder is not writable. */
  | 'noPlace'
  | 'noSpace'
  /** Its private texts can't be masked, because it is not a capture. */
  | 'notMaskable'
  | 'siteFileTooLarge'
  | 'siteFileChanged'
  /** It is not in the stream, or parts of it are missing. */
  | 'siteFileGone'
  /** Its SHA-256 does not match. */
  | 'siteFileDiffers'
  /** Its description can't be read. */
  | 'siteFileUnreadable'
  | 'siteFileBusy'
  | 'siteRemoved'
  | 'siteFull'
  | 'siteNotPermitted'
  /** The account has no stream `FILES`. */
  | 'siteNoFiles'
  | 'siteTooLong'
  | 'internal';

/**
 * Progress of reading a capture's file. The capture is open from the first entries on. After a cancelled or failed import it keeps
 * the entries read so far: the beginning of the file.
 */
export type Reading =
  | { readonly state: 'running' | 'done' | 'cancelled' }
  | { readonly state: 'failed'; readonly problem: NonNullable<Job['problem']> };

/** Why a part of a file is not an entry. Texts: `capture.passedOver.<reason>`. */
export const passedOverReasons = [
  'unknownLink',
  'notIp',
  'short',
  'notTcp',
  'fragment',
  'badLine',
  /** Connections without data, such as refused ones. */
  'noData',
  'otherConnections',
] as const;
export type PassedOverReason = (typeof passedOverReasons)[number];
/** Number of each. */
export type PassedOver = Readonly<Partial<Record<PassedOverReason, number>>>;

/** An opened file, or the journal of another site: a journal without a link. */
export interface Capture {
  readonly id: number;
  /** The file's name, or the site's. */
  readonly fileName: string;
  /** `null`: a file. */
  readonly site: SiteJournalFacts | null;
  readonly reading: Reading;
  readonly entries: number;
  readonly machines: number;
  readonly connections: number;
  /** Times of its first and last entry; `null`: no entries. */
  readonly from: number | null;
  readonly to: number | null;
  /** Known after the import. */
  readonly passedOver: PassedOver;
  /** The file ends within a packet, or is invalid from some point on. */
  readonly isCutOff: boolean;
  readonly isDamaged: boolean;
}

export interface CaptureSnapshot {
  readonly capture: Capture;
  readonly machines: readonly MachineRow[];
}
