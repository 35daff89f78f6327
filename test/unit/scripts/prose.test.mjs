import { describe, expect, it } from 'vitest';
import {
  breachesInPage,
  breachesInSource,
  countsOf,
  grownCounts,
  roomOf,
} from '../../../scripts/lib/prose.mjs';
import { bannedNames, bannedWords } from '../../../scripts/lib/prose-words.mjs';

const files = new Map([
  ['docs/other.md', new Set(['a-heading'])],
  ['docs/page.md', new Set(['stale'])],
]);
/** @type {import('../../../scripts/lib/prose.mjs').Tree} */
const tree = {
  exists: (path) => files.has(path) || path === 'src/index.ts',
  anchors: (path) => files.get(path) ?? new Set(),
};
/** @param {string} text @param {string} [file] */
const inPage = (text, file = 'docs/page.md') =>
  breachesInPage(file, text, tree).map(({ line, rule }) => `${line} ${rule}`);
/** @param {string} text @param {string} [file] */
const inSource = (text, file = 'src/main/core/file.ts') =>
  breachesInSource(file, text).map(({ line, rule }) => `${line} ${rule}`);

const words = (/** @type {number} */ count) => Array.from({ length: count }, () => 'ab').join(' ');
const sentences = (/** @type {number} */ count) =>
  Array.from({ length: count }, () => `${words(9)}.`).join('\n');

describe('a banned word', () => {
  const bad = [
    'The machine is told its price.',
    'Nobody can tell.',
    'The list is read anew.',
    'It is sent to whoever asks.',
    'It reads what comes.',
    'As the machine said, it stops.',
    'The machine says so.',
    'The sale goes on.',
    'A second look finds it.',
    'It is the machine’s word.',
    'It was lost without a word.',
    'This is no frame.',
    'It reads a frame that is none.',
    'There are ten, of which two are open.',
    'It holds as far as it goes.',
    'Use one that is newer.',
    'The timeout is a farewell.',
    'The victim is closed.',
  ];
  const good = [
    'The machine reports its price again.',
    'The retold story of a teller.',
    'The document says that it stops.',
    'There is no frame, and the frame is no longer valid.',
    'There are none. This is none of them.',
    'It looks like a frame. Look at the frame.',
    'The copy is equal word for word.',
    'It goes on the wire.',
    'Run `told` or see [the page](other.md) of https://example.org/told now.',
  ];

  it.each(bad)('is found: %s', (text) => {
    expect(inPage(text)).toContain('1 word');
    expect(inSource(`// ${text}`)).toContain('1 word');
  });

  it.each(good)('is not found: %s', (text) => {
    expect(inPage(text)).toEqual([]);
    expect(inSource(`// ${text}`)).toEqual([]);
  });

  it('is found in headings and cells, in its own line, and never in code', () => {
    expect(inPage('# It is told\n\nOne\ntwo told.\n\n| told | a |\n| - | - |')).toEqual([
      '1 word',
      '4 word',
      '6 word',
    ]);
    expect(inPage('```\ntold\n```\n')).toEqual([]);
    expect(inSource('const a = "told";\n/**\n * One\n * told.\n */')).toEqual(['4 word']);
  });

  it('has another to write instead', () => {
    for (const { pattern, instead } of bannedWords) {
      expect(pattern.flags).toBe('gi');
      expect(instead.replaceAll(pattern, '')).toBe(instead);
    }
    for (const { instead } of bannedNames) expect(instead).not.toBe('');
  });
});

it('a sentence starts with its subject; a question may not', () => {
  for (const text of [
    'What it holds is kept.',
    'Whose it is. A test.',
    '**Of which one waits.**',
    'Whatever comes is read.',
  ]) {
    expect(inPage(text)).toContain('1 opening');
    expect(inSource(`/** ${text} */`)).toContain('1 opening');
  }
  for (const text of [
    'What does it hold?',
    'What next',
    'The text is kept. See what it holds.',
    'Whatsoever comes is read.',
  ]) {
    expect(inPage(text)).toEqual([]);
    expect(inSource(`/** ${text} */`)).toEqual([]);
  }
  expect(inPage('# What it holds\n\n| what it does | b |\n| - | - |')).toEqual([]);
});

it('a sentence has at most 25 words', () => {
  expect(inPage(`${words(25)}. ${words(25)}.`)).toEqual([]);
  expect(inPage(`One.\n\n- ${words(20)}\n  ${words(6)}.`)).toEqual(['3 sentence']);
  expect(inPage(`- ${words(20)}\n- ${words(20)}`)).toEqual([]);
  expect(inPage(`${words(24)} \`${words(3)}\`.`)).toEqual([]);
  expect(inPage(`| ${words(5)} | ${words(23)} |\n| - | - |`)).toEqual([]);
  expect(inSource(`// ${words(13)}\n// ${words(13)}.`)).toEqual(['1 sentence']);
  expect(inSource(`// ${words(13)}.\n// ${words(13)}.`)).toEqual([]);
});

