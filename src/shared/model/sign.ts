/** The reaction to a wrong `sign`: none, a finding, or login_r with ret 1 (which makes a linux machine switch its network off). */
export type SignPolicy = 'ignore' | 'warn' | 'enforce';

/** The matching formula: MD5(timestamp + code) [doc], MD5(code + vmc_no) [field linux]. */
export type SignFormula = 'timestampCode' | 'codeNumber';
export type SignResult =
  | { readonly kind: 'noCode' } // no stored code to compare with
  | { readonly kind: 'absent' }
  | { readonly kind: 'ignored' } // absent or wrong, and a person chose to ignore it
  | { readonly kind: 'matched'; readonly formula: SignFormula; readonly exact: boolean }
  | { readonly kind: 'mismatch' };
