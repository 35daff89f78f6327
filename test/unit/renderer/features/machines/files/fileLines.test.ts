import { expect, it } from 'vitest';
import {
  foundRows,
  linesOf,
  rowsOf,
} from '../../../../../../src/renderer/src/features/machines/files/fileLines';

it('a line is a row, and what ends the last one begins no other', () => {
  expect(linesOf('one\r\n\ntwo\n')).toEqual(['one', '', 'two']);
  expect(rowsOf(['one', 'x'.repeat(1_000)])).toEqual([
    { line: 1, text: 'one', isFirst: true },
    { line: 2, text: 'x'.repeat(1_000), isFirst: true },
  ]);
});

it('a line that is too long to be drawn at once is many rows, of which no character is lost or halved', () => {
  const long = `${'x'.repeat(63)}😀${'看'.repeat(2_000_000)}`;
  const rows = rowsOf(['first', long]);
  const pieces = rows.slice(1);
  expect(Math.max(...pieces.slice(0, 1_000).map(({ text }) => text.length))).toBe(64);
  expect(pieces.every(({ line, text }) => line === 2 && !/\p{Cs}/u.test(text))).toBe(true);
  expect(pieces.map(({ text }) => text).join('')).toBe(long);
  expect(pieces.filter(({ isFirst }) => isFirst)).toEqual([pieces[0]]);
});

it('a line that is looked for is found whole, with all its rows', () => {
  const lines = ['one', `${'x'.repeat(1_500)} wanted`, 'two'];
  const rows = rowsOf(lines);
  const { places, count } = foundRows(lines, rows, (line) => line.includes('wanted'));
  expect(count).toBe(1);
  expect(places.map((place) => rows[place - 1]?.text).join('')).toBe(lines[1]);
  expect(foundRows(lines, rows, null)).toMatchObject({ count: 3, places: rows.map((_, index) => index + 1) });
});
