import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { newFolder, removed } from './folders';

/** The path of a file in the folder; without names, of the folder. */
type Folder = (...names: readonly string[]) => string;

/**
 * A temporary folder of each test, or one of all tests of a file or a `describe`. The first call in a test makes it.
 * It is removed last, after the hooks that close its files. Call this above those hooks. `parent`: where it is made.
 * Concurrent tests would share it: `newFolder` gives each its own.
 */
export function useFolder(of: 'each' | 'all' = 'each', parent?: string): Folder {
  let made: string | null = null;
  const remove = async (): Promise<void> => {
    const folder = made;
    made = null;
    if (folder !== null) await removed(folder);
  };
  if (of === 'all') afterAll(remove);
  return (...names) => {
    if (made === null) {
      if (of === 'each') onTestFinished(remove);
      made = newFolder(parent);
    }
    return join(made, ...names);
  };
}
