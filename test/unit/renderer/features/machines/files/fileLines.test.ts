import { expect, it } from 'vitest';
import {
  foundRows,
  splitText,
  type FoundRows,
  type SplitText,
} from '../../../../../../src/renderer/src/features/machines/files/fileLines';
import {
  lineMatcher,
  type LineMatcher,
} from '../../../../../../src/renderer/src/features/machines/files/lineMatcher';
import type { Parts } from '../../../../../../src/renderer/src/ui/useInParts';

/** Runs to the result; `onPause` is called after each part. */
function whole<T>(work: Parts<T>, onPause: () => void = () => undefined): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    onPause();
  }
}
const split = (text: string): SplitText => whole(splitText(text));

/** Runs the search, and counts the searched characters of each part. */
function searched(text: string, matcher: LineMatcher): FoundRows & { readonly parts: readonly number[] } {
  const parts = [0];
  const counting: LineMatcher = {
    kind: matcher.kind,
    matches: (piece) => {
      parts.push((parts.pop() ?? 0) + piece.length);
      return matcher.matches(piece);
    },
  };
  return { ...whole(foundRows(split(text), counting), () => parts.push(0)), parts };
}
const matcherOf = (query: string): LineMatcher => {
  const matcher = lineMatcher(query);
  if (matcher === null) throw new Error('nothing is searched for');
  return matcher;
};

it('a line is a row, and the last line break begins no other', () => {
  expect(split(`one\r\n\n${'x'.repeat(1_000)}\n`)).toEqual({
    lines: ['one', '', 'x'.repeat(1_000)],
    rows: [
      { line: 1, text: 'one', isFirst: true },
      { line: 2, text: '', isFirst: true },
      { line: 3, text: 'x'.repeat(1_000), isFirst: true },
    ],
  });
});

it.each(['', 'a', '\n', '\r\n', 'a\n\n', 'a\r\n\r\n', 'a\r', 'a\rb\r\r\nc', '\n\na'])(
  '%j has the same lines as split by an expression',
  (text) => {
    expect(split(text).lines).toEqual(text.replace(/\r?\n$/, '').split(/\r?\n/));
  },
);

it('a line too long to render at once is many rows, without lost or split characters', () => {
  const long = `${'x'.repeat(63)}😀${'看'.repeat(2_000_000)}`;
  const pieces = split(`first\n${long}`).rows.slice(1);
  expect(Math.max(...pieces.slice(0, 1_000).map(({ text }) => text.length))).toBe(64);
  expect(pieces.every(({ line, text }) => line === 2 && !/\p{Cs}/u.test(text))).toBe(true);
  expect(pieces.map(({ text }) => text).join('')).toBe(long);
  expect(pieces.filter(({ isFirst }) => isFirst)).toEqual([pieces[0]]);
});

it('a matching line is found with all its rows', () => {
  const text = split(['one', `${'x'.repeat(1_500)} wanted`, 'two'].join('\n'));
  const { places, count } = whole(foundRows(text, matcherOf('wanted')));
  expect(count).toBe(1);
  expect(places.map((place) => text.rows[place - 1]?.text).join('')).toBe(text.lines[1]);
  expect(whole(foundRows(text, null))).toMatchObject({
    count: 3,
    places: text.rows.map((_, index) => index + 1),
  });
});

it.each([
  ['of many lines', 'a line of a log\n'.repeat(500_000)],
  ['of one line', 'x'.repeat(8_000_000)],
])('a text of 8 MB %s is split in parts of about 500,000 characters', (_what, text) => {
  const rowsAfter: number[] = [];
  const work = splitText(text);
  const { rows } = whole(work, () => rowsAfter.push(0));
  expect(rowsAfter.length).toBeGreaterThanOrEqual(Math.floor(text.length / 510_000));
  expect(rows.map((row) => row.text.length).reduce((a, b) => a + b)).toBe(
    text.length - (text.match(/\n/g)?.length ?? 0),
  );
});

it.each([
  ['words', 'wanted', 1_000_100],
  ['an expression', '/want(ed|s)/', 70_000],
])('%s are searched in parts, in the same order and with the same result', (_what, query, most) => {
  const text = Array.from({ length: 100_000 }, (_, n) => `line ${n} ${n % 1_000 === 7 ? 'wanted' : ''}`).join(
    '\n',
  );
  const { count, places, parts } = searched(text, matcherOf(query));
  expect([count, places[1]]).toEqual([100, 1_008]);
  expect(Math.max(...parts)).toBeLessThanOrEqual(most);
});

it('an expression sees a limited piece of a long line at once, and misses nothing at the borders', () => {
  const at = 20_000 - 3;
  const line = `${'x'.repeat(at)}wanted${'y'.repeat(2_000_000)}`;
  const { count, places, parts } = searched(`one\n${line}`, matcherOf('/want(ed|s)y/'));
  expect(count).toBe(1);
  expect(places).toHaveLength(Math.ceil(line.length / 64));
  expect(Math.max(...parts)).toBeLessThanOrEqual(70_000);
});
