/** Only the user who runs Crema can read its data folder. On Windows such folders are private by default. */
import { chmodSync, lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { chmod, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Readable by every thread of this process. */
const shared = 'crema.private';
interface Rights {
  readonly folder: string | null;
  /** Mode of a new file under the original umask of this process. */
  readonly usual: number;
}

const hasModes = process.platform !== 'win32';
const ofOthers = 0o077;
const sticky = 0o1000;

/** Names that Crema itself creates. Other programs may use the same folder. */
const ownNames =
  /^(?:audit|captures|crashes|crema|fetched|fetched-copies|home|journal|logs|packages|photos|sequences|settings|sites|support)(?:\.|$)/;

/** Makes all new files of this process private. Call this before the first file is made. */
export function makeFilesPrivate(): void {
  if (!hasModes) return;
  const usual = 0o666 & ~process.umask(ofOthers);
  setEnvironmentData(shared, { folder: null, usual } satisfies Rights);
}

/**
 * Removes the rights of other users from the folder and from Crema's
 * files in it, including those of earlier versions.
 */
export function makeFolderPrivate(path: string): void {
  if (!hasModes) return;
  const folder = realpathSync(path);
  const rights = rightsOf();
  if (rights !== null) setEnvironmentData(shared, { ...rights, folder });
  const found = statSync(folder);
  // The folder was private already, so other users could not reach its files.
  if ((found.mode & ofOthers) === 0) return;
  for (const name of readdirSync(folder)) if (ownNames.test(name)) tighten(join(folder, name));
  // The data folder is `/tmp` or a home folder, which others need.
  if ((found.mode & sticky) === 0 && folder !== homedir()) narrow(folder, found);
}

function tighten(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return;
  narrow(path, found);
  if (found.isDirectory()) for (const name of readdirSync(path)) tighten(join(path, name));
}

function narrow(path: string, { mode, uid }: Stats): void {
  if ((mode & ofOthers) === 0 || uid !== process.getuid?.()) return;
  try {
    chmodSync(path, mode & 0o777 & ~ofOthers);
  } catch {
    // Some file systems have no rights, or do not change them.
  }
}

/** Gives a file saved outside the data folder the usual rights. */
export async function giveUsualRights(file: string): Promise<void> {
  const rights = rightsOf();
  if (rights === null || (rights.folder !== null && isWithin(rights.folder, await realpath(dirname(file)))))
    return;
  // Some file systems have no rights.
  await chmod(file, rights.usual).catch(() => undefined);
}

const isWithin = (folder: string, other: string): boolean => {
  const path = relative(folder, other);
  return path !== '..' && !path.startsWith(`..${sep}`);
};

const rightsOf = (): Rights | null => (getEnvironmentData(shared) as Rights | undefined) ?? null;
