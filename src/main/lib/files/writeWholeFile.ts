/** Writes a file completely or not at all. */
import { access, constants, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
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
  // Each file and each process needs a different name.
  const part = `${file}.${process.pid}-${(lastPart += 1)}.part`;
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

async function writeDevice(device: string, work: Parameters<Output>[0], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const opening = open(device, constants.O_WRONLY);
  // Opening a pipe waits for a reader, perhaps forever.
  const aborted = new Promise<never>((_, giveUp) => {
    signal.addEventListener('abort', () => giveUp(signal.reason as Error), { once: true });
  });
  const handle = await Promise.race([opening, aborted]).catch((error: unknown) => {
    opening.then((late) => late.close()).catch(() => undefined);
    throw error;
  });
  try {
    await work((chunk) => handle.writeFile(chunk));
  } finally {
    await handle.close();
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
