// dependency-cruiser (17.4) reads every file as plain TypeScript: .tsx has to be read as such. It calls through this object.
const swc = require('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') });

/**
 * Who may import whom (docs/architecture.md has the same in words). Every folder of src is listed once; a folder that is not
 * listed may import none of our own. `npm run lint:imports` fails the build on a breach.
 */
const shared = '^src/shared/';
const common = [
  shared,
  '^src/main/(core|lib)/',
  '^src/main/(machines|journal|packages|sites|tools/[^/]+)/api\\.ts$',
];
const table = {
  [shared]: [shared],
  '^src/main/lib/': ['^src/main/lib/', shared],
  '^src/main/core/': ['^src/main/core/', shared],
  '^src/main/desktop/': ['^src/main/desktop/', ...common],
  '^src/main/machines/': ['^src/main/machines/', ...common],
  '^src/main/journal/': ['^src/main/journal/', ...common],
  '^src/main/packages/': ['^src/main/packages/', ...common],
  // Journals of other sites are written in the thread that reads them.
  '^src/main/sites/': ['^src/main/sites/', '^src/main/journal/embed\\.ts$', ...common],
  // A tool runs parts of the other threads in its own.
  '^src/main/tools/': ['^src/main/tools/', '^src/main/[^/]+/embed\\.ts$', ...common],
  '^src/main/[^/]+\\.ts$': ['^src/main/', shared],
  '^src/preload/': ['^src/preload/', '^src/shared/contract/'],
  '^src/renderer/src/bridge/': ['^src/renderer/src/(bridge|store)/', shared],
  '^src/renderer/src/store/': ['^src/renderer/src/store/', shared],
  '^src/renderer/src/locales/': ['^src/renderer/src/locales/', shared],
  '^src/renderer/src/text/': ['^src/renderer/src/(text|locales)/', shared],
  '^src/renderer/src/ui/': ['^src/renderer/src/(ui|text)/', shared],
  '^src/renderer/src/(main|App)\\.tsx$': ['^src/renderer/', shared],
};

/** Packages and Node modules that each folder may use; a folder that is not listed may use any Node module but no electron. */
const packages = {
  [shared]: ['zod', 're2js', 'ipaddr.js', 'diff'],
  // No file, socket, clock or timer: several threads run this.
  '^src/main/core/(connection|state)/': [],
  '^src/main/core/protocol/': ['jsonc-parser', 'node:buffer', 'node:crypto'],
  '^src/main/core/masking/': ['node:buffer', 'node:crypto'],
  '^src/main/core/captures/': ['zod', 'node:buffer', 'node:stream', 'node:zlib'],
  '^src/main/core/lists/': ['csv-parse', 'jsonc-parser'],
  '^src/main/machines/(commands|runs)/': [],
  '^src/main/machines/': ['node:crypto', 'node:net', 'node:os', 'node:worker_threads'],
  '^src/main/journal/': [
    '@photostructure/sqlite',
    'node:buffer',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:worker_threads',
    'node:zlib',
  ],
  '^src/main/packages/': [
    '@fastify/busboy',
    '@xmldom/xmldom',
    'send',
    'yauzl',
    'zod',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:http',
    'node:net',
    'node:path',
    'node:stream',
    'node:stream/consumers',
    'node:stream/promises',
    'node:worker_threads',
    'node:zlib',
  ],
  '^src/main/sites/': [
    '@nats-io/jetstream',
    '@nats-io/transport-node',
    'zod',
    'node:buffer',
    'node:crypto',
    'node:dns/promises',
    'node:fs',
    'node:fs/promises',
    'node:net',
    'node:path',
    'node:tls',
    'node:worker_threads',
    'node:zlib',
  ],
  '^src/main/lib/': [
    '@photostructure/sqlite',
    'atomically',
    'conf',
    'jsonc-parser',
    'zod',
    'node:child_process',
    'node:crypto',
    'node:events',
    'node:fs',
    'node:fs/promises',
    'node:net',
    'node:os',
    'node:path',
    'node:url',
    'node:util',
    'node:worker_threads',
  ],
  '^src/preload/': ['electron'],
};

const inSrc = '^src/';
const escape = (s) => s.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const rooms = Object.entries(table).map(([from, to]) => ({
  name: `room ${from}`,
  severity: 'error',
  from: { path: from },
  to: { path: inSrc, pathNot: to },
}));
const unlisted = {
  name: 'a folder that the table does not list imports nothing of ours',
  severity: 'error',
  from: { path: inSrc, pathNot: [...Object.keys(table), '^src/renderer/src/features/'] },
  to: { path: inSrc },
};
const features = {
  name: 'a feature imports store, bridge, ui, text and shared, never another feature',
  severity: 'error',
  from: { path: '^src/renderer/src/features/([^/]+)/' },
  to: {
    path: inSrc,
    pathNot: ['^src/renderer/src/features/$1/', '^src/renderer/src/(store|bridge|ui|text)/', '^src/shared/'],
  },
};
const outside = Object.entries(packages).map(([from, allowed]) => ({
  name: `packages of ${from}`,
  severity: 'error',
  from: { path: from },
  to: {
    pathNot: [
      inSrc,
      ...allowed.map((p) =>
        p.startsWith('node:') ? `^${escape(p.slice(5))}$` : `^node_modules/${escape(p)}(/|$)`,
      ),
    ],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms,
    features,
    unlisted,
    ...outside,
    {
      name: 'electron lives in desktop/electron, desktop/ipc, preload and the entries',
      severity: 'error',
      from: {
        path: inSrc,
        pathNot: [
          '^src/main/desktop/(electron|ipc)/',
          '^src/main/(index|desktop/start)\\.ts$',
          '^src/preload/',
        ],
      },
      to: { path: '^node_modules/electron/' },
    },
    {
      name: 'no Node in the window',
      severity: 'error',
      from: { path: '^src/(renderer|shared)/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'src never imports test', severity: 'error', from: { path: inSrc }, to: { path: '^test/' } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
