/**
 * Removes secrets from the log: verification codes, payment texts, order numbers.
 * Crema writes the lines, but an error message may quote a machine.
 */

/** Addresses of our own page, of files, and of this computer may stay. */
const ownAddress = /^(?:crema|file|node|data):|^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/i;

const rules: readonly (readonly [RegExp, string | ((text: string) => string)])[] = [
  // Payment texts are addresses, mostly with schemes of their own.
  [
    /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>]*/gi,
    (address) => (ownAddress.test(address) ? address : '[address]'),
  ],
  // A quoted member of a message body, whatever its value.
  [
    /\b(order_?no|qr_?code|auth_?code|verification_?code|sign)(\\?["']?\s*[:=]\s*)(?:\\?"[^"]*"|'[^']*'|[^\s,;}]+)/gi,
    '$1$2[hidden]',
  ],
  // Quotes of the engine from a text that it cannot parse.
  [/"[^\n]{0,200}"(?= is not valid JSON)/g, '[text]'],
  // Order numbers: decimal digits, hexadecimal digits, or both with letters between.
  [/\b(?=[A-Za-z_]*\d)[0-9A-Fa-f]{16,}\b/g, '[number]'],
  [/\b(?=(?:[A-Za-z_]*\d){8})[A-Za-z0-9_]{12,}\b/g, '[number]'],
  [/\d{9,}/g, '[number]'],
];

/** `secrets`: texts hidden everywhere. */
export function cleared(text: string, secrets: ReadonlySet<string>): string {
  let clear = text;
  for (const secret of secrets) clear = clear.replaceAll(secret, '[code]');
  for (const [form, by] of rules)
    clear = typeof by === 'string' ? clear.replace(form, by) : clear.replace(form, by);
  return clear;
}
