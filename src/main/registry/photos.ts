/** Photos of machines: one JPEG each in a folder of their own, made by the window and checked here before it is kept. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { photoLimits } from '#shared/limits';
import { jpegSize } from './jpeg';

/** Whether it is what the window makes of a picture. */
export function isPhoto(bytes: Uint8Array): boolean {
  if (bytes.length > photoLimits.bytes) return false;
  const size = jpegSize(bytes);
  if (size === null || size.width < 1 || size.height < 1) return false;
  return Math.max(size.width, size.height) <= photoLimits.pixels;
}

/** The name of its file. @throws Error where the disk refuses */
export function keepPhoto(directory: string, vmcNo: number, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const name = `${vmcNo}-${hash}.jpg`;
  mkdirSync(directory, { recursive: true });
  // A half of it under its name would be shown for good.
  const begun = join(directory, `${name}.new`);
  writeFileSync(begun, bytes);
  renameSync(begun, join(directory, name));
  return name;
}

/** One that can't be removed costs its room on the disk and nothing else. */
export function removePhoto(directory: string, name: string): void {
  try {
    rmSync(join(directory, name), { force: true });
  } catch {
    // It is shown nowhere any more.
  }
}
