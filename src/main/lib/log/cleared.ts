/**
 * What must never stand in the log: verification codes, payment texts, order numbers. Lines are our own words, but an error's message may
 * quote what a machine said.
 */

/** Addresses of our own page, of files, and of this computer may stay. */
const ownAddress = /^(?:crema|file|node|data):|^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/i;

const rules: readonly (readonly [RegExp, string | ((text: string) => string)])[] = [
  // Payment texts are addresses, mostly of schemes of their own.
  [
    /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>]*/gi,
    (address) => (ownAddress.test(address) ? address : '[address]'),
  ],
  // A member of a body that somebody quotes, whatever its value looks like.
  [
    /\b(order_?no|qr_?code|auth_?code|verification_?code|sign)(\\?["']?\s*[:=]\s*)(?:\\?"[^"]*"|'[^']*'|[^\s,;}]+)/gi,
    '$1$2[hidden]',
  ],
  // What the engine quotes of a text that it can't read.
  [/"[^\n]{0,200}"(?= is not valid JSON)/g, '[text]'],
  // Numbers of orders: of digits, of hexadecimal ones, or of both with letters between.
  [/\b(?=[A-Za-z_]*\d)[0-9A-Fa-f]{16,}\b/g, '[number]'],
  [/\b(?=(?:[A-Za-z_]*\d){8})[A-Za-z0-9_]{12,}\b/g, '[number]'],
  [/\d{9,}/g, '[number]'],
];

/** `secrets`: texts that are hidden wherever they stand. */
export function cleared(text: string, secrets: ReadonlySet<string>): string {
  let clear = text;
  for (const secret of secrets) clear = clear.replaceAll(secret, '[code]');
  for (const [form, by] of rules)
    clear = typeof by === 'string' ? clear.replace(form, by) : clear.replace(form, by);
  return clear;
}
