import { checkRelease, readTexts, stateOf } from '../../../src/main/lib/release/check.ts';
import { isReserved, manifestName, mostBytes, sumsName } from '../../../src/main/lib/release/manifest.ts';
import { signedBy } from '../../../src/main/lib/release/signature.ts';
import { oneLine } from '../../../src/shared/visible.ts';
import { foundIn, namesIn, smallFile } from './folder.mjs';
import { faultWords, stateWords } from './words.mjs';

/** @param {string} folder @param {readonly string[]} names */
async function signaturesIn(folder, names) {
  /** @type {Map<string, Buffer>} */
  const signatures = new Map();
  for (const name of names) {
    const id = signedBy(name);
    // A longer file is cut nowhere: it counts as an empty, wrong signature.
    if (id !== null)
      signatures.set(id, (await smallFile(folder, name, mostBytes.signature)) ?? Buffer.alloc(0));
  }
  return signatures;
}

/**
 * Checks a folder: the signature, then size and sum of each file, then what else is there.
 * Without a key in the list the files are still compared with the sums, but the result is not "verified".
 * @param {string} folder @param {import('../../../src/main/lib/release/keys.ts').ReleaseKeys} keys
 * @returns {Promise<{ isVerified: boolean, lines: string[] }>}
 */
export async function verifyFolder(folder, keys) {
  const names = await namesIn(folder);
  const sums = await smallFile(folder, sumsName, mostBytes.sums);
  const manifest = await smallFile(folder, manifestName, mostBytes.manifest);
  if (sums === null || manifest === null) {
    const absent = sums === null ? sumsName : manifestName;
    return { isVerified: false, lines: [`${absent}: missing, or not a file of its size.`] };
  }
  const texts = { sums, manifest, signatures: await signaturesIn(folder, names) };
  const checked = checkRelease(texts, keys);
  const lines = [
    checked.ok ? `Signature: correct, by the key ${checked.id}` : `Signature: ${faultWords(checked.fault)}`,
  ];
  // Nothing that a wrong or unknown key signed is read. Unsigned sums still find a broken download.
  const isUnsigned = !checked.ok && (checked.fault.is === 'noKeys' || checked.fault.is === 'unsigned');
  const read = isUnsigned ? readTexts(texts) : checked;
  if (!read.ok) {
    if (isUnsigned) lines.push(faultWords(read.fault));
    return { isVerified: false, lines };
  }
  const { version, minimumVersion, files } = read.release;
  lines.push(`Crema ${version}, for updates from ${minimumVersion} on`);
  let isVerified = checked.ok;
  for (const file of files) {
    const state = stateOf(file, await foundIn(folder, file.name));
    if (state !== 'same') isVerified = false;
    lines.push(`${file.name}: ${stateWords[state]}`);
  }
  const listed = new Set(files.map(({ name }) => name));
  for (const name of names) {
    if (listed.has(name) || name === sumsName || name === manifestName || signedBy(name) !== null) continue;
    isVerified = false;
    lines.push(
      `${oneLine(name)}: ${isReserved(name) ? 'not a name of a release' : 'not part of the release'}`,
    );
  }
  return { isVerified, lines };
}
