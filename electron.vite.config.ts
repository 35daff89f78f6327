import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/** Both are taken together, and away, by scripts/lib/licences.mjs. */
const license = { fileName: 'licences.json' };
/** Names every file of a package that is in a bundle: what the licences are held to. */
const bundled = (): Plugin => ({
  name: 'crema:bundled',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
    const files = modules.filter((id) => id.includes('node_modules') || id.startsWith('\0'));
    this.emitFile({ type: 'asset', fileName: 'bundled.json', source: JSON.stringify(files) });
  },
});

// Targets are those of the oldest runtime this is developed and tested on, not of the newest Electron.
export default defineConfig({
  main: {
    plugins: [bundled()],
    // conf loads ajv for schemas, of which Crema gives it none.
    resolve: {
      alias: {
        'ajv/dist/2020.js': at('scripts/lib/no-ajv.mjs'),
        'ajv-formats': at('scripts/lib/no-ajv.mjs'),
      },
    },
    build: {
      target: 'node20',
      license,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          serverThread: at('src/main/machines/thread.ts'),
          journalWorker: at('src/main/journal/thread.ts'),
          packageWorker: at('src/main/packages/library/thread.ts'),
          packageHostWorker: at('src/main/packages/thread.ts'),
          jobWorker: at('src/main/tools/captures/thread.ts'),
          fileReader: at('src/main/tools/readers/thread.ts'),
          doctorWorker: at('src/main/tools/doctor/thread.ts'),
          supportWorker: at('src/main/tools/support/thread.ts'),
          replayWorker: at('src/main/tools/replay/thread.ts'),
          serve: at('src/main/serve.ts'),
          journalCli: at('src/main/tools/captures/cli.ts'),
          sitesWorker: at('src/main/sites/thread.ts'),
          sitesFoldWorker: at('src/main/sites/fold/thread.ts'),
          simulatorWorker: at('src/main/tools/simulator/thread.ts'),
        },
        // Native: loaded from node_modules, never bundled.
        external: ['@photostructure/sqlite'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    plugins: [bundled()],
    build: {
      target: 'node20',
      license,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload script must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react({ jsxImportSource: '#text' }), bundled()],
    build: {
      target: 'chrome130',
      license,
      minify: true,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
