import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { at, root } from './paths.mjs';

/**
 * Runs once before the unit tests. Bundles what some of them start, as the app bundles it (test/builders/packageWorkers.ts): the
 * threads of src/main/packages, the process that reads files, and the kit by which threads and processes talk.
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
          worker: at('src', 'main', 'packages', 'library', 'thread.ts'),
          hostWorker: at('src', 'main', 'packages', 'thread.ts'),
          fileReader: at('src', 'main', 'tools', 'readers', 'thread.ts'),
          // What processes of tests of their own are made of.
          serve: at('src', 'main', 'lib', 'threads', 'serve.ts'),
          callable: at('src', 'main', 'lib', 'threads', 'callable.ts'),
          process: at('src', 'main', 'lib', 'threads', 'process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  project.provide('packageWorkers', folder);
  return () => rm(folder, { recursive: true, force: true });
}
