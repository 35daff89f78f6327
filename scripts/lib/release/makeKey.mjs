import { generateKeyPairSync } from 'node:crypto';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { keyIdOf, keyText } from '../../../src/main/lib/release/keys.ts';
import { readPrivateKey } from '../../../src/main/lib/release/signature.ts';
import { Stop } from '../progress.mjs';

/**
 * Is this path in the project's folder, through links too? A private key there would be committed one day.
 * @param {string} file @param {string} project
 */
async function isInside(file, project) {
  const folder = await realpath(dirname(resolve(file))).catch(() => dirname(resolve(file)));
  const way = relative(await realpath(project), join(folder, basename(file)));
  return !way.startsWith('..') && resolve(way) !== way;
}

/** @param {string} file @param {string} project */
async function refuseInside(file, project) {
  if (await isInside(file, project))
    throw new Stop(`${file} is in the project. Keep the private key outside, so that nobody commits it.`);
}

/**
 * Writes a new private key, readable by its owner alone, and adds its public half to the list.
 * @param {{ file: string, list: string, project: string }} of
 * @returns {Promise<string>} its id
 */
export async function makeKey({ file, list, project }) {
  await refuseInside(file, project);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = keyIdOf(publicKey);
  const { keys } = JSON.parse(await readFile(list, 'utf8'));
  try {
    await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Stop(`${file} exists already. A key is never overwritten.`);
    throw new Stop(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  const added = { keys: [...keys, { id, publicKey: keyText(publicKey) }] };
  await writeFile(list, `${JSON.stringify(added, null, 2)}\n`);
  return id;
}

/**
 * The private key: a PEM text in a variable, or a file outside the project. `null`: neither is given.
 * @param {{ text: string | undefined, file: string | undefined, project: string }} of
 */
export async function privateKeyFrom({ text = '', file, project }) {
  if (file !== undefined) {
    await refuseInside(await realpath(file).catch(() => file), project);
    const pem = await readFile(file, 'utf8').catch(() => null);
    if (pem === null) throw new Stop(`${file} could not be read.`);
    return readable(pem, file);
  }
  return text.trim() === '' ? null : readable(text, 'CREMA_RELEASE_KEY');
}

/** @param {string} pem @param {string} from */
function readable(pem, from) {
  const key = readPrivateKey(pem);
  if (key === null) throw new Stop(`${from} is not a private Ed25519 key in PEM form without a passphrase.`);
  return key;
}
