/** Temporary folders. `useFolder.ts` gives the tests of a file theirs. */
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** For many starts, in memory on Linux: each start waits for the disk several times. */
export const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The path of a new folder, which the caller removes. */
export const newFolder = (parent = tmpdir()): string => mkdtempSync(join(parent, 'crema-test-'));

/**
 * Removes a folder of an app that has ended or was killed. Remaining processes may still write there for a moment.
 * `rm` lists a folder only once, however often it retries.
 */
export async function removed(folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await rm(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await pause(100);
    }
}
