import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytePlaces, characterAt } from '#shared/body/bytePlaces';
import { pathId, positionsOf } from '#shared/body/positions';
import type { JsonObject } from '#shared/model/json';
import { readJson } from '../../../../src/main/core/protocol/json';
import { decodeText } from '../../../../src/main/core/protocol/text';
import { anyCharacter } from '../../../builders/anyCharacter';

/** Every member found, with the text at its position. */
function found(text: string): Record<string, string> {
  const { json } = readJson(text);
  if (json === null) throw new Error('not readable');
  return Object.fromEntries(
    [...positionsOf(text, json)].map(([id, { name, value }]) => [
      id,
      `${name === null ? '' : text.slice(name.from, name.to)}|${text.slice(value.from, value.to)}`,
    ]),
  );
}

describe('the positions of a body’s members', () => {
  it('finds names and values, also nested ones', () => {
    expect(found('{"cmd":"priceset", "price":[[101, -1.5e3],[]],"o":{"a":null}}')).toEqual({
      '["cmd"]': '"cmd"|"priceset"',
      '["price"]': '"price"|[[101, -1.5e3],[]]',
      '["price",0]': '|[101, -1.5e3]',
      '["price",0,0]': '|101',
      '["price",0,1]': '|-1.5e3',
      '["price",1]': '|[]',
      '["o"]': '"o"|{"a":null}',
      '["o","a"]': '"a"|null',
    });
  });

  it.each([
    ['trailing comma', '{"cmd":"hb","n":1,}', { '["cmd"]': '"cmd"|"hb"', '["n"]': '"n"|1' }],
    ['missing comma', '{"cmd":"hb"\n"n":1}', { '["cmd"]': '"cmd"|"hb"', '["n"]': '"n"|1' }],
    // The reader drops such a member.
    ['missing colon', '{"cmd" "hb","n":1}', { '["n"]': '"n"|1' }],
    ['comment', '{"cmd":"hb",// "x":"y"\n"n":/* 7 */1}', { '["cmd"]': '"cmd"|"hb"', '["n"]': '"n"|1' }],
    ['zero bytes at the end', '{"n":1}\0\0', { '["n"]': '"n"|1' }],
    ['byte order mark', '\uFEFF{"n":1}', { '["n"]': '"n"|1' }],
    ['line break in a string', '{"s":"a\nb","n":1}', { '["s"]': '"s"|"a\nb"', '["n"]': '"n"|1' }],
    ['second part alone', '"s":"a","n":1}', { '["s"]': '"s"|"a"', '["n"]': '"n"|1' }],
    ['object cut in two', '{"s":"a"}"n":1}', { '["s"]': '"s"|"a"', '["n"]': '"n"|1' }],
    ['value cut off', '{"s":"a","n":12', { '["s"]': '"s"|"a"' }],
    ['repeated name', '{"n":1,"n":2}', { '["n"]': '"n"|2' }],
    ['own __proto__', '{"__proto__":5}', { '["__proto__"]': '"__proto__"|5' }],
  ])('reads through a %s', (_what, text, wanted) => {
    expect(found(text)).toEqual(wanted);
  });

  it('gives no position if the text there reads as another value', () => {
    expect(positionsOf('{"a":1,"b":2}', { a: 1, b: 3 }).has(pathId(['b']))).toBe(false);
  });

  it('finds every member of every strict object, with any spacing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 1, 2), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        const json = JSON.parse(text) as JsonObject;
        const places = positionsOf(text, json);
        for (const [name, value] of Object.entries(json)) {
          const place = places.get(pathId([name]));
          expect(place).toBeDefined();
          expect(JSON.parse(text.slice(place?.value.from, place?.value.to))).toEqual(value);
        }
      }),
    );
  });

  it('never throws and never leaves the text', () => {
    const bit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      '1',
      'a',
      ' ',
      '\n',
      '/*',
      '//',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), (bits) => {
        const text = bits.join('');
        const { json } = readJson(text);
        for (const { value } of positionsOf(text, json ?? {}).values()) {
          expect(value.from).toBeLessThan(value.to);
          expect(value.to).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe('the bytes of a character', () => {
  it('UTF-8 of every length, and both halves of a pair', () => {
    const text = 'aé卡😀z';
    const bytes = new TextEncoder().encode(text);
    expect([...(bytePlaces(bytes, text) ?? [])]).toEqual([0, 1, 3, 6, 6, 10, 11]);
  });

  it('any text in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const bytes = new TextEncoder().encode(text);
        const places = bytePlaces(bytes, text);
        for (let i = 0; i < text.length; i += 1) {
          if (/[\uDC00-\uDFFF]/.test(text.charAt(i))) continue;
          expect(places?.[i]).toBe(new TextEncoder().encode(text.slice(0, i)).length);
        }
        expect(places?.[text.length]).toBe(bytes.length);
      }),
    );
  });

  it('GB18030 with one, two and four bytes', () => {
    // 卡 is BF A8, U+0080 is 81 30 81 30, U+1F600 is 94 39 FC 36.
    const bytes = Uint8Array.of(0x61, 0xbf, 0xa8, 0x81, 0x30, 0x81, 0x30, 0x94, 0x39, 0xfc, 0x36, 0x7a);
    const { text, findings } = decodeText(bytes);
    expect(findings).toEqual([{ code: 'text.gb18030' }]);
    expect(text).toBe('a卡\u0080😀z');
    const places = bytePlaces(bytes, text);
    expect([...(places ?? [])]).toEqual([0, 1, 3, 7, 7, 11, 12]);
    if (places === null) throw new Error('no places');
    expect([0, 1, 2, 3, 6, 8, 11].map((offset) => text[characterAt(places, offset)])).toEqual([
      'a',
      '卡',
      '卡',
      '\u0080',
      '\u0080',
      '\uDE00',
      'z',
    ]);
  });

  it('UTF-8 and GB18030 in one body, and a string that was cut off', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"a":"热"'),
      Uint8Array.of(0x22, 0xc8, 0xb1, 0xcb, 0xae, 0x22),
      Uint8Array.of(0x22, 0xc8, 0xb1, 0xcb, 0x22, 0x7d),
    ]);
    const { text } = decodeText(bytes);
    expect(text).toBe('{"a":"热""缺水""缺\uFFFD"}');
    expect([...(bytePlaces(bytes, text) ?? [])]).toEqual([
      0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 13, 15, 16, 17, 19, 20, 21, 22,
    ]);
  });

  it('gives nothing if text and bytes do not match', () => {
    expect(bytePlaces(Uint8Array.of(0x61, 0xff, 0x62), 'a\uFFFDb')).toBeNull();
    expect(bytePlaces(Uint8Array.of(0x62), 'a')).toBeNull();
  });
});
