import { statfs } from 'node:fs/promises';
import { finding, type DoctorResult } from '#shared/doctor';
import type { Computer } from '../computer';
import { nearestExisting } from './folder';

const megabyte = 1_000_000;
/** In MB: below it records may soon stop, below it a person should know. */
const none = 200;
const little = 2_000;

/** Bytes that this user may still write where the folder is. */
const freeAt = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(await nearestExisting(folder));
  return bavail * bsize;
};

export async function space(
  { folder }: Pick<Computer, 'folder'>,
  freeBytes: (folder: string) => Promise<number> = freeAt,
): Promise<readonly DoctorResult[]> {
  const free = Math.floor((await freeBytes(folder)) / megabyte);
  const code = free < none ? 'none' : free < little ? 'little' : 'enough';
  return [finding('space', code, { free })];
}
