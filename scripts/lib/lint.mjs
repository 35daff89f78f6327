import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { filesBelow } from './files.mjs';
import { keepPassed, passedBefore } from './passed.mjs';
import { root } from './paths.mjs';
import { runTool } from './run.mjs';

/** Folders with linted files. */
const folders = ['src', 'test', 'scripts', 'deploy'];
/** Rules, compiler options, and versions of tools and packages: they decide on all files. */
const isSetting = (/** @type {string} */ name) =>
  /^(?:tsconfig.*|package|package-lock|\.oxlintrc)\.json$/.test(name);
const plugin = 'scripts/lib/pure.mjs';
const isSource = (/** @type {string} */ file) => /\.(?:ts|tsx|mjs|cjs|js)$/.test(file);
/** Types that every file of a program sees without an import. */
const isGlobal = (/** @type {string} */ file, /** @type {string} */ text) =>
  file.endsWith('.d.ts') || /\bdeclare (?:global|module)\b/.test(text);
const imported = /\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g;
const endings = ['', '.ts', '.tsx', '.mjs', '.d.ts', '/index.ts', '/index.tsx'];

/** @param {...string} parts */
const hashOf = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 32);
};

/** @param {string} base @returns {Promise<string[]>} with `/` on every system */
async function allFiles(base) {
  const own = (await readdir(base, { withFileTypes: true })).filter((entry) => entry.isFile());
  const below = (await Promise.all(folders.map((folder) => filesBelow(base, folder)))).flat();
  return [...own.map(({ name }) => name), ...below.map((file) => file.split(sep).join('/'))];
}

/**
 * Aliases of package.json: the path before and after the name.
 * @param {string} text
 * @returns {{ before: string, to: string, after: string }[]}
 */
function aliasesIn(text) {
  /** @type {{ imports?: Record<string, string> }} */
  const { imports = {} } = JSON.parse(text);
  return Object.entries(imports).map(([from, path]) => {
    const [to = '', after = ''] = path.replace(/^\.\//, '').split('*');
    return { before: from.replace('*', ''), to, after };
  });
}

/**
 * A hash of each linted file and of all that its types come from: its imports, theirs, and the settings.
 * A file with the same hash has the same problems.
 * @param {string} base
 * @returns {Promise<Map<string, string>>}
 */
export async function lintStates(base) {
  const files = await allFiles(base);
  const read = async (/** @type {string} */ file) => readFile(join(base, file), 'utf8');
  const sources = new Map(
    await Promise.all(
      files.filter(isSource).map(async (file) => /** @type {const} */ ([file, await read(file)])),
    ),
  );
  const settings = await Promise.all(files.filter(isSetting).map(read));
  const globals = [...sources].filter(([file, text]) => file === plugin || isGlobal(file, text));
  const common = hashOf(...settings, ...globals.flat());
  const aliases = aliasesIn(await read('package.json'));
  /** @param {string} from @param {string} name @returns {string[]} */
  const found = (from, name) => {
    const alias = aliases.find(({ before }) => name.startsWith(before));
    if (alias === undefined && !name.startsWith('.')) return [];
    const path =
      alias === undefined
        ? posix.join(posix.dirname(from), name)
        : alias.to + name.slice(alias.before.length) + alias.after;
    const file = endings.map((ending) => path + ending).find((each) => sources.has(each));
    return file === undefined ? [] : [file];
  };
  const own = new Map([...sources].map(([file, text]) => [file, hashOf(file, text)]));
  const imports = new Map(
    [...sources].map(([file, text]) => [
      file,
      [...text.matchAll(imported)].flatMap(([, name = '']) => found(file, name)),
    ]),
  );
  return new Map(
    [...sources.keys()].map((file) => {
      const reached = new Set([file]);
      for (const each of reached) for (const next of imports.get(each) ?? []) reached.add(next);
      return [file, hashOf(common, Array.from(reached, (each) => own.get(each)).join(''))];
    }),
  );
}

/** With more files, their folders are named instead. */
const most = 400;
/** @type {Promise<Map<string, string>> | undefined} */
let atFirst;

/**
 * A step of `npm run check`: rules and types of files that differ from the last run that passed, or whose imports do.
 * The checker is written in Go. With Go's default limit, garbage collection takes a quarter of its time.
 * @param {string} name of the step
 * @param {readonly string[]} paths folders and files
 * @returns {import('./checks.mjs').Check}
 */
export function lint(name, paths) {
  const isIn = (/** @type {string} */ file) =>
    paths.some((path) => file === path || file.startsWith(`${path}/`));
  return {
    name,
    run: async (options) => {
      const before = await passedBefore(name);
      const states = [...(await (atFirst ??= lintStates(root)))].filter(([file]) => isIn(file));
      const changed = states.filter(([, state]) => !before.has(state)).map(([file]) => file);
      if (changed.length === 0) return { code: 0, output: '', unchanged: true };
      const named = changed.length > most ? paths : changed;
      const outcome = await runTool('oxlint/bin/oxlint', ['--no-error-on-unmatched-pattern', ...named], {
        ...options,
        env: { ...process.env, GOGC: '400' },
      });
      if (outcome.code !== 0) return outcome;
      // A file that changed meanwhile was perhaps linted as it is now.
      const after = await lintStates(root);
      await keepPassed(
        name,
        states.flatMap(([file, state]) => (after.get(file) === state ? [state] : [])),
      );
      return outcome;
    },
  };
}
