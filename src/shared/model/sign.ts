/** What a wrong `sign` does: nothing, a finding, or login_r with ret 1 (which makes a linux machine give up its network). */
export type SignPolicy = 'ignore' | 'warn' | 'enforce';

/** Which formula the sign matched: MD5(timestamp + code) [doc], MD5(code + vmc_no) [field linux]. */
export type SignFormula = 'timestampCode' | 'codeNumber';
export type SignResult =
  | { readonly kind: 'noCode' } // no code is stored: nothing to compare with
  | { readonly kind: 'absent' }
  | { readonly kind: 'ignored' } // absent or another than the stored code makes: a person chose that it does not matter
  | { readonly kind: 'matched'; readonly formula: SignFormula; readonly exact: boolean }
  | { readonly kind: 'mismatch' };
