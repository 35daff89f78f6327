import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { filesBelow } from '../files.mjs';
import { Stop } from '../progress.mjs';

/**
 * @typedef {{ name: string, bytes: number }} Part
 * @typedef {{ files: number, archive: number, unpackedFiles: readonly string[], total: number, parts: readonly Part[] }} Contents
 */

/** Scripts of threads and processes. */
const scripts = [
  'serverThread',
  'journalWorker',
  'packageWorker',
  'packageHostWorker',
  'jobWorker',
  'fileReader',
  'simulatorWorker',
  'doctorWorker',
  'supportWorker',
  'replayWorker',
  'sitesWorker',
  'sitesFoldWorker',
];

/** Files that the app requires. */
export const needed = [
  'package.json',
  'build.json',
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/icon.png',
  'out/licences.json',
  'resources/crema.lua',
  'node_modules/@photostructure/sqlite/package.json',
  'node_modules/@photostructure/sqlite/LICENSE',
  'node_modules/@photostructure/sqlite/dist/index.mjs',
  'node_modules/node-gyp-build/index.js',
  'node_modules/node-gyp-build/LICENSE',
  ...scripts.map((name) => `out/main/${name}.js`),
];

/** Allowed files of the archive; any other file was packed by mistake. */
const allowed = [
  /^(?:package|build)\.json$/,
  /^out\/(?:main|preload|renderer)\/.+/,
  /^out\/icon\.png$/,
  /^out\/licences\.json$/,
  /^resources\/crema\.lua$/,
  /^node_modules\/node-gyp-build\/(?:index|node-gyp-build)\.js$/,
  /^node_modules\/node-gyp-build\/(?:package\.json|LICENSE)$/,
  /^node_modules\/@photostructure\/sqlite\/(?:package\.json|LICENSE)$/,
  /^node_modules\/@photostructure\/sqlite\/dist\/(?:index|chunk-\w+)\.mjs$/,
];

/**
 * Missing files of an archive, and files that do not belong there.
 * @param {readonly string[]} files @param {string} prebuild of the system and architecture, such as `linux-x64`
 */
export function judgeFiles(files, prebuild) {
  const native = `node_modules/@photostructure/sqlite/prebuilds/${prebuild}/@photostructure+sqlite.glibc.node`;
  const present = new Set(files);
  return {
    missing: [...needed, native].filter((file) => !present.has(file)),
    strange: files.filter((file) => file !== native && !allowed.some((rule) => rule.test(file))),
    native,
  };
}

/** @param {string} archive @returns {string[]} its files, without folders */
const filesIn = (archive) =>
  listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((file) => !('files' in statFile(archive, file)));

/** @param {string} folder */
async function bytesOf(folder) {
  const files = await filesBelow(folder, '.');
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {string} archive @param {readonly string[]} files @param {string} name @param {RegExp} rule @returns {Part} */
function part(archive, files, name, rule) {
  const sizes = files
    .filter((file) => rule.test(file))
    .map((file) => {
      const entry = statFile(archive, file);
      return 'size' in entry ? entry.size : 0;
    });
  return { name, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * Packages of an archive without a licence text.
 * @param {readonly string[]} files @param {readonly import('../licences.mjs').Licence[]} licences
 */
export function withoutLicence(files, licences) {
  const licensed = new Set(licences.filter(({ text }) => text).map(({ name }) => name));
  const packages = files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(packages)].filter((name) => !licensed.has(name));
}

/** Files beside the archive: the runtime's own licences, where Electron and electron-builder put them on that system. */
const licenceFiles = (
  /** @type {string} */ folder,
  /** @type {string} */ resources,
  /** @type {boolean} */ isMac,
) => [
  join(resources, 'licences.txt'),
  ...['LICENSE.electron.txt', 'LICENSES.chromium.html'].map((file) => join(isMac ? resources : folder, file)),
];

/**
 * Checks the contents of a package.
 * @param {{ folder: string, resources: string }} unpacked
 * @param {{ system: import('./config.mjs').System, arch: import('./config.mjs').Arch }} of
 * @returns {Promise<Contents>} @throws if a file is missing or must not be there
 */
export async function checkContents({ folder, resources }, { system, arch }) {
  const archive = join(resources, 'app.asar');
  if (!existsSync(archive)) throw new Stop(`There is no ${archive}.`);
  const files = filesIn(archive);
  const node = { linux: 'linux', win: 'win32', mac: 'darwin' }[system];
  const { missing, strange, native } = judgeFiles(files, `${node}-${arch}`);
  if (missing.length > 0) throw new Stop(`Missing from the package: ${missing.join(', ')}`);
  if (strange.length > 0) throw new Stop(`In the package without a reason: ${strange.join(', ')}`);
  const licences = JSON.parse(extractFile(archive, 'out/licences.json').toString('utf8'));
  const unlicensed = [
    ...withoutLicence(files, licences),
    ...licenceFiles(folder, resources, system === 'mac').filter((file) => !existsSync(file)),
  ];
  if (unlicensed.length > 0) throw new Stop(`Shipped without its licence: ${unlicensed.join(', ')}`);
  const unpackedFiles = await filesBelow(`${archive}.unpacked`, '.');
  if (unpackedFiles.length !== 1 || !existsSync(join(`${archive}.unpacked`, native)))
    throw new Stop(`Beside the archive only SQLite must stand, not ${unpackedFiles.join(', ')}`);
  const build = JSON.parse(extractFile(archive, 'build.json').toString('utf8'));
  const { version } = JSON.parse(extractFile(archive, 'package.json').toString('utf8'));
  if (build.version !== version)
    throw new Stop(`build.json has version ${build.version}, package.json ${version}`);
  return {
    files: files.length,
    archive: (await stat(archive)).size,
    unpackedFiles,
    total: await bytesOf(folder),
    parts: [
      part(archive, files, 'main and threads', /^out\/main\//),
      part(archive, files, 'window', /^out\/renderer\//),
      part(archive, files, 'preload', /^out\/preload\//),
      part(archive, files, 'SQLite', /^node_modules\//),
    ],
  };
}
