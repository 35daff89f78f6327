import { posix } from 'node:path';
import { passagesOf } from './prose-comments.mjs';
import { pageWords, readMarkdown, sectionsOf } from './prose-markdown.mjs';
import { scan } from './prose-scan.mjs';
import { breachesInText, hasTexts } from './prose-terms.mjs';
import { sentencesIn } from './prose-text.mjs';
import { bannedNames, bannedOpening, bannedWords } from './prose-words.mjs';

/**
 * @typedef {import('./prose-text.mjs').Passage} Passage
 * @typedef {import('./prose-text.mjs').Sentence} Sentence
 * @typedef {import('./prose-markdown.mjs').Page} Page
 * @typedef {{ line: number, excerpt: string }} Find
 * @typedef {Find & { file: string, rule: string }} Breach
 * @typedef {{ exists: (path: string) => boolean, anchors: (path: string) => ReadonlySet<string> }} Tree
 *   `anchors`: of a page
 * @typedef {Record<string, Record<string, number>>} Counts by room and rule
 * @typedef {{ room: string, rule: string, count: number, stored: number }} Growth
 */

const limits = { sentence: 25, page: 800, section: 200, line: 160, cell: 120 };

/** References that a reader searches rather than reads. */
const longPages = /^(?:docs\/protocol\/|docs\/filter\.md$|CHANGELOG\.md$)/;
/** Folders of this many levels are a room. @type {readonly (readonly [string, number])[]} */
const roomLevels = [
  ['src/renderer/src/', 4],
  ['src/', 3],
  ['test/unit/', 3],
  ['', 2],
];

/** @param {string} text @param {number} [length] */
const shortened = (text, length = 100) => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
};

/** @param {readonly Passage[]} passages @returns {Find[]} */
const findWords = (passages) =>
  passages.flatMap(({ text, plain, line }) =>
    bannedWords.flatMap(({ pattern, instead }) =>
      [...plain.matchAll(pattern)].map(({ index, 0: found }) => ({
        line: line + text.slice(0, index).split('\n').length - 1,
        excerpt: `“${shortened(found)}” (${instead}): ${shortened(text.slice(Math.max(0, index - 30), index + 50))}`,
      })),
    ),
  );

/** @param {readonly Sentence[]} sentences @returns {Find[]} */
const findOpenings = (sentences) =>
  sentences
    .filter(({ plain, words }) => words > 2 && bannedOpening.test(plain) && !/\?\W*$/.test(plain))
    .map(({ line, text }) => ({ line, excerpt: shortened(text) }));

/** @param {readonly Sentence[]} sentences @returns {Find[]} */
const findSentences = (sentences) =>
  sentences
    .filter(({ words }) => words > limits.sentence)
    .map(({ line, text, words }) => ({ line, excerpt: `${words} words: ${shortened(text)}` }));

/** @param {readonly { text: string, line: number }[]} lines @returns {Find[]} */
const findLines = (lines) =>
  lines
    .filter(({ text }) => text.replaceAll(/(?:https?:\/\/|(?<=\]\())[^\s)]+/g, '').length > limits.line)
    .map(({ line, text }) => ({ line, excerpt: `${text.length} characters: ${shortened(text)}` }));

/** @param {Page} page @returns {Find[]} */
function findLongPage(page) {
  const words = pageWords(page);
  return words > limits.page ? [{ line: 1, excerpt: `${words} words (at most ${limits.page})` }] : [];
}

/** @param {Page} page @returns {Find[]} */
const findSections = (page) =>
  sectionsOf(page)
    .filter(({ words }) => words > limits.section)
    .map(({ line, title, words }) => ({
      line,
      excerpt: `${words} words below “${title}” before the next heading`,
    }));

/** @param {Page} page @returns {Find[]} */
const findCells = ({ cells }) =>
  cells
    .map(({ text, line }) => ({ text: text.replaceAll(/\]\([^)]*\)/g, ']'), line }))
    .filter(({ text }) => text.length > limits.cell)
    .map(({ text, line }) => ({ line, excerpt: `${text.length} characters: ${shortened(text)}` }));

/** @param {string} target */
const decoded = (target) => {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
};

/** @param {string} file @param {Page} page @param {Tree} tree @returns {Find[]} */
const findLinks = (file, page, tree) =>
  page.links.flatMap(({ line, target }) => {
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(target)) return [];
    const [path = '', anchor = ''] = decoded(target).split('#');
    const absolute = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path);
    const to = path === '' ? file : posix.normalize(absolute);
    // `../../issues` is a page of the forge.
    if (to.startsWith('../')) return [];
    if (to !== file && !tree.exists(to)) return [{ line, excerpt: `${target}: no such file` }];
    if (anchor === '' || !to.endsWith('.md')) return [];
    const anchors = to === file ? page.anchors : tree.anchors(to);
    return anchors.has(anchor) ? [] : [{ line, excerpt: `${target}: no such heading` }];
  });

/** The parts of a camelCase name, lower-case, between spaces. @param {string} name */
const partsOf = (name) =>
  ` ${name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .replaceAll(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase()} `;

