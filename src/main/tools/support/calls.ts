/** Calls to the thread that creates a support file. */
import type { DoctorResult } from '#shared/doctor';
import type { SupportFrames, SupportKind } from '#shared/model/support';
import type { Words } from '#shared/words';
import type { Computer } from '../doctor/computer';

/** A file of the ZIP, staged in the thread's folder. */
export interface Staged {
  readonly kind: SupportKind;
  readonly name: string;
  /** The file's pieces, in order. */
  readonly pieces: readonly string[];
  readonly bytes: number;
  readonly packed: number;
}

export interface Collected {
  readonly files: readonly Staged[];
  /** Names of files that did not fit within the limit. */
  readonly leftOut: readonly { readonly kind: SupportKind; readonly name: string }[];
}

/** Arguments of every step. */
interface Common {
  /** A folder of this thread alone, which exists. */
  readonly stage: string;
  /** The largest size of the ZIP, bytes. */
  readonly limit: number;
  /** The journal's file; `null`: there is no readable journal. */
  readonly journal: string | null;
  /** 32 random bytes of this support file: stand-ins depend on them. */
  readonly key: Uint8Array;
  /** Verification codes. */
  readonly codes: readonly string[];
}

export interface CollectRequest extends Common {
  readonly logs: string | null;
  readonly crashes: string;
  /** The crash reporter's folder. */
  readonly dumps: string | null;
  readonly computer: Computer;
  /** Results of checks that only the running app can make. */
  readonly known: readonly DoctorResult[];
  readonly language: keyof Words;
  /** Facts that only the main thread has. */
  readonly facts: Readonly<Record<'versions' | 'settings' | 'network' | 'journal', object>>;
}

export interface FramesRequest extends Common {
  readonly since: number;
  readonly now: number;
  readonly machines: readonly number[] | null;
  readonly language: keyof Words;
  /** Bytes of the ZIP reserved for other files. */
  readonly taken: number;
}

export interface StagedFrames {
  readonly file: Staged;
  readonly facts: Omit<SupportFrames, 'hours' | 'machines'>;
}

export interface SaveRequest {
  /** The journal's file, which is never overwritten. */
  readonly journal: string;
  readonly limit: number;
  readonly target: string;
  readonly files: readonly Staged[];
  readonly manifest: object;
}

/** Ending the thread cancels its work. */
export interface SupportCalls {
  collect: { args: CollectRequest; result: Collected };
  frames: { args: FramesRequest; result: StagedFrames };
  /** Returns the size of the file, bytes. */
  save: { args: SaveRequest; result: number };
}

export interface SupportEvents {
  progress: { readonly done: number; readonly total: number };
}
