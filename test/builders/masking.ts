/** Masking keys, and the form of stand-ins. */

/** A key that tests name by a number. */
export const keyOf = (nr: number): Uint8Array => new Uint8Array(32).fill(nr);

/** A stand-in of this length, in a longer text too. */
export const standInOf = (length: number, what: 'digits' | 'letters' = 'letters'): RegExp =>
  new RegExp(formOf(length, what));

export function formOf(length: number, what: 'digits' | 'letters' = 'letters'): string {
  if (what === 'digits') return `9[0-9]{${length - 1}}`;
  return length < 16 ? `[a-z]{${length}}` : `masked-[a-z]{${length - 7}}`;
}