it('a line has at most 160 characters, without URLs; table rows and code without comments may have more', () => {
  const long = 'a'.repeat(161);
  expect(inPage(`${'a'.repeat(160)}\n${long}`)).toEqual(['2 line']);
  expect(inPage(`\`\`\`\n${long}\n\`\`\``)).toEqual(['2 line']);
  expect(inPage(`See https://example.org/${long} there.`)).toEqual([]);
  expect(inPage(`| ${'a'.repeat(100)} | ${'a'.repeat(100)} |\n| - | - |`)).toEqual([]);
  expect(inSource(`const a = '${long}';\nb(); // ${long}`)).toEqual(['2 line']);
});

it('a page has at most 800 words, references excepted', () => {
  const long = `# One\n${sentences(20)}\n# Two\n${sentences(20)}\n# Three\n${sentences(20)}\n# Four\n${sentences(20)}\n# Five\n`;
  expect(inPage(`${long}${sentences(8)}`)).toEqual([]);
  expect(inPage(`${long}${sentences(9)}`)).toEqual(['1 page']);
  for (const file of ['docs/protocol/errors.md', 'docs/filter.md', 'CHANGELOG.md'])
    expect(inPage(`${long}${sentences(9)}`, file)).toEqual([]);
});

it('at most 200 words stand below a heading', () => {
  expect(inPage(`# One\n\n${sentences(22)}\n\n# Two\n\n${sentences(22)}`)).toEqual([]);
  expect(inPage(`# One\n\n# Two\n\n${sentences(23)}`)).toEqual(['3 section']);
});

it('a cell has at most 120 characters, without link targets', () => {
  expect(
    inPage(`| ${'a'.repeat(120)} | b |\n| - | - |\n| a | [${'a'.repeat(110)}](other.md#a-heading) |`),
  ).toEqual([]);
  expect(inPage(`| a | b |\n| - | - |\n| a | ${'a'.repeat(121)} |`)).toEqual(['3 cell']);
});

it('an internal link names a file and a heading', () => {
  const good =
    '# A heading\n[a](other.md) [b](other.md#a-heading) [c](#a-heading) [d](../src/index.ts#L3) [e](/docs/other.md) [f](https://a.b/c) [g](../../issues) [h](page.md#a-heading)';
  expect(inPage(good)).toEqual([]);
  expect(
    inPage('[a](none.md)\n[b](other.md#none)\n[c](#none)\n[d](page.md#stale)\n[e]: ../none.ts\n[f](50%.md)'),
  ).toEqual(['1 link', '2 link', '3 link', '4 link', '5 link', '6 link']);
});

it('identifiers of src have no part of the dialect', () => {
  for (const name of [
    'told',
    'toldAt',
    '#told',
    'isTold',
    'ToldHost',
    'TOLD_AT',
    'isThrough',
    'wasIsThrough',
    'endsOfSleep',
  ])
    expect(inSource(`\nconst ${name} = 1;`)).toEqual(['2 name']);
  for (const name of ['retold', 'toldable', 'through', 'isThroughout', 'behind', 'untold'])
    expect(inSource(`const ${name} = 'told';`)).toEqual([]);
  expect(inSource('const told = told + told;')).toEqual(['1 name']);
  expect(inSource('const told = 1;', 'test/unit/main/a.test.ts')).toEqual([]);
  expect(inSource('', 'src/main/core/farewell.ts')).toEqual(['1 name']);
  expect(inSource('a = <b tell={c}>told</b>;', 'src/renderer/src/ui/A.tsx')).toEqual(['1 name']);
});

it('the terms of texts are checked where a person reads them', () => {
  const texts = "export const a = {\n  b: 'A linux machine',\n  c: `{{n}} 台机器`,\n};";
  expect(inSource(texts, 'src/renderer/src/locales/en/a.ts')).toEqual(['2 text', '3 text']);
  expect(inSource(texts)).toEqual([]);
});

it('breaches are counted by room and rule', () => {
  expect(roomOf('src/main/core/state/machine.ts')).toBe('src/main/core');
  expect(roomOf('src/main/index.ts')).toBe('src/main');
  expect(roomOf('src/renderer/src/features/work/Work.tsx')).toBe('src/renderer/src/features');
  expect(roomOf('test/unit/main/core/a.test.ts')).toBe('test/unit/main');
  expect(roomOf('test/e2e/a.test.ts')).toBe('test/e2e');
  expect(roomOf('docs/protocol/errors.md')).toBe('docs/protocol');
  expect(roomOf('README.md')).toBe('README.md');
  const breach = { file: 'src/main/core/a/b.ts', line: 1, excerpt: '' };
  expect(
    countsOf([
      { ...breach, rule: 'word' },
      { ...breach, rule: 'name' },
      { ...breach, rule: 'word', file: 'src/main/core/c.ts' },
      { ...breach, rule: 'word', file: 'README.md' },
    ]),
  ).toEqual({ 'README.md': { word: 1 }, 'src/main/core': { name: 1, word: 2 } });
});

it('counts only shrink, and a room without counts has no breach', () => {
  const stored = { docs: { word: 2, line: 1 } };
  expect(grownCounts({ docs: { word: 2 } }, stored)).toEqual([]);
  expect(grownCounts({ docs: { word: 3, cell: 1 }, src: { word: 1 } }, stored)).toEqual([
    { room: 'docs', rule: 'word', count: 3, stored: 2 },
    { room: 'docs', rule: 'cell', count: 1, stored: 0 },
    { room: 'src', rule: 'word', count: 1, stored: 0 },
  ]);
});
