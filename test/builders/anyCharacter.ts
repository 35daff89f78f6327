/** Characters for random texts. */
import fc from 'fast-check';

/** Numbers of which no character is one. */
const surrogates = { from: 0xd800, count: 0x800 };

/** Any of Unicode, each as likely as another. fast-check's own (`unit: 'binary'`) first makes a table of them all, for a second. */
export const anyCharacter = fc.nat(0x10_ffff - surrogates.count).map(
  (n) => String.fromCodePoint(n < surrogates.from ? n : n + surrogates.count),
  (text) => {
    const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== text) throw new Error('not one character');
    return code < surrogates.from ? code : code - surrogates.count;
  },
);
