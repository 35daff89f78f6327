/** Files of frames, in and out. Sizes are bytes, times ms since 1970. */
import type { MachineRow } from './machine';

export type ExportFormat = 'pcapng' | 'jsonl' | 'csv';

/** Something long that runs beside everything else, and can be cancelled. */
export interface Job {
  readonly id: number;
  readonly what: 'export' | 'import';
  /** Name of the file, without its folder. */
  readonly fileName: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
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
  /** An import that is done: the capture it became. */
  readonly capture: number | null;
}
export type JobProblem = 'notACapture' | 'notJsonl' | 'unreadable' | 'unwritable' | 'noSpace' | 'internal';

/** An opened file: a journal without a link. */
export interface Capture {
  readonly id: number;
  readonly fileName: string;
  readonly entries: number;
  readonly machines: number;
  readonly connections: number;
  /** Of its first and last entry; `null`: it has none. */
  readonly from: number | null;
  readonly to: number | null;
  /** What could not be read, counted by reason; the words are in the window's texts under `capture.passedOver.<reason>`. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The file ends within a packet, or makes no sense from some place on. */
  readonly isCutOff: boolean;
  readonly isDamaged: boolean;
}

export interface CaptureSnapshot {
  readonly capture: Capture;
  readonly machines: readonly MachineRow[];
}
