/**
 * The `sign` of a login, and of android's notice. A login has two known formulas: MD5(timestamp + code) [doc 3.2] and
 * MD5(code + vmc_no) [field, linux]. The document's sample has 31 characters: an MD5 printed as a number loses its leading zeros.
 * The comparison therefore ignores leading zeros and case.
 */
import { createHash } from 'node:crypto';
import type { SignFormula, SignResult } from '#shared/model/machine';

export interface SignedLogin {
  readonly timestamp: string | null;
  readonly vmcNo: number | null;
  readonly sign: string | null;
}

/** The sign as 32 lower-case hexadecimal characters. A missing timestamp or number is an empty string. */
export function makeSign(
  formula: SignFormula,
  login: { readonly timestamp: string | null; readonly vmcNo: number | null },
  code: string,
): string {
  const text =
    formula === 'timestampCode'
      ? `${login.timestamp ?? ''}${code}`
      : `${code}${login.vmcNo?.toString() ?? ''}`;
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/**
 * The sign of a login whose signed values were changed, by the formula that its sign had. `null`: no known code made the sign, so that
 * nobody can renew it.
 */
export function renewedSign(
  login: SignedLogin,
  changed: Omit<SignedLogin, 'sign'>,
  codeOf: (vmcNo: number) => string | null,
): string | null {
  const known = login.vmcNo === null ? null : codeOf(login.vmcNo);
  const own = changed.vmcNo === null ? null : codeOf(changed.vmcNo);
  const result = checkSign(login, known ?? own);
  return result.kind === 'matched' ? makeSign(result.formula, changed, own ?? known ?? '') : null;
}

/** The sign of android's notice: its parameters in this order, and a key derived from the number alone [field]. */
export function makeNoticeSign(parameters: Readonly<Record<NoticeParameter, string>>): string {
  const key = createHash('md5').update(parameters.vmc, 'utf8').digest('hex');
  const text = [...noticeParameters.map((name) => `${name}=${parameters[name]}`), `key=${key}`].join('&');
  return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}
const noticeParameters = ['nonce', 'reason', 'sessionId', 'status', 'timestamp', 'vmc'] as const;
export type NoticeParameter = (typeof noticeParameters)[number];

/** Compares a login's sign with the expected one. `exact`: all 32 characters, in lower case. */
export function checkSign(login: SignedLogin, code: string | null): SignResult {
  if (code === null || code === '') return { kind: 'noCode' };
  const { sign } = login;
  if (sign === null || sign === '') return { kind: 'absent' };
  const formulas: SignFormula[] = [];
  if (login.timestamp !== null) formulas.push('timestampCode');
  if (login.vmcNo !== null) formulas.push('codeNumber');
  for (const formula of formulas) {
    const expected = makeSign(formula, login, code);
    if (significant(sign) === significant(expected))
      return { kind: 'matched', formula, exact: sign === expected };
  }
  return { kind: 'mismatch' };
}

function significant(sign: string): string {
  return sign.trim().toLowerCase().replace(/^0+/, '');
}
