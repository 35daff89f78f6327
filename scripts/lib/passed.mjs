import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { at } from './paths.mjs';

/** Hashes of what has passed a check: the same content need not be checked again. @param {string} name of the check */
const fileOf = (name) => at('.cache', 'passed', `${name}.json`);

/** @param {string} name @returns {Promise<ReadonlySet<string>>} */
export async function passedBefore(name) {
  try {
    return new Set(JSON.parse(await readFile(fileOf(name), 'utf8')));
  } catch {
    return new Set();
  }
}

/** Replaces the earlier hashes. @param {string} name @param {Iterable<string>} hashes */
export async function keepPassed(name, hashes) {
  const file = fileOf(name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify([...new Set(hashes)]));
  await rename(`${file}.${process.pid}`, file);
}
