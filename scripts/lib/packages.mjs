import { readFile } from 'node:fs/promises';
import { at } from './paths.mjs';
import { step, Stop } from './progress.mjs';
import { run } from './run.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

/**
 * Runs npm, if possible the same npm that started this script.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], options);
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
}

/**
 * Is what npm says it installed (its own node_modules/.package-lock.json, written last) what the lock file asks for?
 * Packages for other systems are optional and may be absent.
 * @param {Lock} wanted @param {Lock} installed
 */
export function matches(wanted, installed) {
  const names = Object.keys(wanted.packages).filter((name) => name !== '');
  const same = names.every((name) => {
    const want = wanted.packages[name];
    const have = installed.packages[name];
    return have
      ? have.version === want?.version && have.integrity === want?.integrity
      : want?.optional === true;
  });
  return same && Object.keys(installed.packages).every((name) => name in wanted.packages);
}

/** @param {string} file @returns {Promise<Lock>} */
const readLock = async (file) => JSON.parse(await readFile(file, 'utf8'));

async function arePackagesInstalled() {
  try {
    return matches(
      await readLock(at('package-lock.json')),
      await readLock(at('node_modules', '.package-lock.json')),
    );
  } catch {
    return false;
  }
}

/** Installs the npm packages when node_modules is not what package-lock.json asks for. */
export async function ensurePackages() {
  if (await arePackagesInstalled()) return;
  await step('npm packages', 'installing', async () => {
    const ci = ['ci', '--include=dev', '--no-audit', '--no-fund'];
    // The lock file has versions and hashes, so npm's cache is used first. After a failure npm asks the registry.
    if ((await npm([...ci, '--prefer-offline'])).code === 0) return;
    const { code, output } = await npm(ci);
    if (code !== 0) throw new Stop(`npm ci failed:\n${output}`);
  });
}
