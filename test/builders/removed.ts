import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

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
