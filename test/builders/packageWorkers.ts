/** The threads of src/main/packages and the process that reads files, bundled as the app bundles them. */
import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Output folder of scripts/lib/unit-setup.mjs. */
    readonly packageWorkers: string;
  }
}

export const packageWorker = (entry: 'worker' | 'hostWorker' | 'fileReader' = 'worker'): string =>
  join(inject('packageWorkers'), `${entry}.mjs`);
