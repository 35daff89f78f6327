import { createPublicKey } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { sha256Of } from '../../../src/main/lib/release/check.ts';
import { keyIdOf } from '../../../src/main/lib/release/keys.ts';
import {
  isPlainName,
  isReserved,
  manifestName,
  manifestText,
  sumsName,
  sumsText,
} from '../../../src/main/lib/release/manifest.ts';
import { signatureName, signedBy, signSums } from '../../../src/main/lib/release/signature.ts';
import { oneLine } from '../../../src/shared/visible.ts';
import { Stop } from '../progress.mjs';
import { sectionsOf } from '../release.mjs';
import { foundIn, namesIn } from './folder.mjs';
import { keyFile, noKeyYet } from './words.mjs';

/** @param {string} name @param {string} version @returns {string | null} why this file is none of the release */
function objection(name, version) {
  if (isReserved(name)) return 'a release uses this name for itself';
  if (!isPlainName(name)) return 'letters, digits and ._- only: the code hosting site would change the name';
  if (name.includes('test-build')) return 'a test build is never released';
  if (!name.split(/[-_]/).join('-').includes(`-${version}-`)) return `its name has no version ${version}`;
  return null;
}

/**
 * The text of a version in each changelog that exists.
 * @param {string} version @param {Readonly<Record<'en' | 'zh-CN', string | null>>} changelogs
 */
function notesOf(version, changelogs) {
  /** @type {{ en?: string, 'zh-CN'?: string }} */
  const notes = {};
  for (const language of /** @type {const} */ (['en', 'zh-CN'])) {
    const text = sectionsOf(changelogs[language] ?? '').find((one) => one.version === version)?.text;
    if (text) notes[language] = text;
  }
  return notes;
}

/**
 * Writes manifest, sums and, with a key, the signature. Signatures that were there are removed: they are of other sums.
 * @param {{
 *   folder: string, version: string, minimumVersion: string,
 *   changelogs: Readonly<Record<'en' | 'zh-CN', string | null>>,
 *   privateKey: import('node:crypto').KeyObject | null,
 *   keys: import('../../../src/main/lib/release/keys.ts').ReleaseKeys,
 * }} of
 * @returns {Promise<{ isSigned: boolean, lines: string[] }>}
 */
export async function signFolder({ folder, version, minimumVersion, changelogs, privateKey, keys }) {
  if (semver.valid(minimumVersion) !== minimumVersion || semver.gt(minimumVersion, version))
    throw new Stop(
      `updatesFrom of package.json is ${minimumVersion}: it has to be a version up to ${version}.`,
    );
  const id = privateKey && keyIdOf(createPublicKey(privateKey));
  if (id !== null && !keys.has(id))
    throw new Stop(`Nobody could check the signature: ${keyFile} does not list the key ${id}.`);
  const all = await namesIn(folder);
  const own = all.filter((name) => name === sumsName || name === manifestName || signedBy(name) !== null);
  const names = all.filter((name) => !own.includes(name));
  if (names.length === 0) throw new Stop(`${folder} has no files to release.`);
  const files = [];
  for (const name of names) {
    const found = await foundIn(folder, name);
    const reason = typeof found === 'string' ? 'it is not a regular file' : objection(name, version);
    if (reason !== null || typeof found === 'string')
      throw new Stop(`${oneLine(name)} cannot be released: ${reason}.`);
    if (found.size === 0) throw new Stop(`${name} cannot be released: it is empty.`);
    files.push({ name, ...found });
  }
  for (const name of own) await rm(join(folder, name));
  const notes = notesOf(version, changelogs);
  const manifest = Buffer.from(
    manifestText({ format: 1, product: 'crema', version, minimumVersion, files, notes }),
  );
  const sums = Buffer.from(
    sumsText(
      new Map([
        ...files.map(({ name, sha256 }) => /** @type {const} */ ([name, sha256])),
        [manifestName, sha256Of(manifest)],
      ]),
    ),
  );
  await writeFile(join(folder, manifestName), manifest);
  await writeFile(join(folder, sumsName), sums);
  const lines = [`${sumsName}: ${files.length} files and ${manifestName} of Crema ${version}`];
  if (privateKey === null) {
    const reason = keys.size === 0 ? noKeyYet : 'Give the private key with --key FILE or CREMA_RELEASE_KEY.';
    lines.push(`The files are not signed. ${reason}`);
    return { isSigned: false, lines };
  }
  const signed = signSums(sums, privateKey);
  await writeFile(join(folder, signatureName(signed.id)), signed.signature);
  lines.push(`Signed with the key ${signed.id}: ${signatureName(signed.id)}`);
  return { isSigned: true, lines };
}
