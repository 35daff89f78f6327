import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { at, root } from './paths.mjs';

/**
 * Runs once before the unit tests. Bundles parts that some tests start, as the app bundles them (test/builders/packageWorkers.ts).
 * The parts: the threads of src/main/packages, the file reader process, and the kit for messages between threads and processes.
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
          // Parts for the tests' own processes.
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
