/** Codes with the same text are one entry of the help. */
import { describe, expect, it } from 'vitest';
import { articlesOf } from '../../../../../src/renderer/src/features/help/articles';
import { groupsOf, merged } from '../../../../../src/renderer/src/features/help/groups';
import { wordsOf } from '../../../../builders/wordsOf';

describe.each(['en', 'zh-CN'] as const)('the groups of the help in %s', (language) => {
  const articles = articlesOf(wordsOf(language));
  const groups = groupsOf(articles);

  it('have every article once', () => {
    const itemsOf = (all: readonly { topic: string; items: readonly string[] }[]): readonly string[] =>
      all.flatMap(({ topic, items }) => items.map((item) => `${topic} ${item}`)).toSorted();
    expect(itemsOf(groups)).toEqual(articles.map(({ topic, item }) => `${topic} ${item}`).toSorted());
  });

  it('have one entry for the 21 codes of a current that is too high', () => {
    const group = groups.find(({ items }) => items.includes('ERROR:5200'));
    expect([group?.items.length, group?.codes[0], group?.codes.at(-1)]).toEqual([
      21,
      'ERROR:5200',
      'ERROR:5214',
    ]);
  });

  it('are much fewer than the codes, and no two have the same text', () => {
    const codes = groups.filter(({ topic }) => topic === 'codes');
    expect(codes.length).toBeLessThan(articles.filter(({ topic }) => topic === 'codes').length * (2 / 3));
    const texts = codes.map(({ title, text, shape }) => JSON.stringify([title, text, shape]));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('leave the other topics as they are', () => {
    const others = groups.filter(({ topic }) => topic !== 'codes');
    expect(others.filter(({ items }) => items.length !== 1)).toEqual([]);
  });
});

it('a number that differs becomes a range', () => {
  expect(merged(['Motor 1 of 2 stuck', 'Motor 2 of 2 stuck', 'Motor 6 of 2 stuck'])).toBe(
    'Motor 1–6 of 2 stuck',
  );
  expect(merged(['Door'])).toBe('Door');
});
