/** Characters for random texts. */
import fc from 'fast-check';

/** Surrogates: code points that are not characters. */
const surrogates = { from: 0xd800, count: 0x800 };

/** Any Unicode character, all equally likely. `unit: 'binary'` of fast-check first spends a second on a table of them. */
export const anyCharacter = fc.nat(0x10_ffff - surrogates.count).map(
  (n) => String.fromCodePoint(n < surrogates.from ? n : n + surrogates.count),
  (text) => {
    const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== text) throw new Error('not one character');
    return code < surrogates.from ? code : code - surrogates.count;
  },
);
