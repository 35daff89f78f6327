/** Calls to the thread that makes a support file. */
import type { DoctorResult } from '#shared/doctor';
import type { SupportFrames, SupportKind } from '#shared/model/support';
import type { Words } from '#shared/words';
import type { Computer } from '../doctor/computer';

/** A file of the ZIP, ready in the thread's folder. */
export interface Staged {
  readonly kind: SupportKind;
  readonly name: string;
  /** Its pieces, in their order. */
  readonly pieces: readonly string[];
  readonly bytes: number;
  readonly packed: number;
}

export interface Collected {
  readonly files: readonly Staged[];
  /** Names of files that found no room. */
  readonly leftOut: readonly { readonly kind: SupportKind; readonly name: string }[];
}

/** What every step needs. */
interface Common {
  /** Of this thread alone; it is there. */
  readonly stage: string;
  /** Bytes of the ZIP. */
  readonly limit: number;
  /** The journal's file; `null`: there is none to be read. */
  readonly journal: string | null;
  /** Verification codes. */
  readonly codes: readonly string[];
}

export interface CollectRequest extends Common {
  readonly logs: string | null;
  readonly crashes: string;
  /** Of the crash reporter. */
  readonly dumps: string | null;
  readonly computer: Computer;
  /** Results of checks that only the running app knows. */
  readonly known: readonly DoctorResult[];
  readonly language: keyof Words;
  /** What the main thread knows. */
  readonly facts: Readonly<Record<'versions' | 'settings' | 'network' | 'journal', object>>;
}

export interface FramesRequest extends Common {
  readonly since: number;
  readonly now: number;
  readonly machines: readonly number[] | null;
  readonly language: keyof Words;
  /** Bytes of the ZIP that other files need. */
  readonly taken: number;
}

export interface StagedFrames {
  readonly file: Staged;
  readonly facts: Omit<SupportFrames, 'hours' | 'machines'>;
}

export interface SaveRequest {
  /** Never written over. */
  readonly journal: string;
  readonly limit: number;
  readonly target: string;
  readonly files: readonly Staged[];
  readonly manifest: object;
}

/** Ending the thread cancels what it does. */
export interface SupportCalls {
  collect: { args: CollectRequest; result: Collected };
  frames: { args: FramesRequest; result: StagedFrames };
  /** Gives the file's bytes. */
  save: { args: SaveRequest; result: number };
}

export interface SupportEvents {
  progress: { readonly done: number; readonly total: number };
}
