/** The manual in both languages: complete, in step, with pictures of today's screens and links that lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { lexer, walkTokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { isManualPage, manualPages, type ManualPage } from '#shared/manual';
import { screenNames, screens } from '#shared/screens';
import { en } from '../../src/renderer/src/locales/en';
import { zhCN } from '../../src/renderer/src/locales/zh-CN';
import { parseRoute } from '../../src/renderer/src/store/route';
import { pictures } from '../pictures/pictures';
import { folder, staleNames } from '../pictures/stale';

const languages = ['en', 'zh-CN'] as const;
type Language = (typeof languages)[number];
const textOf = (language: Language, page: ManualPage): string =>
  readFileSync(`docs/manual/${language}/${page}.md`, 'utf8');
const heads = {
  en: ['Steps', 'What you should see', 'What can go wrong'],
  'zh-CN': ['步骤', '应看到', '常见问题'],
} as const;

/** Parts that must agree between the languages. */
const shapeOf = (text: string) => ({
  headings: [...text.matchAll(/^#+ /gm)].map(([mark]) => mark),
  steps: [...text.matchAll(/^\d+\. /gm)].length,
  pictures: [...text.matchAll(/pictures\/[^/]+\/([a-z-]+)\.png/g)].map(([, name = '']) => name),
  letters: [...new Set([...text.matchAll(/\*\*([A-Z])\*\*/g)].map(([, letter = '']) => letter))].toSorted(),
  links: [...text.matchAll(/\]\(([a-z-]+\.md|#\/[^)]*)\)/g)].map(([, target = '']) => target).toSorted(),
});

describe.each(languages)('the manual in %s', (language) => {
  it('has every page of the list, and no other', () => {
    expect(readdirSync(`docs/manual/${language}`).toSorted()).toEqual(
      manualPages.map((page) => `${page}.md`).toSorted(),
    );
  });

  it.each(manualPages)('%s has a title, steps, what to see and what can go wrong', (page) => {
    const text = textOf(language, page);
    expect(text).toMatch(/^# \S/);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, head]) => head)).toEqual(
      expect.arrayContaining([...heads[language]]),
    );
    expect(shapeOf(text).steps).toBeGreaterThan(0);
  });

  it.each(manualPages)('links and pictures of %s exist, with the letters that the text names', (page) => {
    const text = textOf(language, page);
    for (const [, target = ''] of text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]*)\)/g)) {
      const named = /^([a-z-]+)\.md$/.exec(target)?.[1];
      expect(named === undefined ? parseRoute(target) !== null : isManualPage(named), target).toBe(true);
    }
    const shown = shapeOf(text).pictures;
    for (const name of shown) {
      expect(text).toContain(`../pictures/${language}/${name}.png`);
      expect(existsSync(`${folder}/${language}/${name}.png`), name).toBe(true);
    }
    const letters = pictures
      .filter(({ name }) => shown.includes(name))
      .flatMap((one) => Object.keys(one.letters ?? {}));
    expect(shapeOf(text).letters).toEqual([...new Set(letters)].toSorted());
  });
});

/** All texts of the window, without the dots of those that open a dialog. */
function textsOf(language: Language): ReadonlySet<string> {
  const found = new Set<string>(
    screenNames.map((screen) => screens[screen].says[language === 'en' ? 'en' : 'zh']),
  );
  const collect = (value: unknown): void => {
    if (typeof value === 'string') found.add(value.replace(/…$/, ''));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(language === 'en' ? en : zhCN);
  return found;
}

it.each(languages)('bold words in %s are texts of the window, or letters of a picture', (language) => {
  const texts = textsOf(language);
  const wrong = manualPages.flatMap((page) =>
    [...textOf(language, page).matchAll(/\*\*([^*]+)\*\*/g)]
      .map(([, bold = '']) => bold)
      .filter((bold) => !/^[A-Z]$/.test(bold) && !texts.has(bold))
      .map((bold) => `${page}: ${bold}`),
  );
  expect(wrong).toEqual([]);
});

// Between punctuation and a Chinese letter, `**` does not end bold: `**直连（首台）**后`.
it.each(languages)('no asterisks are left in %s when a page is drawn', (language) => {
  const left: string[] = [];
  for (const page of manualPages)
    void walkTokens(lexer(textOf(language, page)), (token) => {
      if (token.type === 'text' && !('tokens' in token) && token.raw.includes('**'))
        left.push(`${page}: ${token.raw}`);
    });
  expect(left).toEqual([]);
});

it.each(manualPages)('%s has the same steps, pictures, letters and links in both languages', (page) => {
  expect(shapeOf(textOf('zh-CN', page))).toEqual({
    ...shapeOf(textOf('en', page)),
    pictures: shapeOf(textOf('en', page)).pictures,
  });
});

it('every picture is in a page, and every screen has a page', () => {
  const shown = new Set(manualPages.flatMap((page) => shapeOf(textOf('en', page)).pictures));
  expect(pictures.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  for (const screen of screenNames) expect(isManualPage(screens[screen].page)).toBe(true);
});

it('no picture shows an older screen: npm run screenshots retakes it', () => {
  expect(staleNames()).toEqual([]);
});

it('the README has the same headings, commands, links and pictures in both languages', () => {
  const shape = (file: string) => {
    const text = readFileSync(file, 'utf8');
    return {
      headings: [...text.matchAll(/^#+ /gm)].map(([mark]) => mark),
      commands: [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, command = '']) => command).toSorted(),
      links: [...text.matchAll(/\]\(([^)]+)\)/g)]
        .map(([, target = '']) => target.replaceAll('zh-CN', 'en').replace('README.en.md', 'README.md'))
        .toSorted(),
    };
  };
  expect(shape('README.zh-CN.md')).toEqual(shape('README.md'));
});
