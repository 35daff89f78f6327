/** Scripts of worker threads, bundled for a test as the app bundles them. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** Of the services without a window. */
export const serverThreads = {
  serverThread: 'src/main/server/thread.ts',
  journalWorker: 'src/main/journal/worker.ts',
  packageWorker: 'src/main/upgrade/worker.ts',
  packageHostWorker: 'src/main/upgrade/hostWorker.ts',
  simulatorWorker: 'src/main/simulator/worker.ts',
} as const;

const root = resolve(import.meta.dirname, '../..');

/** Each entry is a path in the project; `<name>.<extension>` in `directory` is its bundle. Below the project, so that the native module is found. */
export async function bundle(
  entries: Readonly<Record<string, string>>,
  extension: 'mjs' | 'js' = 'mjs',
): Promise<{ readonly directory: string; readonly remove: () => void }> {
  mkdirSync(join(root, 'out'), { recursive: true });
  const directory = mkdtempSync(join(root, 'out', 'test-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: true,
      outDir: directory,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
        output: {
          format: 'es',
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `chunks/[name].${extension}`,
        },
      },
    },
  });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
