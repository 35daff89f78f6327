import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { Stop } from '../progress.mjs';
import { configOf } from './config.mjs';
import { checkContents } from './contents.mjs';
import { buildDeb } from './deb.mjs';
import { checkFuses } from './fuses.mjs';
import { drawIcons } from './icons.mjs';
import { buildInfo } from './product.mjs';

/**
 * @typedef {import('./config.mjs').System} System
 * @typedef {import('./config.mjs').Arch} Arch
 * @typedef {import('./product.mjs').Product} Product
 * @typedef {{ system: System, arch: Arch, targets: readonly string[], product: Product, electron: { version: string, folder?: string } }} Wish
 * @typedef {{ folder: string, executable: string, resources: string }} Unpacked
 * @typedef {{ unpacked: Unpacked, fuses: Record<string, string>, contents: import('./contents.mjs').Contents, packages: readonly string[] }} Packed
 */

const output = at('dist');
const work = at('.cache', 'dist');

/**
 * Where electron-builder leaves the unpacked app.
 * @param {System} system @param {Arch} arch @param {Product} product @param {string} [folder]
 * @returns {Unpacked}
 */
export function unpackedIn(system, arch, { name, productName }, folder = output) {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (system === 'mac') {
    const app = join(folder, `mac${suffix}`, `${productName}.app`);
    return {
      folder: app,
      executable: join(app, 'Contents', 'MacOS', productName),
      resources: join(app, 'Contents', 'Resources'),
    };
  }
  const unpacked = join(folder, `${system}${suffix}-unpacked`);
  const executable = join(unpacked, system === 'win' ? `${productName}.exe` : name);
  return { folder: unpacked, executable, resources: join(unpacked, 'resources') };
}

/** Files of `folder` that are newer than `since`. @param {string} folder @param {number} since */
async function newerFiles(folder, since) {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(?:ya?ml|blockmap)$/.test(entry.name));
  const times = await Promise.all(
    files.map(async ({ name }) => ({
      file: join(folder, name),
      at: (await stat(join(folder, name))).mtimeMs,
    })),
  );
  return times.filter((one) => one.at >= since).map(({ file }) => file);
}

/**
 * Packs the built app for one system and architecture, and checks the result.
 * @param {Wish} wish
 * @returns {Promise<Packed>}
 */
export async function pack(wish) {
  const { system, arch, targets, product, electron } = wish;
  await mkdir(work, { recursive: true });
  const icons = join(work, 'icons');
  await drawIcons(icons);
  const info = await buildInfo(product.kind, product.version, electron.version);
  await writeFile(join(work, 'build.json'), `${JSON.stringify(info, null, 2)}\n`);
  // deb is made of the unpacked app, by a tool that is an npm package alone.
  const others = targets.filter((target) => target !== 'deb');
  const config = {
    ...configOf({ ...wish, targets: others.length > 0 ? others : ['dir'], work, output }),
    // Electron's own app, which shows a page when there is no other.
    afterPack: (/** @type {import('electron-builder').AfterPackContext} */ context) =>
      rm(join(context.packager.getResourcesDir(context.appOutDir), 'default_app.asar'), { force: true }),
  };
  const { build, Platform, Arch: archs } = await import('electron-builder');
  const unpacked = unpackedIn(system, arch, product);
  const since = Date.now();
  await build({
    targets: { linux: Platform.LINUX, win: Platform.WINDOWS, mac: Platform.MAC }[system].createTarget(
      others.length > 0 ? [...others] : 'dir',
      archs[arch],
    ),
    config,
    projectDir: at(),
    publish: 'never',
  });
  if (!existsSync(unpacked.executable)) throw new Stop(`There is no ${unpacked.executable} after packing.`);
  const fuses = await checkFuses(unpacked.executable);
  const contents = await checkContents(unpacked, { system, arch });
  const packages =
    others.length > 0 && !others.every((one) => one === 'dir') ? await newerFiles(output, since) : [];
  if (targets.includes('deb'))
    packages.push(await buildDeb({ unpacked, arch, product, icons, output, work }));
  return { unpacked, fuses, contents, packages };
}
