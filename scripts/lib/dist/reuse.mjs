import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fingerprint, sources } from '../build.mjs';
import { root } from '../paths.mjs';
import { unpackedIn } from './pack.mjs';

/** @typedef {Omit<import('./pack.mjs').Wish, 'targets'>} Made */

/** @param {Made} made */
const stampOf = ({ system, arch, product }) => `${unpackedIn(system, arch, product).folder}.made-from`;

/** @param {Made} made */
const sourcesOf = async ({ product, electron }) =>
  `${await fingerprint(root, [...sources, 'scripts/lib/dist'])} ${product.kind} ${electron.version}`;

/** Is there an unpacked app made of exactly these sources? @param {Made} made */
export async function isFresh(made) {
  const before = await readFile(stampOf(made), 'utf8').catch(() => '');
  const { executable } = unpackedIn(made.system, made.arch, made.product);
  return existsSync(executable) && before === (await sourcesOf(made));
}

/** @param {Made} made */
export const markFresh = async (made) => writeFile(stampOf(made), await sourcesOf(made));

/** Call it before the package is built again. @param {Made} made */
export const forgetMade = (made) => rm(stampOf(made), { force: true });
