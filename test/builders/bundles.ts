/** The app's scripts as they were built, for the tests and benchmarks that start its threads and programs themselves. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Bundles {
  /** Below the project, so that the native module is found. A test may write there what it likes. */
  readonly directory: string;
  readonly remove: () => void;
}

/** A copy of the app's scripts. */
export function appBundles(): Bundles {
  const directory = mkdtempSync(join(root, 'out', 'test-'));
  cpSync(join(root, 'out', 'main'), directory, { recursive: true });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** The app's scripts, and beside them others that are bundled as it bundles its own: `<name>.js` of a path in the project. */
export async function bundlesWith(scripts: Readonly<Record<string, string>>): Promise<Bundles> {
  const bundles = appBundles();
  // Here, as it takes long to load and most need a copy alone.
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: true,
      outDir: bundles.directory,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(scripts).map(([name, path]) => [name, join(root, path)])),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'test-chunks/[name].js',
        },
      },
    },
  });
  return bundles;
}
