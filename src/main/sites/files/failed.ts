/** Why a file is not sent or fetched, as a code of the job. */
import type { JobProblem } from '#shared/model/capture';
import type { BrokerTrouble } from '#shared/model/sites';
import { troubleOf } from '../broker/trouble';

export class Failed extends Error {
  override readonly name = 'Failed';
  readonly code: JobProblem;
  constructor(code: JobProblem, detail = '') {
    super(detail);
    this.code = code;
  }
}

/** Troubles that time does not end. */
const lasting: ReadonlyMap<BrokerTrouble['code'], JobProblem> = new Map([
  ['full', 'siteFull'],
  ['notPermitted', 'siteNotPermitted'],
  ['noStream', 'siteNoFiles'],
  ['tooLong', 'siteTooLong'],
]);

const isBug = (error: unknown): boolean =>
  !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;

/** `null`: the broker is away now, and the work continues when it is there again. */
export function failureOf(error: unknown, side: 'reading' | 'writing'): Failed | null {
  if (error instanceof Failed) return error;
  const trouble = troubleOf(error);
  const known = lasting.get(trouble.code);
  if (known !== undefined) return new Failed(known, trouble.detail);
  if (trouble.code !== 'other') return null;
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Failed('noSpace', trouble.detail);
  if (code !== '') return new Failed(side === 'reading' ? 'unreadable' : 'unwritable', trouble.detail);
  return isBug(error) ? new Failed('internal', trouble.detail) : null;
}
