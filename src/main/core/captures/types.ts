/** Types of the file readers and writers: imported entries and errors. */
import type { FrameRow, NewEntry } from '#shared/model/frame';

/** Entries are passed in pages, because a promise for each entry would cost more than the entry. */
export type Pages<E> = AsyncIterable<readonly E[]>;

/** An entry read from a file, with its mark and note. */
export type ReadEntry = NewEntry & { readonly mark?: NonNullable<FrameRow['mark']> };

/** The mark of a connection that has no later entry. It belongs to the connection's last entry. */
export interface LateMark {
  readonly conn: number;
  readonly mark: NonNullable<FrameRow['mark']>;
}

/** The mark and note of the entry with this number; `null` if it has none. */
export type MarkOf = (entry: number) => NonNullable<FrameRow['mark']> | null;
export const noMarks: MarkOf = () => null;

/** For writers of files whose entries have numbers. */
export interface NumberOptions {
  /** The name of the journal that gave the entries their `id`; `null`: unknown, as it is if they have an `original`. */
  readonly journal?: string | null;
}

/** Writes a piece of a file. Resolves when the next piece may follow. */
export type Write = (chunk: Uint8Array) => Promise<void>;

export interface TransferOptions {
  readonly signal?: AbortSignal;
  /** Bytes of the file read or written so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Why a file cannot be read, or only in part. The import summary reports damaged parts. */
export type CaptureErrorCode = 'notACapture' | 'notJsonl' | 'packed' | 'emptyFile' | 'changed' | TooMany;
type TooMany = 'tooManyInterfaces' | 'tooManyConnections' | 'tooManyNotes';

export class CaptureError extends Error {
  readonly code: CaptureErrorCode;
  /** `message`: text for the command line. */
  constructor(code: CaptureErrorCode, message: string = code) {
    super(message);
    this.name = 'CaptureError';
    this.code = code;
  }
}

/** Limits of the data kept per file [ours], so that every file can be read in bounded memory. */
const most: Readonly<Record<TooMany, number>> = {
  // Per section. Programs write one interface per network adapter.
  tooManyInterfaces: 10_000,
  tooManyConnections: 1_000_000,
  tooManyNotes: 20_000,
};

/** Counts data kept of a file, up to the limit. */
export class Bound {
  readonly #code: TooMany;
  #count = 0;

  constructor(code: TooMany) {
    this.#code = code;
  }

  /** Counts one more. @throws CaptureError above the limit */
  add(): void {
    this.#count += 1;
    if (this.#count > most[this.#code])
      throw new CaptureError(this.#code, most[this.#code].toLocaleString('en'));
  }
}
