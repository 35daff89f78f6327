import type { AppError } from '#shared/contract/errors';
import { ThreadError } from '../../lib/threads/callable';
import type { JournalProblem } from './calls';

/** The journal thread could not answer a call. */
export class JournalError extends Error {
  /** The SQLite or Node error code; empty if there is none. */
  readonly code: string;
  /** The file itself is the problem, not the disk. */
  readonly isFileLost: boolean;
  /** The request was refused, and the person sees why; `null`: another error. */
  readonly refusal: AppError | null;

  constructor(detail: string, { code, isFileLost, refusal }: JournalProblem) {
    super(detail);
    this.name = 'JournalError';
    this.code = code;
    this.isFileLost = isFileLost;
    this.refusal = refusal ?? null;
  }
}

/** Converts an error answered by the thread to a JournalError. Other errors stay as they are. */
export function journalError(error: unknown): unknown {
  return error instanceof ThreadError ? new JournalError(error.message, error.data as JournalProblem) : error;
}
