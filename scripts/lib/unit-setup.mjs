import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { at, root } from './paths.mjs';

/**
 * Before the unit tests: the threads of src/main/upgrade, the process that reads files, and the kit that threads and processes talk by, bundled as the app bundles
 * them, once for all who start them (test/builders/packageWorkers.ts). Here, as this process has vite anyway.
 * @param {{ readonly provide: (key: 'packageWorkers', folder: string) => void }} project of vitest
 */
export default async function setup(project) {
  const folder = await mkdtemp(join(tmpdir(), 'crema-workers-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: {
          worker: at('src', 'main', 'upgrade', 'worker.ts'),
          hostWorker: at('src', 'main', 'upgrade', 'hostWorker.ts'),
          fileReader: at('src', 'main', 'readers', 'worker.ts'),
          // What processes of tests of their own are made of.
          serve: at('src', 'main', 'worker', 'serve.ts'),
          callable: at('src', 'main', 'worker', 'callable.ts'),
          process: at('src', 'main', 'worker', 'process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  project.provide('packageWorkers', folder);
  return () => rm(folder, { recursive: true, force: true });
}
