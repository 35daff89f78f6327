import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readKeys } from '../../../src/main/lib/release/keys.ts';
import { at, root } from '../paths.mjs';
import { print, Stop } from '../progress.mjs';
import { makeKey, privateKeyFrom } from './makeKey.mjs';
import { signFolder } from './sign.mjs';
import { verifyFolder } from './verify.mjs';
import { faultWords, keyFile } from './words.mjs';

export const usage = [
  'npm run release -- X.Y.Z [--dry-run | --notes]',
  'npm run release -- --sign FOLDER [--key FILE] [--require-signature]',
  'npm run release -- --verify FOLDER',
  'npm run release -- --make-key [FILE]',
].join('\n');

/** @param {string} name */
const textOf = (name) => readFile(at(name), 'utf8').catch(() => null);

async function ownKeys() {
  const read = readKeys((await textOf(keyFile)) ?? '');
  if (!read.ok) throw new Stop(faultWords(read.fault));
  return read.keys;
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        sign: { type: 'boolean' },
        verify: { type: 'boolean' },
        'make-key': { type: 'boolean' },
        key: { type: 'string' },
        'require-signature': { type: 'boolean' },
      },
    });
  } catch {
    throw new Stop(usage, 2);
  }
}

/** The commands about files of a release. @param {string[]} args @returns {Promise<number>} */
export async function runOnFiles(args) {
  const { values, positionals } = parsed(args);
  const [given, ...more] = positionals;
  const commands = [values.sign, values.verify, values['make-key']].filter(Boolean).length;
  const isOfSign = values.key !== undefined || values['require-signature'] === true;
  if (commands !== 1 || more.length > 0 || (isOfSign && !values.sign)) throw new Stop(usage, 2);
  if (values['make-key']) {
    await ownKeys();
    const file = resolve(given ?? join(homedir(), 'crema-release-key.pem'));
    const id = await makeKey({ file, list: at(keyFile), project: root });
    print(`Private key ${id}: ${file}. Store it as the secret CREMA_RELEASE_KEY, and keep a copy offline.`);
    print(`Public key: added to ${keyFile}. Commit that file.`);
    return 0;
  }
  if (given === undefined) throw new Stop(usage, 2);
  const folder = resolve(given);
  if (values.verify) {
    const { isVerified, lines } = await verifyFolder(folder, await ownKeys());
    for (const line of lines) print(line);
    print(isVerified ? 'Verified.' : 'NOT verified.');
    return isVerified ? 0 : 1;
  }
  const { version, updatesFrom } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  const { isSigned, lines } = await signFolder({
    folder,
    version,
    minimumVersion: String(updatesFrom),
    changelogs: { en: await textOf('CHANGELOG.md'), 'zh-CN': await textOf('CHANGELOG.zh-CN.md') },
    privateKey: await privateKeyFrom({
      text: process.env['CREMA_RELEASE_KEY'],
      file: values.key,
      project: root,
    }),
    keys: await ownKeys(),
  });
  for (const line of lines) print(line);
  return isSigned || !values['require-signature'] ? 0 : 1;
}
