/** The manual's pages and pictures. Loaded when the help is opened. */
import type { ManualPage } from '#shared/manual';
import type { Language } from '../../text';

const texts: Readonly<Record<string, string>> = import.meta.glob('../../../../../docs/manual/*/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const pictures: Readonly<Record<string, string>> = import.meta.glob(
  '../../../../../docs/manual/pictures/*/*.png',
  { query: '?url', import: 'default', eager: true },
);

const folder = '../../../../../docs/manual';

/** Markdown; '' if the page is missing. */
const pageText = (language: Language, page: ManualPage): string =>
  texts[`${folder}/${language}/${page}.md`] ?? '';

/** `target` as in a page: `../pictures/en/name.png`. */
const picture = (target: string): string | null =>
  pictures[`${folder}/${target.replace(/^\.\.\//, '')}`] ?? null;

/** The first line without its `#`. */
const titleOf = (text: string): string => /^#\s+(.+)$/m.exec(text)?.[1] ?? '';

/** Lines of text without marks, for the search. */
const plainOf = (text: string): readonly string[] =>
  text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*`#|]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^-+$/.test(line));

export const manualTexts = { pageText, picture, titleOf, plainOf };
