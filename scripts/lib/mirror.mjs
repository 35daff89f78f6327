import { basename, dirname, join, posix, sep } from 'node:path';
import { filesBelow } from './files.mjs';
import { root } from './paths.mjs';

const tests = 'test/unit';
/** Sources tested under another path than their own. @type {Readonly<Record<string, string>>} */
const places = { renderer: 'src/renderer/src', scripts: 'scripts/lib', builders: 'test/builders' };
const endings = ['ts', 'tsx', 'mjs'];

/**
 * Unit tests in another folder than their subject, and files that are not tests. `frame.limits.test.ts` is one of several tests
 * of `frame.ts`, `index.test.ts` tests its folder, and tests above all folders have no single subject.
 * @param {readonly string[]} files below test/unit
 * @param {readonly string[]} sources all that may be tested
 */
export function strayTests(files, sources) {
  const known = new Set(sources);
  const folders = new Set(sources.map((source) => posix.dirname(source)));
  return files.filter((file) => {
    const name = /^([^.]+)\.(?:[^.]+\.)?test\.(?:ts|tsx|mjs)$/.exec(basename(file))?.[1];
    if (name === undefined) return true;
    const [first = '', ...rest] = dirname(file).split('/');
    if (first === '.') return false;
    const folder = posix.join(places[first] ?? `src/${first}`, ...rest);
    if (name === 'index') return !folders.has(folder);
    return !endings.some((ending) => known.has(`${folder}/${name}.${ending}`));
  });
}

/** The step of `npm run check`. @returns {Promise<{ code: number, output: string }>} */
export async function checkMirror() {
  const below = async (/** @type {string} */ path) =>
    (await filesBelow(root, path)).map((file) => file.split(sep).join('/'));
  const files = (await below(tests)).map((file) => file.slice(tests.length + 1));
  const sources = await Promise.all(['src', 'scripts/lib', 'test/builders'].map(below));
  const stray = strayTests(files, sources.flat());
  const output = `No file that these are tests of, by their path:\n  ${stray.map((file) => join(tests, file)).join('\n  ')}`;
  return { code: stray.length > 0 ? 1 : 0, output };
}
