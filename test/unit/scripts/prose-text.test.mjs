import { describe, expect, it } from 'vitest';
import { passage, plainText, sentencesIn, wordsIn } from '../../../scripts/lib/prose-text.mjs';

const sentences = (/** @type {string} */ text) =>
  sentencesIn(passage(text, 1)).map((each) => each.text.trim());

describe('plain text', () => {
  it('has filler of the same length for code, link targets and URLs', () => {
    for (const text of [
      'Run `npm told` now.',
      'Run ``a ` told`` now.',
      'See [the page](docs/told.md "Told") now.',
      'See <https://example.org/told> now.',
      'See https://example.org/told. Then go.',
      'See {@link told} now.',
    ]) {
      expect(plainText(text)).toHaveLength(text.length);
      expect(plainText(text).toLowerCase()).not.toContain('told');
    }
    expect(plainText('See https://example.org/a. Then')).toMatch(/X\. Then$/);
    expect(plainText('the _told_ one')).toBe('the  told  one');
    expect(plainText('a snake_case name')).toBe('a snake_case name');
  });

  it('is counted in words', () => {
    expect(wordsIn(plainText('A well-known – `code with blanks` / [link](a/b c) 12 …'))).toBe(6);
    expect(wordsIn('')).toBe(0);
  });
});

describe('a sentence', () => {
  it('ends with a dot, a question mark or an exclamation mark, also before quotes and brackets', () => {
    expect(sentences('One two. Three four? Five! “Six.” (Seven.) **Eight.** nine')).toEqual([
      'One two.',
      'Three four?',
      'Five!',
      '“Six.”',
      '(Seven.)',
      '**Eight.**',
      'nine',
    ]);
    expect(sentences('Run it.\n`npm test` runs all. npm is there.')).toHaveLength(3);
    expect(sentences('先停机。再断电。')).toEqual(['先停机。', '再断电。']);
  });

  it('does not end in versions, names, abbreviations and numbers', () => {
    for (const text of [
      'Node 20.19.0 runs scripts/prose.mjs and e.g. Electron 33.2.1 of docs/a.md too.',
      'Frames, i.e. Heads and bodies, cf. Section 2, vs. Others.',
      'The machine no. 12 waits etc. and continues … later.',
      'It takes 1.5 s.',
    ])
      expect(sentences(text)).toEqual([text]);
    expect(sentences('Heads, bodies, etc. The rest. Is it? It is no. Then wait … Then go.')).toHaveLength(6);
  });

  it('knows its line and its words', () => {
    expect(sentencesIn(passage('One\ntwo. Three\nfour.\n\nFive.', 10))).toMatchObject([
      { line: 10, words: 2 },
      { line: 11, words: 2 },
      { line: 14, words: 1 },
    ]);
  });
});
