import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from './paths.mjs';
import { print } from './progress.mjs';

/** Is this process running? @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process runs and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** No set-up takes this long; the process number may belong to another process by now. */
const staleAfter = 20 * 60_000;

/** Has the lock's owner died without removing it? @param {string} file */
async function isAbandoned(file) {
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  const madeAt = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return (owner > 0 && !isAlive(owner)) || Date.now() - madeAt > staleAfter;
}

/** Takes the lock unless another process has it. @param {string} file @returns {Promise<boolean>} */
async function take(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Runs `work` while no other script of this clone is in a `withLock`: two starts at once must not install or build over each
 * other. A lock left by a process that died is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [file]
 * @returns {Promise<T>}
 */
export async function withLock(work, file = at('.cache', 'setup.lock')) {
  await mkdir(dirname(file), { recursive: true });
  let wasAnnounced = false;
  while (!(await take(file))) {
    if (await isAbandoned(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!wasAnnounced) print('set-up: waiting for another start of this folder to finish');
    wasAnnounced = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
