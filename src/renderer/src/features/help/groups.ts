/** Articles that differ only in their numbers are one entry of the help. */
import type { Article } from './articles';

export interface Group {
  readonly topic: Article['topic'];
  readonly title: string;
  readonly text: readonly string[];
  readonly shape: NonNullable<Article['shape']> | null;
  /** Its articles, in order. */
  readonly items: readonly string[];
  readonly codes: readonly string[];
}

const digits = /\d+/g;

/** Groups keep the place of their first article. */
export function groupsOf(articles: readonly Article[]): readonly Group[] {
  const groups = new Map<string, Article[]>();
  for (const article of articles) {
    const { topic, title, text, shape } = article;
    const key =
      topic === 'codes'
        ? JSON.stringify([shape, [title, ...text].map((one) => one.replaceAll(digits, '#'))])
        : `${topic} ${article.item}`;
    groups.set(key, [...(groups.get(key) ?? []), article]);
  }
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { topic, shape = null } = first;
    return {
      topic,
      shape,
      title: merged(all.map(({ title }) => title)),
      text: first.text.map((_, at) => merged(all.map(({ text }) => text[at] ?? ''))),
      items: all.map(({ item }) => item),
      codes: all.flatMap(({ code }) => code ?? []),
    };
  });
}

/** Texts that differ in numbers, as one text with the first and the last of them. */
export function merged(texts: readonly string[]): string {
  const [first = '', last = first] = [texts[0], texts.at(-1)];
  const ends = last.match(digits) ?? [];
  let at = -1;
  return first.replaceAll(digits, (number) => {
    at += 1;
    const end = ends[at];
    return end === undefined || end === number ? number : `${number}–${end}`;
  });
}
