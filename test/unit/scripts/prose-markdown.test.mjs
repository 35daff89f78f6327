import { describe, expect, it } from 'vitest';
import { anchorOf, pageWords, readMarkdown, sectionsOf } from '../../../scripts/lib/prose-markdown.mjs';

/** @param {...string} lines */
const read = (...lines) => readMarkdown(lines.join('\n'));
/** @param {readonly { text: string, line: number }[]} passages */
const placed = (passages) => passages.map(({ text, line }) => `${line} ${text}`);

describe('prose of a page', () => {
  it('is paragraphs, list items and quotes, with their lines', () => {
    const { prose, headings } = read(
      '# Title',
      'One',
      'two.',
      '',
      '- three',
      '  four',
      '- [ ] five',
      '1. six',
      '> seven',
      '> eight',
      '',
      '---',
      'nine',
    );
    expect(placed(prose)).toEqual([
      '2 One\ntwo.',
      '5 three\nfour',
      '7 five',
      '8 six\nseven\neight',
      '13 nine',
    ]);
    expect(headings.map(({ line, level, passage: { text } }) => [line, level, text])).toEqual([
      [1, 1, 'Title'],
    ]);
  });

  it('leaves out fenced and indented code, HTML comments, tags and link definitions', () => {
    const { prose } = read(
      '```sh',
      'told',
      '```',
      '- one',
      '',
      '  ~~~~',
      '  told',
      '  ~~~',
      '  ~~~~',
      '',
      '    still the item',
      '',
      'two',
      '',
      '    told',
      '',
      '<!-- told',
      'told -->',
      '<b class="told">three</b>',
      '',
      '[told]: docs/told.md',
      '````',
      '```',
      'told',
      '````',
      'four',
    );
    expect(prose.map(({ plain }) => plain.trim())).toEqual(['one', 'still the item', 'two', 'three', 'four']);
  });

  it('has no table cells; these are apart', () => {
    const page = read(
      'Before',
      '',
      '| a | b |',
      '| --- | :-: |',
      '| `x \\| y` | two |',
      'three | four',
      '',
      'After',
    );
    expect(placed(page.prose)).toEqual(['1 Before', '8 After']);
    expect(placed(page.cells)).toEqual(['3 a', '3 b', '5 `x \\| y`', '5 two', '6 three', '6 four']);
    expect([...page.tableLines]).toEqual([3, 4, 5, 6]);
    expect(read('one | two', 'three').cells).toEqual([]);
  });
});

it('links have a line and a target, outside of code', () => {
  const { links } = read(
    'See [a](b.md#c) and ![d](e.png "title"), not `[f](g.md)`.',
    '[![h](i.svg)](j.md)',
    '| <img src="k.png"> | [l](<m.md>) |',
    '| --- | --- |',
    '```',
    '[n](o.md)',
    '```',
    '[p]: q.md',
  );
  expect(links.map(({ line, target }) => `${line} ${target}`)).toEqual([
    '1 b.md#c',
    '1 e.png',
    '2 i.svg',
    '2 j.md',
    '3 k.png',
    '3 m.md',
    '8 q.md',
  ]);
});

it('anchors are those of the forge', () => {
  expect(anchorOf('Can it sell? (`ret` 3)')).toBe('can-it-sell-ret-3');
  expect(anchorOf('A [link](x.md) & more_of – it')).toBe('a-link--more_of--it');
  expect(anchorOf('大门 “Open”')).toBe('大门-open');
  expect([...read('# One', '## One', '## One-1', '<a id="two"></a>').anchors]).toEqual([
    'one',
    'one-1',
    'one-1-1',
    'two',
  ]);
});

it('words are counted between headings and on the page', () => {
  const page = read(
    'one two',
    '# three',
    'four `five six`',
    '## seven',
    '| a | b |',
    '| - | - |',
    '',
    '- eight',
  );
  expect(sectionsOf(page)).toEqual([
    { line: 1, title: '', words: 2 },
    { line: 2, title: 'three', words: 2 },
    { line: 4, title: 'seven', words: 1 },
  ]);
  expect(pageWords(page)).toBe(9);
});
