import { expect, it } from 'vitest';
import { tabbedCell, tableCell, unseenIn, visible } from '#shared/visible';

it('names what nobody sees and what turns its neighbours around, and leaves all else', () => {
  expect(visible('a\u202Eb\u0000\u200B')).toBe('a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩');
  expect(visible('\uFEFFx\u2066')).toBe('⟨U+FEFF⟩x⟨U+2066⟩');
  for (const text of ['', 'order 8741, ¥10', '杯子滞留', 'a\tb\nc', 'שלום', '👩‍🔧 ☕️'])
    expect(visible(text)).toBe(text);
  expect(unseenIn('ab\u202Ec\u200B')).toEqual([2, 4]);
});

it('keeps a table cell a text: no formula, no other cell, no other line', () => {
  for (const sign of ['=', '+', '-', '@', '＝', '\t', '\r']) expect(tableCell(`${sign}1`)).toBe(`'${sign}1`);
  expect(tableCell('a;=1+1')).toBe("a;'=1+1");
  expect(tableCell('a\n@x')).toBe("a\n'@x");
  expect(tableCell('{"a":-1,"b":"x=y"} a-b')).toBe('{"a":-1,"b":"x=y"} a-b');
  expect(tableCell('\u001B[31m\u0000')).toBe('⟨U+001B⟩[31m⟨U+0000⟩');
  expect(tabbedCell('a\t=1\r\nb')).toBe("a⟨U+0009⟩'=1⟨U+000D⟩⟨U+000A⟩b");
});
