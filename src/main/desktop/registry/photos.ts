/** Machine photos: one JPEG each in a folder. The window creates them; they are checked here before they are stored. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTask } from 'node:timers/promises';
import { photoLimits } from '#shared/limits';
import type { FileDamage } from '#shared/model/fileDamage';
import { photoName } from '#shared/model/machineSettings';
import { readShort } from '../../lib/files/readRegular';
import { removeLink } from '../../lib/files/removeLink';

/** Whether the bytes have the form of the window's photos. */
export function isPhoto(bytes: Uint8Array): boolean {
  if (bytes.length > photoLimits.bytes) return false;
  const size = jpegSize(bytes);
  if (size === null || size.width < 1 || size.height < 1) return false;
  return Math.max(size.width, size.height) <= photoLimits.pixels;
}

/** Returns the name of the photo's file. @throws Error if the disk refuses */
export function keepPhoto(directory: string, vmcNo: number, bytes: Uint8Array): string {
  const name = `${vmcNo}-${hashOf(bytes)}.jpg`;
  mkdirSync(directory, { recursive: true });
  // A partial file under the final name would stay forever.
  const begun = join(directory, `${name}.new`);
  removeLink(begun);
  writeFileSync(begun, bytes);
  renameSync(begun, join(directory, name));
  return name;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** `null`: larger than any photo. Links and pipes of a foreign folder cost neither time nor memory. @throws the error of the disk */
export const readPhoto = (directory: string, name: string): Buffer | null =>
  readShort(join(directory, name), photoLimits.bytes);

/** Checks whether a stored photo matches the hash in its name. */
export async function photoError(
  directory: string,
  name: string,
): Promise<Pick<FileDamage, 'what' | 'detail'> | null> {
  try {
    // One read of a small file, then room for other work.
    await nextTask();
    const bytes = readPhoto(directory, name);
    const isSame = bytes !== null && name.endsWith(`-${hashOf(bytes)}.jpg`);
    return isSame ? null : { what: 'changed', detail: '' };
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { what: isGone ? 'gone' : 'unreadable', detail: isGone ? '' : String(error) };
  }
}

/** Stored photos that match the hashes in their names, by machine. */
export async function soundPhotos(directory: string): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (const name of await readdir(directory).catch(() => []))
    if (photoName.test(name) && (await photoError(directory, name)) === null)
      found.set(Number(name.slice(0, name.indexOf('-'))), name);
  return found;
}

/** A photo that can't be removed only wastes disk space. */
export function removePhoto(directory: string, name: string): void {
  try {
    rmSync(join(directory, name), { force: true });
  } catch {
    // The photo is no longer shown.
  }
}

/** The size of a JPEG picture, read from its markers without decoding. `null`: not a JPEG. */
export function jpegSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const at = (place: number): number => bytes[place] ?? 0;
  const two = (place: number): number => at(place) * 256 + at(place + 1);
  const isWhole = two(0) === 0xff_d8 && two(bytes.length - 2) === 0xff_d9;
  if (!isWhole) return null;
  let place = 2;
  while (place + 4 <= bytes.length && at(place) === 0xff) {
    const marker = at(place + 1);
    const length = two(place + 2);
    // Start of frame; C4, C8 and CC are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return place + 9 <= bytes.length ? { height: two(place + 5), width: two(place + 7) } : null;
    // Picture data without a frame before it, or an invalid length.
    if (marker === 0xda || length < 2) return null;
    place += 2 + length;
  }
  return null;
}
