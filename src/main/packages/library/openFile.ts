/** Opens regular files only. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Refused } from '../host/refused';

/**
 * A pipe or a device might never end. Opening a pipe without a writer would
 * block forever unless it is opened without waiting.
 * @throws Refused, or the error of the disk
 */
export async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Refused('noFile');
}
