import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromTableCell,
  fromVisible,
  oneLine,
  severalLines,
  tabbedCell,
  tableCell,
  unseenIn,
  visible,
  visibleJson,
  withoutMarkup,
} from '#shared/visible';
import { anyCharacter } from '../../builders/anyCharacter';
import { hostileTexts, unseenOnes } from '../../builders/hostileTexts';

const names = Object.keys(hostileTexts);
const hostile = (name: string): string => hostileTexts[name] ?? '';

it('names invisible and reordering characters, and keeps all others', () => {
  expect(visible('a\u202Eb\u0000\u200B')).toBe('a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩');
  expect(visible('\uFEFFx\u2066')).toBe('⟨U+FEFF⟩x⟨U+2066⟩');
  expect(visible('👩\u200D🔧 \u{E0041}\uD83D')).toBe('👩⟨U+200D⟩🔧 ⟨U+E0041⟩⟨U+D83D⟩');
  for (const text of [
    '',
    'order 8741, ¥10',
    '杯子滞留',
    'a\tb\nc',
    'שלום',
    '☕️ 👍🏽 é',
    'กำลังชงกาแฟ',
    '１２：３０　门已开',
  ])
    expect(visible(text)).toBe(text);
  const text = 'ab\u202Ec\u{E0041}';
  expect(unseenIn(text)).toEqual([
    { from: 2, to: 3 },
    { from: 4, to: 6 },
  ]);
});

it('names combining marks on a letter from the sixth on', () => {
  const marks = '\u0335';
  expect(visible(`z${marks.repeat(7)}`)).toBe(`z${marks.repeat(5)}⟨U+0335⟩⟨U+0335⟩`);
});

describe.each(names)('%s', (name) => {
  it('has no invisible characters, in any form', () => {
    const text = hostile(name);
    for (const form of [visible, oneLine, severalLines, tableCell, tabbedCell, withoutMarkup, visibleJson])
      expect(form(text)).not.toMatch(unseenOnes);
    expect(oneLine(text)).not.toMatch(/[\t\r\n]/);
    expect(severalLines(text)).not.toMatch(/[\t\r]|\n(?! {2})/);
    expect(withoutMarkup(text)).not.toMatch(/[<>&]/);
    expect(JSON.parse(visibleJson(JSON.stringify({ text })))).toEqual({ text });
    expect(fromVisible(visible(text))).toBe(text);
  });
});

const anyText = fc.string({
  unit: fc.oneof(
    anyCharacter,
    fc.constantFrom('\uD800', '\uDFFF', '\u001B', '\u202E', '\u200D', '\n', '\r', '<', '=', '⟨'),
  ),
  maxLength: 60,
});

it('lets no invisible character through in any combination, and is bounded', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, most) => {
      for (const form of [visible, oneLine, severalLines, tableCell, tabbedCell, withoutMarkup])
        expect(form(text)).not.toMatch(unseenOnes);
      for (const form of [oneLine, severalLines, withoutMarkup]) {
        const bounded = form(text, most);
        expect(bounded.length).toBeLessThanOrEqual(most);
        expect(bounded).not.toMatch(unseenOnes);
      }
      const json = JSON.stringify([text]);
      expect(visibleJson(json)).not.toMatch(unseenOnes);
      expect(JSON.parse(visibleJson(json))).toEqual([text]);
    }),
    { numRuns: 500 },
  );
});

it('bounds a line at a whole character, with a mark', () => {
  expect(oneLine('a'.repeat(10), 5)).toBe('aaaa…');
  expect(oneLine('aaa😀😀', 5)).toBe('aaa…');
  expect(oneLine('aaaa', 4)).toBe('aaaa');
  expect(oneLine('x'.repeat(1_000_000)).length).toBe(2_000);
  expect(severalLines('x'.repeat(1_000_000)).length).toBe(8_000);
});

it('indents a line that begins with foreign text by two blanks', () => {
  expect(severalLines('Error: x\n    at y\r\nforged\ttab\n')).toBe('Error: x\n    at y\n  forged⟨U+0009⟩tab');
  expect(oneLine('one\r\ntwo')).toBe('one⟨U+000D⟩⟨U+000A⟩two');
});

it('keeps a table cell a text: no formula, no further cell, no further line', () => {
  for (const sign of ['=', '+', '-', '@', '＝', '\t', '\r']) expect(tableCell(`${sign}1`)).toBe(`'${sign}1`);
  expect(tableCell('a;=1+1')).toBe("a;'=1+1");
  expect(tableCell('a\n@x')).toBe("a\n'@x");
  expect(tableCell('{"a":-1,"b":"x=y"} a-b')).toBe('{"a":-1,"b":"x=y"} a-b');
  expect(tableCell('\u001B[31m\u0000')).toBe('⟨U+001B⟩[31m⟨U+0000⟩');
  expect(tabbedCell('a\t=1\r\nb')).toBe("a⟨U+0009⟩'=1⟨U+000D⟩⟨U+000A⟩b");
});

it('keeps a formula in quotes a text, although spreadsheets remove the quotes', () => {
  expect(tableCell('"=1+1"')).toBe(`'"=1+1"`);
  expect(tabbedCell('"=1+1"')).toBe(`'"=1+1"`);
  expect(tableCell('""@x')).toBe(`'""@x`);
  expect(tableCell('a;"=HYPERLINK(A1);b')).toBe(`a;'"=HYPERLINK(A1);b`);
  expect(tableCell('" =1+1"')).toBe(`'" =1+1"`);
  expect(tableCell('"a=1" -x')).toBe('"a=1" -x');
});

it('restores the text of a table cell, even with its own apostrophe', () => {
  const cellLike = fc.string({
    unit: fc.constantFrom('=', '-', "'", '"', ' ', ';', '\n', '\t', 'a', '\u202E'),
  });
  fc.assert(
    fc.property(cellLike, (text) => {
      expect(fromTableCell(tableCell(text))).toBe(text);
    }),
  );
});

it('keeps the meaning of JSON, and shows it', () => {
  expect(visibleJson('{"a":"\u009B\u202E\u{E0041}é杯"}\n')).toBe('{"a":"\\u009b\\u202e\\udb40\\udc41é杯"}\n');
});
