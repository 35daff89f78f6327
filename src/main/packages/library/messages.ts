/** Calls and events between the library and its processes. */
import type { Checksum } from '#shared/checksum';
import type { FetchedContent } from '#shared/model/fetched';
import type { MatchedChecksum, PackageContents, PackageRefusal, Staging } from '#shared/model/upgrade';
import type { Guess } from '../host/guess';

/** Bytes reserved for the journal, which shares the disk. */
export const reserve = 64 * 1_048_576;

export interface StageRequest {
  /** A package, an update.xml or a folder with both. */
  readonly source: string;
  /** Written next to its final place; the library renames or removes it. */
  readonly target: string;
  /** The checksum that the user entered. */
  readonly expected: Checksum | null;
}

/** A stored file missing from the list: inspected if its hash matches its name. */
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

/** Ending the process cancels: `stage` and `exportTo` return the refusal. */
export interface PackageCalls {
  stage: { args: StageRequest; result: StageResult };
  inspect: { args: InspectRequest; result: StageResult };
  exportTo: { args: ExportRequest; result: { readonly refusal: Refusal | null } };
  /** Hashes of the file as it is now. */
  hashesOf: { args: { readonly file: string }; result: { readonly sha256: string; readonly md5: string } };
  /** `text`: a part of member names, in any case. */
  contents: { args: { readonly file: string; readonly text: string }; result: PackageContents };
  /** Products and recipes. */
  tables: { args: { readonly file: string }; result: FetchedContent };
}

export interface PackageEvents {
  progress: StageProgress;
}
