import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { filesBelow } from './files.mjs';
import { at, root } from './paths.mjs';
import { Stop } from './progress.mjs';
import { allowed } from './prose-allowed.mjs';
import { readMarkdown } from './prose-markdown.mjs';
import { breachesInPage, breachesInSource, countsOf, grownCounts, roomOf } from './prose.mjs';
import { run } from './run.mjs';

/**
 * @typedef {import('./prose.mjs').Breach} Breach
 * @typedef {import('./prose.mjs').Counts} Counts
 * @typedef {import('./prose.mjs').Growth} Growth
 */

const checked = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs',
  'src',
  'test',
  'scripts',
  'deploy',
];
const isPage = /^(?:[A-Z]+|(?:docs|deploy)\/.*)\.md$/;
const isSource = /^(?:src|test|scripts|deploy)\/.*\.(?:ts|tsx|mjs)$/;
/** Counts of the breaches that are left. They only shrink. */
const storedFile = 'scripts/lib/prose-left.json';
/** Breaches printed for each count that grew. */
const printed = 30;

/** @returns {import('./prose.mjs').Tree} */
function readTree() {
  /** @type {Map<string, ReadonlySet<string>>} */
  const known = new Map();
  return {
    exists: (path) => existsSync(at(path)),
    anchors: (path) => {
      const anchors = known.get(path) ?? readMarkdown(readFileSync(at(path), 'utf8')).anchors;
      known.set(path, anchors);
      return anchors;
    },
  };
}

/** @param {Breach} breach */
const isAllowed = ({ file, rule, excerpt }) =>
  allowed.some((each) => each.files.includes(file) && each.rule === rule && excerpt.includes(each.text));

/** @param {Breach} breach @returns {string} */
export const breachLine = ({ file, line, rule, excerpt }) => `${file}:${line} ${rule} ${excerpt}`;

/**
 * @param {readonly string[]} [paths] files and folders, relative to `from`; all that is checked if left out
 * @param {string} [from]
 * @returns {Promise<Breach[]>}
 * @throws {Stop} a path without a file that is checked
 */
export async function proseBreaches(paths = [], from = root) {
  const wanted = paths.map((path) => relative(root, resolve(from, path)).split(sep).join('/'));
  const all = (await Promise.all(checked.map((path) => filesBelow(root, path)))).flat();
  const files = all
    .map((file) => file.split(sep).join('/'))
    .filter((file) => isPage.test(file) || isSource.test(file));
  const inPath = (/** @type {string} */ file, /** @type {string} */ path) =>
    path === '' || file === path || file.startsWith(`${path}/`);
  const empty = wanted.find((path) => !files.some((file) => inPath(file, path)));
  if (empty !== undefined) throw new Stop(`No page or source to check: ${empty}`);
  const tree = readTree();
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((path) => inPath(file, path)));
  // 2,000 promises cost more than reading the files one by one.
  const found = chosen.flatMap((file) => {
    const source = readFileSync(at(file), 'utf8');
    return isPage.test(file) ? breachesInPage(file, source, tree) : breachesInSource(file, source);
  });
  return found.filter((breach) => !isAllowed(breach));
}

/** @returns {Promise<Counts>} nothing without a stored file */
async function storedCounts() {
  return existsSync(at(storedFile)) ? JSON.parse(await readFile(at(storedFile), 'utf8')) : {};
}

/** @param {Growth} growth */
const growthLine = ({ room, rule, count, stored }) => `${room}: ${count} × ${rule}, at most ${stored}`;

/**
 * Stores today's counts. To accept a count that grew, because files moved, delete the stored file first.
 * @param {readonly Breach[]} breaches
 * @throws {Stop} a count grew
 */
export async function storeCounts(breaches) {
  const counts = countsOf(breaches);
  const grown = existsSync(at(storedFile)) ? grownCounts(counts, await storedCounts()) : [];
  if (grown.length > 0) throw new Stop(`Counts only shrink:\n${grown.map(growthLine).join('\n')}`);
  await writeFile(at(storedFile), `${JSON.stringify(counts, null, 2)}\n`);
}

/** Files that differ from the commit that stored the counts; none without git. @returns {Promise<Set<string>>} */
async function changedFiles() {
  const stored = await run('git', ['log', '-1', '--format=%H', '--', storedFile]);
  const since = stored.code === 0 && /^[\da-f]{40,}$/.test(stored.output) ? stored.output : 'HEAD';
  const lists = await Promise.all([
    run('git', ['diff', '--name-only', since]),
    run('git', ['ls-files', '--others', '--exclude-standard']),
  ]);
  return new Set(lists.flatMap(({ code, output }) => (code === 0 ? output.split('\n') : [])));
}

/**
 * The report on each count that grew: its breaches in changed files, or all of them if no changed file has one.
 * @param {readonly Growth[]} grown
 * @param {readonly Breach[]} breaches
 * @param {ReadonlySet<string>} changed
 * @returns {string[]}
 */
export const growthLines = (grown, breaches, changed) =>
  grown.flatMap((growth) => {
    const all = breaches.filter(({ file, rule }) => rule === growth.rule && roomOf(file) === growth.room);
    const inChanged = all.filter(({ file }) => changed.has(file));
    const listed = inChanged.length > 0 ? inChanged : all;
    const rest = listed.length - printed;
    return [
      growthLine(growth),
      ...listed.slice(0, printed).map((breach) => `  ${breachLine(breach)}`),
      ...(rest > 0 ? [`  and ${rest} more: node scripts/prose.mjs ${growth.room}`] : []),
    ];
  });

/** The step of `npm run check`. @returns {Promise<{ code: number, output: string }>} */
export async function checkProse() {
  const breaches = await proseBreaches();
  const grown = grownCounts(countsOf(breaches), await storedCounts());
  if (grown.length === 0) return { code: 0, output: '' };
  return { code: 1, output: growthLines(grown, breaches, await changedFiles()).join('\n') };
}
