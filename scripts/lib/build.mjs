import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawWindowIcon } from './dist/icons.mjs';
import { filesBelow } from './files.mjs';
import { gatherLicences } from './licences.mjs';
import { at, root } from './paths.mjs';
import { step, Stop } from './progress.mjs';
import { runTool } from './run.mjs';

export const sources = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'postcss.config.cjs',
  'scripts/lib/dist/icons.mjs',
  'scripts/lib/licences.mjs',
  'LICENSE',
];
const stamp = at('out', '.built-from');

/**
 * One hash of the names and contents of all build inputs. Times are ignored, because a checkout changes them.
 * @param {string} base @param {readonly string[]} paths
 */
export async function fingerprint(base, paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesBelow(base, path)) {
      const content = await readFile(join(base, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/** Marks the build in out/ as outdated. */
export const forgetBuild = () => rm(stamp, { force: true });

/** Builds the app into out/ unless a build of exactly these sources is there. */
export async function ensureBuild() {
  const now = await fingerprint(root, sources);
  const before = await readFile(stamp, 'utf8').catch(() => '');
  if (now === before && existsSync(at('out', 'main', 'index.js'))) return;
  await step('app', 'building', async () => {
    await forgetBuild();
    const { code, output } = await runTool('electron-vite/bin/electron-vite.js', ['build']);
    if (code !== 0) throw new Stop(`The build failed:\n${output}`);
    await mkdir(at('out'), { recursive: true });
    await gatherLicences();
    await drawWindowIcon(at('out', 'icon.png'));
    await writeFile(stamp, now);
  });
}
