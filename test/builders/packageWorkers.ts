/** The threads of src/main/packages and the process that reads files, bundled as the app bundles them. */
import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that scripts/lib/unit-setup.mjs bundled them into. */
    readonly packageWorkers: string;
  }
}

export const packageWorker = (entry: 'worker' | 'hostWorker' | 'fileReader' = 'worker'): string =>
  join(inject('packageWorkers'), `${entry}.mjs`);
