import { Buffer, isUtf8 } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { toGb18030 } from '../../../../../src/main/tools/simulator/gb18030';
import { decodeText } from '../../../../../src/main/core/protocol/text';
import { utf8Broken, utf8Next } from '../../../../../src/main/core/protocol/utf8';

describe('decodeText', () => {
  it('decodes UTF-8', () => {
    for (const text of ['', 'plain', '热牛奶', '😀é']) {
      expect(decodeText(Buffer.from(text))).toEqual({ text, findings: [] });
    }
  });

  it('reads GB18030 if the text is not UTF-8, and reports it', () => {
    expect(decodeText(Uint8Array.of(0xc8, 0xc8, 0xc5, 0xa3, 0xc4, 0xcc))).toEqual({
      text: '热牛奶',
      findings: [{ code: 'text.gb18030' }],
    });
    // four bytes, and a second byte equal to a backslash
    expect(decodeText(Uint8Array.of(0x81, 0x30, 0x81, 0x30, 0x81, 0x5c)).text).toBe('\u0080乗');
  });

  it('keeps text of neither, with the place of the first bad byte', () => {
    expect(decodeText(Uint8Array.of(0x61, 0xff, 0x62))).toEqual({
      text: 'a\uFFFDb',
      findings: [{ code: 'text.undecodable', params: { offset: 1 } }],
    });
    expect(decodeText(Uint8Array.of(0x61, 0xe4)).findings).toEqual([
      { code: 'text.undecodable', params: { offset: 2 } },
    ]);
  });

  const gb = toGb18030;
  const body = (...parts: readonly (string | Uint8Array)[]) =>
    decodeText(Buffer.concat(parts.map((part) => Buffer.from(part))));

  it('reads GB18030 whose bytes happen to be UTF-8 as GB18030', () => {
    // The bytes of 缺水 are UTF-8 too: U+0231 and U+02EE.
    const read = { text: '{"error_description":"缺水"}', findings: [{ code: 'text.gb18030' }] };
    expect(body('{"error_description":"', gb('缺水'), '"}')).toEqual(read);
    expect(body('{"a":"', gb('热牛奶'), '","b":"', gb('缺水'), '"}').text).toBe('{"a":"热牛奶","b":"缺水"}');
    expect(body('{"a":"拿铁","b":"', gb('缺水'), '"}').text).toBe('{"a":"拿铁","b":"缺水"}');
  });

  it.each(['EC缺水', '缺水A', '水', '"水"', 'EC 缺水 2'])(
    'decodes %s in GB18030 next to Latin letters or alone',
    (text) => {
      expect(body("{'a':'", gb(text), "'}")).toEqual({
        text: `{'a':'${text}'}`,
        findings: [{ code: 'text.gb18030' }],
      });
      expect(body('{"a":"', gb(text), '"}').text).toBe(`{"a":"${text}"}`);
    },
  );

  it('decodes each string in single quotation marks separately too', () => {
    expect(body("{'name':'拿铁','error':'", gb('净水缺乏'), "'}")).toEqual({
      text: "{'name':'拿铁','error':'净水缺乏'}",
      findings: [{ code: 'text.gb18030' }],
    });
  });

  it('does not change languages with two-byte letters', () => {
    for (const text of [
      'кофе с молоком',
      'Кофе',
      'ș',
      'știință',
      'mơ',
      'đơn',
      'shuǐ',
      'bǎi',
      'Əlavə süd',
      'l’été',
      'Ư',
      'café',
      '10 °C',
      'ελληνικά',
      'קפה',
      'قهوة',
    ])
      expect(body(`{"name":"${text}"}`)).toEqual({ text: `{"name":"${text}"}`, findings: [] });
  });

  it('reads each string by itself if a body has both encodings', () => {
    expect(body('{"name":"拿铁","error":"', gb('净水缺乏'), '","x":"é"}')).toEqual({
      text: '{"name":"拿铁","error":"净水缺乏","x":"é"}',
      findings: [{ code: 'text.gb18030' }],
    });
    // The second byte of a character may be a backslash; the quotation mark after it still ends the string.
    expect(body('{"a":"', Uint8Array.of(0x81, 0x5c), '","b":"拿铁"}').text).toBe('{"a":"乗","b":"拿铁"}');
  });

  it('reads a text cut in the middle of a character up to there, and the other strings unchanged', () => {
    const cut = Buffer.from('热牛奶').subarray(0, 8);
    expect(body('{"a":"', cut, '","b":"拿铁"}')).toEqual({
      text: '{"a":"热牛\uFFFD","b":"拿铁"}',
      findings: [{ code: 'text.undecodable', params: { offset: 14 } }],
    });
    expect(body('{"a":"', gb('缺水').subarray(0, 3), '","b":"', gb('热牛奶'), '"}')).toEqual({
      text: '{"a":"缺\uFFFD","b":"热牛奶"}',
      findings: [{ code: 'text.gb18030' }, { code: 'text.undecodable', params: { offset: 9 } }],
    });
    expect(body('{"a":"', gb('缺水'), '","b":"', Uint8Array.of(0xff), '"}').text).toBe(
      '{"a":"缺水","b":"\uFFFD"}',
    );
  });

  it('decodes a part of a larger buffer', () => {
    expect(decodeText(Buffer.from('xx热yy').subarray(2, 5)).text).toBe('热');
  });
});

describe('utf8Next', () => {
  it('agrees with the platform on every relevant sequence of up to four bytes', () => {
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
