import { ThreadError } from '../../lib/threads/callable';
import type { JournalProblem } from './calls';

/** What the journal's thread could not do. */
export class JournalError extends Error {
  /** SQLite's name for it, or Node's; empty where neither has one. */
  readonly code: string;
  /** The file itself is the problem, not the disk. */
  readonly isFileLost: boolean;

  constructor(detail: string, { code, isFileLost }: JournalProblem) {
    super(detail);
    this.name = 'JournalError';
    this.code = code;
    this.isFileLost = isFileLost;
  }
}

/** The error of a call, where it is what the thread answered: as a JournalError. */
export function journalError(error: unknown): unknown {
  return error instanceof ThreadError ? new JournalError(error.message, error.data as JournalProblem) : error;
}
