import { Buffer, isUtf8 } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../src/main/protocol/text';
import { utf8Broken, utf8Next } from '../../../../src/main/protocol/utf8';

describe('decodeText', () => {
  it('reads UTF-8', () => {
    for (const text of ['', 'plain', '热牛奶', '😀é']) {
      expect(decodeText(Buffer.from(text))).toEqual({ text, findings: [] });
    }
  });

  it('reads GB18030 where it is not UTF-8, and says so', () => {
    expect(decodeText(Uint8Array.of(0xc8, 0xc8, 0xc5, 0xa3, 0xc4, 0xcc))).toEqual({
      text: '热牛奶',
      findings: [{ code: 'text.gb18030' }],
    });
    // four bytes, and a second byte that looks like a backslash
    expect(decodeText(Uint8Array.of(0x81, 0x30, 0x81, 0x30, 0x81, 0x5c)).text).toBe('\u0080乗');
  });

  it('keeps what is neither, with the place of the first bad byte', () => {
    expect(decodeText(Uint8Array.of(0x61, 0xff, 0x62))).toEqual({
      text: 'a\uFFFDb',
      findings: [{ code: 'text.undecodable', params: { offset: 1 } }],
    });
    expect(decodeText(Uint8Array.of(0x61, 0xe4)).findings).toEqual([
      { code: 'text.undecodable', params: { offset: 2 } },
    ]);
  });

  it('reads a part of a larger buffer', () => {
    expect(decodeText(Buffer.from('xx热yy').subarray(2, 5)).text).toBe('热');
  });
});

describe('utf8Next', () => {
  it('agrees with the platform on every sequence of up to four bytes that can matter', () => {
    const bounds = [
      0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
    ];
    const bytes = [...bounds, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];
    const valid = (sequence: readonly number[]): boolean => isUtf8(Uint8Array.from(sequence));
    const judged = (sequence: readonly number[]): boolean =>
      sequence.reduce((state, byte) => (state === utf8Broken ? state : utf8Next(state, byte)), 0) === 0;
    let compared = 0;
    const extend = (sequence: readonly number[]): void => {
      if (judged(sequence) !== valid(sequence))
        throw new Error(sequence.map((b) => b.toString(16)).join(' '));
      compared += 1;
      if (sequence.length < 4 && (sequence[0] ?? 0) >= (4 - sequence.length) * 0x30) {
        for (const byte of bytes) extend([...sequence, byte]);
      }
    };
    for (const byte of bytes) extend([byte]);
    expect(compared).toBeGreaterThan(50_000);
  });
});
