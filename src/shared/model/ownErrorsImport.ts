/** The result of importing a file with own error entries. */

export type RefusedReason =
  | 'noEntry'
  | 'noCode'
  | 'unknownMember'
  | 'wrongValue'
  | 'tooLong'
  | 'empty'
  | 'twice'
  | 'tooMany';

export interface RefusedOwnError {
  /** The first line of the entry, counted from 1. */
  readonly line: number;
  readonly code: string | null;
  readonly reason: RefusedReason;
  readonly member: string | null;
}

export interface OwnErrorsImport {
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  /** Number of entries that already existed unchanged. */
  readonly same: number;
  readonly refused: readonly RefusedOwnError[];
}
