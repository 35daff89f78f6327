import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { at } from './paths.mjs';
import { Stop } from './progress.mjs';

/**
 * The same type as in src/shared/model/about.ts.
 * @typedef {{ name: string, version: string, licence: string, text: string | null }} Licence
 * @typedef {{ name: string, version: string, identifier?: string, text?: string }} Bundled vite's entry for a package (`build.license`)
 */

const parts = ['main', 'preload', 'renderer'];
const licenceFile = /^(?:licen[cs]e|copying)/i;

/** @param {string} file */
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** @param {string} folder of a package @returns {Bundled} */
function readPackage(folder) {
  const { name, version, license } = json(join(folder, 'package.json'));
  const file = readdirSync(folder).find((one) => licenceFile.test(one));
  return {
    name,
    version,
    ...(typeof license === 'string' && { identifier: license }),
    ...(file && { text: readFileSync(join(folder, file), 'utf8').trim() }),
  };
}

/** The folder of a package as it is found from another. @param {string} name @param {string} from */
function folderOf(name, from) {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((one) => existsSync(join(one, 'package.json')));
  if (found === undefined) throw new Stop(`${name} is not installed.`);
  return found;
}

/**
 * All packages of node_modules that a package needs at run time, shipped as files or compiled into a bundle.
 * @param {string} folder the package with the `dependencies` @param {Map<string, Bundled>} [known] by their folders
 * @returns {Map<string, Bundled>}
 */
export function productionTree(folder, known = new Map()) {
  for (const name of Object.keys(json(join(folder, 'package.json')).dependencies ?? {})) {
    const found = folderOf(name, folder);
    if (known.has(found)) continue;
    known.set(found, readPackage(found));
    productionTree(found, known);
  }
  return known;
}

/** The folder of a file's package. @param {string} file @returns {string} '' without a package */
export const packageFolder = (file) =>
  /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file.replace(/^\0/, ''))?.[0] ?? '';

/**
 * Bundlers that add their own helpers to their output; helpers are not files of a package.
 * @param {readonly string[]} modules
 */
export const helpersOf = (modules) =>
  ['rolldown', 'vite'].filter((name) => modules.some((id) => id.startsWith(`\0${name}/`)));

/** SQLite has a blessing instead of a licence, at the beginning of its source. */
function sqlite() {
  const source = readFileSync(
    at('node_modules', '@photostructure', 'sqlite', 'src', 'upstream', 'sqlite3.c'),
    'utf8',
  );
  const version = /\bversion (\d+\.\d+\.\d+)/.exec(source)?.[1] ?? '';
  const blessing = /\*\* The author disclaims copyright[^]*?(?=\n\*{10})/.exec(source)?.[0] ?? '';
  return {
    name: 'SQLite',
    version,
    licence: 'blessing',
    text: blessing.replaceAll(/^\*\* ?/gm, '').trim(),
  };
}

/** @param {Bundled} of @returns {Licence} */
const entry = ({ name, version, identifier = '', text = '' }) => ({
  name,
  version,
  licence: identifier,
  text,
});

/** @param {Licence} of */
const keyOf = ({ name, version }) => `${name} ${version}`;

/**
 * One entry for everything that is shipped, by name.
 * @param {readonly Bundled[]} packages @param {readonly Licence[]} others
 * @returns {Licence[]} @throws if one has no licence or no licence text
 */
export function mergeLicences(packages, others) {
  const all = new Map([...packages.map(entry), ...others].map((one) => [keyOf(one), one]));
  const bare = [...all.values()].filter(({ licence, text }) => licence === '' || text === '');
  if (bare.length > 0)
    throw new Stop(`Shipped without a licence and its text: ${bare.map(keyOf).join(', ')}`);
  return [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** For people who have only the package. @param {readonly Licence[]} licences */
export const licencesText = (licences) =>
  licences
    .map(({ name, version, licence, text }) => {
      const head = [name, version, `(${licence})`].filter((part) => part !== '').join(' ');
      const content = text ?? 'See LICENSES.chromium.html beside the program.';
      return `${head}\n${'='.repeat(head.length)}\n\n${content}\n`;
    })
    .join('\n\n');

/** Adds our copy of the text if a package names its licence and ships no file of it. @param {Bundled} one @returns {Bundled} */
function withText(one) {
  const file = at('resources', 'licences', `${one.name.replace('/', '+')}.txt`);
  return one.text === undefined && existsSync(file)
    ? { ...one, text: readFileSync(file, 'utf8').trim() }
    : one;
}

/** Gathers all licences of the build in `out`, and removes the files they come from. */
export async function gatherLicences() {
  const own = json(at('package.json'));
  const modules = parts.flatMap((part) => /** @type {string[]} */ (json(at('out', part, 'bundled.json'))));
  const bundled = parts.flatMap((part) => /** @type {Bundled[]} */ (json(at('out', part, 'licences.json'))));
  const helpers = helpersOf(modules).map((name) => readPackage(at('node_modules', name)));
  const shipped = [...productionTree(at()).values()];
  const licences = mergeLicences([...bundled, ...helpers, ...shipped].map(withText), [
    { ...entry(readPackage(at())), name: own.productName },
    // Electron's version is that of the packed runtime.
    { ...entry(readPackage(at('node_modules', 'electron'))), name: 'Electron', version: '' },
    { name: 'Chromium and Node.js', version: '', licence: 'BSD-3-Clause, MIT …', text: null },
    sqlite(),
  ]);
  const names = new Set(licences.map(keyOf));
  const missing = [...new Set(modules.map(packageFolder).filter(Boolean))]
    .map((folder) => keyOf(entry(readPackage(folder))))
    .filter((key) => !names.has(key));
  if (missing.length > 0) throw new Stop(`Bundled, and not among the licences: ${missing.join(', ')}`);
  await writeFile(at('out', 'licences.json'), JSON.stringify(licences));
  await writeFile(at('out', 'licences.txt'), licencesText(licences));
  for (const part of parts)
    for (const file of ['bundled.json', 'licences.json']) await rm(at('out', part, file), { force: true });
}
