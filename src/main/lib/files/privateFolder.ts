/** Only the user who runs Crema can read its data folder. Windows keeps such folders for each user by itself. */
import { chmodSync, lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { chmod, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Readable by every thread of this process. */
const shared = 'crema.private';
interface Rights {
  readonly folder: string | null;
  /** Mode of a new file by the umask that this process was started with. */
  readonly usual: number;
}

const hasModes = process.platform !== 'win32';
const ofOthers = 0o077;
const sticky = 0o1000;

/** What Crema itself puts into the folder: the folder may be one that other programs use too. */
const ownNames =
  /^(?:audit|captures|crashes|crema|fetched|fetched-copies|home|journal|logs|packages|photos|sequences|settings|support)(?:\.|$)/;

/** From now on, only the user of this process can read the files that it makes. Before the first file is made. */
export function makeFilesPrivate(): void {
  if (!hasModes) return;
  const usual = 0o666 & ~process.umask(ofOthers);
  setEnvironmentData(shared, { folder: null, usual } satisfies Rights);
}

/** Takes away the rights that others have to the folder, and to what an earlier Crema has left in it. */
export function makeFolderPrivate(path: string): void {
  if (!hasModes) return;
  const folder = realpathSync(path);
  const rights = rightsOf();
  if (rights !== null) setEnvironmentData(shared, { ...rights, folder });
  const found = statSync(folder);
  // Nobody else has reached the files of a folder that was private already.
  if ((found.mode & ofOthers) === 0) return;
  for (const name of readdirSync(folder)) if (ownNames.test(name)) tighten(join(folder, name));
  // `/tmp` or a home folder was named as the data folder: others need it.
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

/** Gives a file that a person saved outside of the data folder the rights that files usually have there. */
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
