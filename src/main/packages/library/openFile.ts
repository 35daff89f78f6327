/** Opens what is a file, and nothing else. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Refused } from '../host/refused';

/**
 * A pipe or a device might never end. One that nobody writes to would not even open, which nothing can cancel, unless it is told not to wait.
 * @throws Refused, or as the disk says
 */
export async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Refused('noFile');
}
