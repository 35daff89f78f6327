import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

// Targets are those of the oldest runtime this is developed and tested on, not of the newest Electron.
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          serverThread: at('src/main/server/thread.ts'),
          journalWorker: at('src/main/journal/worker.ts'),
          packageWorker: at('src/main/upgrade/worker.ts'),
          packageHostWorker: at('src/main/upgrade/hostWorker.ts'),
          jobWorker: at('src/main/jobs/worker.ts'),
          doctorWorker: at('src/main/doctor/worker.ts'),
          supportWorker: at('src/main/support/worker.ts'),
          serve: at('src/main/serve.ts'),
          journalCli: at('src/main/jobs/cli.ts'),
          simulatorWorker: at('src/main/simulator/worker.ts'),
        },
        // Native: loaded from node_modules, never bundled.
        external: ['@photostructure/sqlite'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
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
    plugins: [react({ jsxImportSource: '#text' })],
    build: {
      target: 'chrome130',
      minify: true,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
