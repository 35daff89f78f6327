/** Calls and events between the library and its processes. */
import type { Checksum } from '#shared/checksum';
import type { FetchedContent } from '#shared/model/fetched';
import type { MatchedChecksum, PackageContents, PackageRefusal, Staging } from '#shared/model/upgrade';
import type { Guess } from '../host/guess';

/** Bytes left to the journal, which shares the disk. */
export const reserve = 64 * 1_048_576;

export interface StageRequest {
  /** A package, an update.xml or a folder with both. */
  readonly source: string;
  /** Written beside its final place; the library renames or removes it. */
  readonly target: string;
  /** What a person was told that it is. */
  readonly expected: Checksum | null;
}

/** A stored file that no list names: what it is, if it is what its name says. */
export interface InspectRequest {
  readonly file: string;
  readonly sha256: string;
}

export interface ExportRequest {
  readonly source: string;
  readonly target: string;
  readonly sha256: string;
}

export type Refusal = {
  readonly reason: PackageRefusal;
  readonly params: Readonly<Record<string, string | number>>;
};

/** A file that may become a package. */
export interface Staged {
  readonly sha256: string;
  readonly md5: string;
  readonly fileName: string;
  readonly size: number;
  readonly members: number;
  readonly unpackedSize: number;
  readonly matched: readonly MatchedChecksum[];
  readonly guess: Guess;
}

export type StageResult = { readonly staged: Staged } | { readonly refusal: Refusal };
export type StageProgress = Staging;

/** Ending the process cancels: `stage` and `exportTo` are answered with that refusal. */
export interface PackageCalls {
  stage: { args: StageRequest; result: StageResult };
  inspect: { args: InspectRequest; result: StageResult };
  exportTo: { args: ExportRequest; result: { readonly refusal: Refusal | null } };
  /** As the file is now. */
  hashesOf: { args: { readonly file: string }; result: { readonly sha256: string; readonly md5: string } };
  /** `text`: in names, by whatever case. */
  contents: { args: { readonly file: string; readonly text: string }; result: PackageContents };
  /** Of products and recipes. */
  tables: { args: { readonly file: string }; result: FetchedContent };
}

export interface PackageEvents {
  progress: StageProgress;
}
