/** Files of frames, in and out. Sizes are bytes, times ms since 1970. */
import type { MachineRow } from './machine';

/** How files of captures end; `.gz` may follow. These are for people and dialogs: what a file is, it says itself (main/journal/files/in). */
export const captureEndings = ['pcapng', 'pcap', 'cap', 'jsonl'] as const;

export const exportFormats = ['pcapng', 'jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Something long that runs beside everything else, and can be cancelled. */
export interface Job {
  readonly id: number;
  readonly what: 'export' | 'import';
  /** Name of the file, without its folder. */
  readonly fileName: string;
  /** waiting: for others to end. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Import: bytes read of the file. Export: frames looked at. */
  readonly done: number;
  /** `null`: not known. */
  readonly total: number | null;
  /** Frames written or read so far. */
  readonly frames: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it failed; the words are in the window's texts under `capture.problem.<code>`. */
  readonly problem: { readonly code: JobProblem; readonly detail: string } | null;
  /** An import: the capture it becomes, from the first entries on. */
  readonly capture: number | null;
}
export const isOver = ({ state }: Pick<Job, 'state'>): boolean => state !== 'waiting' && state !== 'running';

export type JobProblem =
  | 'notACapture'
  | 'notJsonl'
  /** By another program than gzip. */
  | 'packed'
  | 'emptyFile'
  /** `detail`: how many are taken. */
  | 'tooManyInterfaces'
  | 'tooManyConnections'
  | 'tooManyNotes'
  /** More than one file's process may have. */
  | 'noMemory'
  /** Its process broke down. */
  | 'readerStopped'
  /** Its process ended before it was done, and nothing says why. */
  | 'readerEnded'
  | 'unreadable'
  | 'unwritable'
  /** Crema's own folder can't be written. */
  | 'noPlace'
  | 'noSpace'
  | 'internal';

/**
 * How far a capture's file was read. It is open from the first entries on, and keeps what was read when the reading is cancelled
 * or fails: then it is the beginning of the file.
 */
export type Reading =
  | { readonly state: 'running' | 'done' | 'cancelled' }
  | { readonly state: 'failed'; readonly problem: NonNullable<Job['problem']> };

/** Why something in a file is no entry; the words are in the window's texts under `capture.passedOver.<reason>`. */
export const passedOverReasons = [
  'unknownLink',
  'notIp',
  'short',
  'notTcp',
  'fragment',
  'badLine',
  /** Connections in which nothing was said, such as refused ones. */
  'noData',
  'otherConnections',
] as const;
export type PassedOverReason = (typeof passedOverReasons)[number];
/** How many of each. */
export type PassedOver = Readonly<Partial<Record<PassedOverReason, number>>>;

/** An opened file: a journal without a link. The job that reads it has the same number. */
export interface Capture {
  readonly id: number;
  readonly fileName: string;
  readonly reading: Reading;
  readonly entries: number;
  readonly machines: number;
  readonly connections: number;
  /** Of its first and last entry; `null`: it has none. */
  readonly from: number | null;
  readonly to: number | null;
  /** Known when all is read. */
  readonly passedOver: PassedOver;
  /** The file ends within a packet, or makes no sense from some place on. */
  readonly isCutOff: boolean;
  readonly isDamaged: boolean;
}

export interface CaptureSnapshot {
  readonly capture: Capture;
  readonly machines: readonly MachineRow[];
}
