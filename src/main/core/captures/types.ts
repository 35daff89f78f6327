/** Types of the readers and writers of files: entries as read from files, and errors. */
import type { FrameRow, NewEntry } from '#shared/model/frame';

/** Entries are passed in pages, because a promise for each entry would cost more than the entry. */
export type Pages<E> = AsyncIterable<readonly E[]>;

/** An entry read from a file, with its mark and note. */
export type ReadEntry = NewEntry & { readonly mark?: NonNullable<FrameRow['mark']> };

/** What was said of a connection of which no entry came any more: it is for its last. */
export interface LateMark {
  readonly conn: number;
  readonly mark: NonNullable<FrameRow['mark']>;
}

/** The mark and note of the entry with this number; `null`: none. */
export type MarkOf = (entry: number) => NonNullable<FrameRow['mark']> | null;
export const noMarks: MarkOf = () => null;

/** Writes a piece of a file; resolves when the next may follow. */
export type Write = (chunk: Uint8Array) => Promise<void>;

export interface TransferOptions {
  readonly signal?: AbortSignal;
  /** Bytes of the file so far, read or written. */
  readonly onProgress?: (bytes: number) => void;
}

/** Why a file can't be read at all. What is merely broken in it is told in the summary of what was read. */
export type CaptureErrorCode = 'notACapture' | 'notJsonl' | 'packed' | 'emptyFile' | TooMany;
type TooMany = 'tooManyInterfaces' | 'tooManyConnections' | 'tooManyNotes';

export class CaptureError extends Error {
  readonly code: CaptureErrorCode;
  /** `message`: what the command line says of it. */
  constructor(code: CaptureErrorCode, message: string = code) {
    super(message);
    this.name = 'CaptureError';
    this.code = code;
  }
}

/** What is remembered of one file at most [ours]: whatever a file holds, reading it takes bounded memory. */
const most: Readonly<Record<TooMany, number>> = {
  // In a section. Programs write one for each adapter.
  tooManyInterfaces: 10_000,
  tooManyConnections: 1_000_000,
  tooManyNotes: 20_000,
};

/** Counts what is remembered of a file. */
export class Bound {
  readonly #code: TooMany;
  #count = 0;

  constructor(code: TooMany) {
    this.#code = code;
  }

  /** One more. @throws CaptureError where that is too many */
  add(): void {
    this.#count += 1;
    if (this.#count > most[this.#code])
      throw new CaptureError(this.#code, most[this.#code].toLocaleString('en'));
  }
}
