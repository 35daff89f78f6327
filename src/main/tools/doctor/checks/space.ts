import { statfs } from 'node:fs/promises';
import { finding, type DoctorResult } from '#shared/doctor';
import type { Computer } from '../computer';
import { nearestExisting } from './folder';

const megabyte = 1_000_000;
/** MB. Below `none`, recording may stop soon; below the second limit, warn the user. */
const none = 200;
const little = 2_000;

/** Bytes that this user can still write in the folder. */
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
