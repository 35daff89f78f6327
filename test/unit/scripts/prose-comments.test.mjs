import { describe, expect, it } from 'vitest';
import { passagesOf } from '../../../scripts/lib/prose-comments.mjs';
import { scan } from '../../../scripts/lib/prose-scan.mjs';

/** @param {string} source */
const passages = (source) =>
  passagesOf(source, scan(source).comments, (position) => source.slice(0, position).split('\n').length);
/** @param {string} source */
const texts = (source) => passages(source).map(({ text }) => text.trim());

describe('a passage', () => {
  it('is a block of line comments, a paragraph, a list item or a trailing comment', () => {
    expect(texts('// One\n// two.\n\n// Three.\na; // Four.\n// Five.')).toEqual([
      'One\n two.',
      'Three.',
      'Four.',
      'Five.',
    ]);
    expect(texts('/**\n * One\n * two.\n *\n * Three:\n * - four\n *   five\n * 2. six\n */')).toEqual([
      'One\ntwo.',
      'Three:',
      'four\n  five',
      'six',
    ]);
  });

  it('has the text of tags without types and names', () => {
    expect(
      texts(
        '/**\n * Adds.\n * @param {{ told: number }} said the first\n * @param [victim=3] - the second\n * @returns {number} the sum\n * @throws {Error} never\n */',
      ),
    ).toEqual(['Adds.', 'the first', 'the second', 'the sum', 'never']);
    expect(texts('/** A path. @param {string} base @param {string} told */')).toEqual(['A path.']);
    expect(texts('/** @type {Map<string, () => void>} */')).toEqual([]);
    expect(texts('/**\n * @typedef {{\n *   told: number,\n * }} Said more\n */')).toEqual(['more']);
    expect(texts('// The package @param/told and `@param x` stay.')).toHaveLength(2);
  });

  it('is the reason of a directive, and no other part of it', () => {
    expect(texts('// oxlint-disable-next-line no-told -- the reason')).toEqual(['the reason']);
    expect(texts('// @ts-expect-error told\n/* @vite-ignore */\n/// <reference types="told" />')).toEqual([]);
  });

  it('knows its line', () => {
    expect(passages('a;\n/**\n * One.\n *\n * Two.\n * @returns three\n */').map(({ line }) => line)).toEqual(
      [3, 5, 6],
    );
  });
});