const bannedParts = bannedNames.map(({ name, instead }) => ({ parts: partsOf(name), instead }));

/** Excerpts by name: most files share their names. @type {Map<string, readonly string[]>} */
const knownNames = new Map();

/** @param {string} name @returns {readonly string[]} an excerpt for each banned part */
function bannedIn(name) {
  const known = knownNames.get(name);
  if (known) return known;
  const parts = partsOf(name);
  const found = bannedParts
    .filter((banned) => parts.includes(banned.parts))
    .map(({ instead }) => `${name} (${instead})`);
  knownNames.set(name, found);
  return found;
}

/** @param {Iterable<readonly [string, number]>} names with their positions @param {(position: number) => number} lineAt @returns {Find[]} */
const findNames = (names, lineAt) =>
  [...names].flatMap(([name, position]) =>
    bannedIn(name).map((excerpt) => ({ line: lineAt(position), excerpt })),
  );

/** @param {readonly import('./prose-scan.mjs').Text[]} texts @param {(position: number) => number} lineAt @returns {Find[]} */
const findTexts = (texts, lineAt) =>
  texts.flatMap(({ start, text }) =>
    breachesInText(text).map((excerpt) => ({
      line: lineAt(start),
      excerpt: `${excerpt}: ${shortened(text)}`,
    })),
  );

/** @param {string} source @returns {(position: number) => number} the line of a position, from 1 */
function linesOf(source) {
  /** @type {number[]} */
  const ends = [];
  for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1)) ends.push(end);
  return (position) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** @param {string} file @param {Record<string, readonly Find[]>} found by rule @returns {Breach[]} */
const breachesOf = (file, found) =>
  Object.entries(found)
    .flatMap(([rule, finds]) => finds.map(({ line, excerpt }) => ({ file, rule, line, excerpt })))
    .toSorted((a, b) => a.line - b.line);

/** @param {string} file @param {string} source @param {Tree} tree @returns {Breach[]} */
export function breachesInPage(file, source, tree) {
  const page = readMarkdown(source);
  const lines = source.split(/\r?\n/).map((text, index) => ({ text, line: index + 1 }));
  const sentences = page.prose.flatMap(sentencesIn);
  const long = longPages.test(file);
  return breachesOf(file, {
    word: findWords([...page.prose, ...page.cells, ...page.headings.map((each) => each.passage)]),
    opening: findOpenings(sentences),
    sentence: findSentences(sentences),
    line: findLines(lines.filter(({ line }) => !page.tableLines.has(line))),
    page: long ? [] : findLongPage(page),
    section: file === 'CHANGELOG.md' ? [] : findSections(page),
    cell: findCells(page),
    link: findLinks(file, page, tree),
  });
}

/** @param {string} file @param {string} source @returns {Breach[]} */
export function breachesInSource(file, source) {
  const { comments, texts, names } = scan(source, { jsx: file.endsWith('.tsx') });
  const lineAt = linesOf(source);
  const passages = passagesOf(source, comments, lineAt);
  const sentences = passages.flatMap(sentencesIn);
  const lines = source.split('\n');
  const commented = new Set(
    comments.flatMap(({ start, end }) => {
      const first = lineAt(start);
      return Array.from({ length: lineAt(end) - first + 1 }, (_, index) => first + index);
    }),
  );
  // The file's own name counts once, at its start.
  const base = posix.basename(file).split('.')[0] ?? '';
  return breachesOf(file, {
    word: findWords(passages),
    opening: findOpenings(sentences),
    sentence: findSentences(sentences),
    line: findLines([...commented].map((line) => ({ text: lines[line - 1] ?? '', line }))),
    text: hasTexts(file) ? findTexts(texts, lineAt) : [],
    name: file.startsWith('src/') ? findNames(new Map([...names, [base, 0]]), lineAt) : [],
  });
}

/** The folder that a file's breaches are counted for; a file above all folders counts for itself. @param {string} file */
export function roomOf(file) {
  const levels = roomLevels.find(([start]) => file.startsWith(start))?.[1] ?? 2;
  const folders = file.split('/').slice(0, -1);
  return folders.slice(0, levels).join('/') || file;
}

/** @param {readonly Breach[]} breaches @returns {Counts} sorted */
export function countsOf(breaches) {
  /** @type {Map<string, Map<string, number>>} */
  const rooms = new Map();
  for (const { file, rule } of breaches) {
    const room = rooms.get(roomOf(file)) ?? new Map();
    room.set(rule, (room.get(rule) ?? 0) + 1);
    rooms.set(roomOf(file), room);
  }
  const sorted = [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([room, rules]) => [
      room,
      Object.fromEntries([...rules].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  );
}

/** @param {Counts} counts @param {Counts} stored @returns {Growth[]} counts above the stored ones */
export const grownCounts = (counts, stored) =>
  Object.entries(counts).flatMap(([room, rules]) =>
    Object.entries(rules)
      .map(([rule, count]) => ({ room, rule, count, stored: stored[room]?.[rule] ?? 0 }))
      .filter((each) => each.count > each.stored),
  );
