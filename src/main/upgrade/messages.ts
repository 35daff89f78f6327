/** Calls and events between the library and its worker thread. */
import type { PackageRefusal } from '#shared/model/upgrade';
import type { Guess } from './guess';

export interface StageRequest {
  readonly source: string;
  /** Written beside its final place; the library renames or removes it. */
  readonly target: string;
}

export type Refusal = {
  readonly reason: PackageRefusal;
  readonly params: Readonly<Record<string, string>>;
};

/** A file that may become a package. */
export interface Staged {
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
  readonly members: number;
  readonly unpackedSize: number;
  readonly guess: Guess;
}

export type StageResult = { readonly staged: Staged } | { readonly refusal: Refusal };

export interface StageProgress {
  readonly phase: 'copying' | 'checking';
  readonly done: number;
  readonly total: number;
}

/** Ending the thread cancels: `stage` is answered with that refusal. */
export interface StageCalls {
  stage: { args: StageRequest; result: StageResult };
}

export interface StageEvents {
  progress: StageProgress;
}
