import { describe, expect, it } from 'vitest';
import { ruleNames } from '#shared/diagnosis/index';
import { knownErrorCodes } from '#shared/errors/codes';
import { findings } from '#shared/findings';
import { keyNames } from '#shared/keys';
import { articlesOf } from '../../../../../src/renderer/src/features/help/articles';
import { formatRoute, helpTopics, parseRoute } from '../../../../../src/renderer/src/store/route';
import { wordsOf } from '../../../../builders/wordsOf';

describe.each(['en', 'zh-CN'] as const)('the help in %s', (language) => {
  const articles = articlesOf(wordsOf(language));

  it('has every code, finding and key, each with a text', () => {
    const itemsOf = (topic: string): readonly string[] =>
      articles.filter((article) => article.topic === topic).map(({ item }) => item);
    expect(itemsOf('codes')).toEqual(knownErrorCodes.map(({ id }) => id));
    expect(itemsOf('findings')).toEqual(Object.keys(findings));
    expect(itemsOf('diagnosis')).toEqual(ruleNames);
    expect(itemsOf('keys')).toEqual(keyNames);
    for (const { title, text } of articles) {
      // i18next returns a key without a text unchanged.
      for (const said of [title, ...text]) expect(said).not.toMatch(/^$|^[a-z]+(\.[a-zA-Z]+){2,}$|\{\{/);
      expect(text.length).toBeGreaterThan(0);
    }
  });

  it('has a topic and a working link for each', () => {
    const links = articles.map(({ topic, item }) => formatRoute({ screen: 'help', topic, item }));
    expect(new Set(links).size).toBe(links.length);
    for (const [index, link] of links.entries())
      expect(parseRoute(link)).toMatchObject({ topic: articles[index]?.topic, item: articles[index]?.item });
    expect(new Set(articles.map(({ topic }) => topic))).toEqual(
      new Set(helpTopics.filter((topic) => topic !== 'manual')),
    );
  });
});
