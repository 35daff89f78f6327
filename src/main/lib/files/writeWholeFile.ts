/** Writes a file completely or not at all. */
import {
  access,
  constants,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { orAbort } from '../threads/orAbort';
import { giveUsualRights } from './privateFolder';

/** Writes a chunk; resolves when the next one may follow. */
type Write = (chunk: Uint8Array) => Promise<void>;

/** Calls `work` with a function that writes the chunks. */
export type Output = (work: (write: Write) => Promise<void>) => Promise<void>;

let lastPart = 0;
/**
 * Writes a temporary file next to the target and renames it when it is complete. An
 * existing file stays until then. A device or a pipe is written directly.
 */
export async function writeWholeFile(
  target: string,
  work: Parameters<Output>[0],
  signal: AbortSignal,
): Promise<void> {
  const found = await stat(target).catch(nullIfMissing);
  if (found !== null && !found.isFile()) {
    await writeDevice(target, work, signal);
    return;
  }
  const file = found === null ? await placeOf(target) : await realpath(target);
  // A write-protected file is not replaced, even if its folder allows it.
  if (found !== null) await access(target, constants.W_OK);
  await removeLeftParts(dirname(file));
  // Each file and each process needs a different name.
  const part = `${file}.crema-${process.pid}-${(lastPart += 1)}.part`;
  try {
    // No stream: every chunk must be on disk before the file is renamed.
    const handle = await open(part, 'w');
    try {
      if (found !== null) await handle.chmod(found.mode & 0o777);
      await work((chunk) => handle.writeFile(chunk));
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (found === null) await giveUsualRights(part);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    // The message names the requested file instead of the temporary one.
    if (error instanceof Error && error.message.includes(part))
      error.message = error.message.replaceAll(part, target);
    throw error;
  }
}

/** ms without a change. A computer that shares the folder may write a part; its processes are unknown here. */
const leftAfter = 60_000;

/** Removes the parts of killed processes. The folder is a person's own: other files, links and folders stay. */
async function removeLeftParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const pid = /\.crema-(\d{1,10})-\d+\.part$/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const part = join(folder, name);
    const facts = await lstat(part).catch(() => null);
    if (facts?.isFile() === true && Date.now() - facts.mtimeMs > leftAfter)
      await rm(part, { force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user also exists.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function writeDevice(device: string, work: Parameters<Output>[0], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // Opening a pipe waits for a reader. A write waits for a reader that pauses, perhaps forever.
  const opening = open(device, constants.O_WRONLY);
  const handle = await orAbort(opening, signal).catch((error: unknown) => {
    opening.then((late) => late.close()).catch(() => undefined);
    throw error;
  });
  try {
    await work((chunk) => orAbort(handle.writeFile(chunk), signal));
  } finally {
    const closing = handle.close();
    // The handle closes after its pending write.
    if (signal.aborted) closing.catch(() => undefined);
    else await closing;
  }
}

/** The path of a file that does not exist yet, with symbolic links resolved. */
async function placeOf(target: string): Promise<string> {
  const link = await readlink(target).catch(() => null);
  return link === null ? target : placeOf(resolve(await realpath(dirname(target)), link));
}

/** @throws EEXIST if the file is one of the journal's files, also under another name. */
export const refuseJournalFile = (journal: string, file: string): Promise<void> =>
  refuseOwnFile(
    ['', '-wal', '-shm'].map((suffix) => journal + suffix),
    file,
    'choose a file other than the journal',
  );

/** @throws EEXIST if the file is one of them, also under another name. */
export async function refuseOwnFile(own: readonly string[], file: string, why: string): Promise<void> {
  for (const one of own) if (await isSame(one, file)) throw Object.assign(new Error(why), { code: 'EEXIST' });
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [a, b].map((file) => stat(file, { bigint: true }).catch(nullIfMissing)),
  );
  if (one == null || other == null) return resolve(a) === resolve(b);
  return one.dev === other.dev && one.ino === other.ino;
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
