import { readFile } from 'node:fs/promises';
import { at } from '../paths.mjs';
import { run } from '../run.mjs';

/**
 * @typedef {'release' | 'test'} Kind
 * @typedef {{ name: string, productName: string, appId: string, kind: Kind, version: string }} Product
 * @typedef {{ kind: Kind, version: string, commit: string, changed: boolean, committedAt: string, electron: string }} BuildInfo
 */

/**
 * Names of the product. A test build is installed beside a release and has its own data folder.
 * A newer Chromium must not read files of an older one.
 * @param {Kind} kind @param {string} version
 * @returns {Product}
 */
export const productOf = (kind, version) =>
  kind === 'release'
    ? { kind, version, name: 'crema', productName: 'Crema', appId: 'app.crema.console' }
    : {
        kind,
        version,
        name: 'crema-test-build',
        productName: 'Crema Test Build',
        appId: 'app.crema.console.test',
      };

/** @returns {Promise<string>} */
export const ownVersion = async () => String(JSON.parse(await readFile(at('package.json'), 'utf8')).version);

/**
 * The package's information about itself, read by main (src/main/lib/launch/buildInfo.ts).
 * The time is that of the commit: the same sources give the same build.
 * @param {Kind} kind @param {string} version @param {string} electron
 * @returns {Promise<BuildInfo>}
 */
export async function buildInfo(kind, version, electron) {
  const head = await run('git', ['rev-parse', 'HEAD']);
  const committed = await run('git', ['log', '-1', '--format=%cI']);
  const status = await run('git', ['status', '--porcelain', '--untracked-files=no']);
  const isKnown = head.code === 0 && status.code === 0;
  return {
    kind,
    version,
    commit: isKnown ? head.output.trim() : '',
    committedAt: isKnown ? committed.output.trim() : '',
    changed: isKnown && status.output.trim() !== '',
    electron,
  };
}
