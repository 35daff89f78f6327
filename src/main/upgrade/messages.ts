/** What crosses the border between the library and its worker thread. Both sides are ours; the types are the contract. */
import type { PackageRefusal } from '#shared/model/upgrade';
import type { Guess } from './guess';

export interface StageRequest {
  readonly source: string;
  /** Written beside its final place; the library renames or removes it. */
  readonly target: string;
}

/** To the worker, after its `workerData` said what to do. */
export type ToStager = 'cancel';

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

export type FromStager =
  | {
      readonly kind: 'progress';
      readonly phase: 'copying' | 'checking';
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'staged'; readonly staged: Staged }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
