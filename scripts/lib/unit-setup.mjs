import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { at, root } from './paths.mjs';

/**
 * Before the unit tests: the threads of src/main/upgrade, and the kit that threads and processes talk by, bundled as the app bundles
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
        input: [
          ...['worker', 'hostWorker'].map((name) => at('src', 'main', 'upgrade', `${name}.ts`)),
          // What processes of tests of their own are made of.
          ...['serve', 'callable', 'process'].map((name) => at('src', 'main', 'worker', `${name}.ts`)),
        ],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  project.provide('packageWorkers', folder);
  return () => rm(folder, { recursive: true, force: true });
}
