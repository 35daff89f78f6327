/** What readers and writers of files share: entries as they come out of files, and how a file can fail. */
import type { Direction, FrameRow, JunkEntry, NewEntry } from '#shared/model/frame';

/** Entries travel in pages: one promise for each entry would cost more than the entry. */
export type Pages<E> = AsyncIterable<readonly E[]>;

/** An entry out of a file, and what people said of it there. */
export type ReadEntry = NewEntry & { readonly mark?: NonNullable<FrameRow['mark']> };

/** What people said of the entry with this number; `null`: nothing. */
export type MarkOf = (entry: number) => NonNullable<FrameRow['mark']> | null;
export const noMarks: MarkOf = () => null;

/** Takes a piece of a file; what follows waits until it is done. */
export type Write = (chunk: Uint8Array) => Promise<void>;

export interface TransferOptions {
  readonly signal?: AbortSignal;
  /** Bytes of the file so far, read or written. */
  readonly onProgress?: (bytes: number) => void;
}

/** Why a file can't be read at all. What is merely broken in it is told in the summary of what was read. */
export type CaptureErrorCode = 'notACapture' | 'notJsonl' | 'packed' | 'emptyFile';

export class CaptureError extends Error {
  readonly code: CaptureErrorCode;
  /** `message`: what the command line says of it. */
  constructor(code: CaptureErrorCode, message: string = code) {
    super(message);
    this.name = 'CaptureError';
    this.code = code;
  }
}

/** A junk entry has no direction of its own: it came from the machine unless it is remarked otherwise. */
export function directionOf(junk: Pick<JunkEntry, 'findings'>): Direction {
  return junk.findings.some(({ code }) => code === 'capture.fromServer') ? 'out' : 'in';
}
