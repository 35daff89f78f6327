/** What came of a file of own entries of the catalogue that was read in. */

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
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  readonly code: string | null;
  readonly reason: RefusedReason;
  readonly member: string | null;
}

export interface OwnErrorsImport {
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  /** They were there already, word for word. */
  readonly same: number;
  readonly refused: readonly RefusedOwnError[];
}
