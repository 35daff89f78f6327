// dependency-cruiser (17.4) reads every file as plain TypeScript: .tsx has to be read as such. It calls through this object.
const swc = require('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') });

/**
 * Who may import whom (docs/architecture.md has the same table in words). Every folder of src is listed once; a folder that
 * is not listed may import none of our own. `npm run lint:imports` fails the build on a breach.
 */
const table = {
  '^src/shared/': ['^src/shared/'],
  '^src/main/protocol/': ['^src/main/protocol/', '^src/shared/'],
  '^src/main/session/': ['^src/main/session/', '^src/main/protocol/', '^src/shared/'],
  '^src/main/link/': ['^src/main/link/', '^src/main/protocol/', '^src/main/session/', '^src/shared/'],
  '^src/main/worker/': ['^src/main/worker/', '^src/main/log/terminal\\.ts$'],
  '^src/main/simulator/': [
    '^src/main/(simulator|worker)/',
    '^src/main/protocol/',
    '^src/main/log/terminal\\.ts$',
    '^src/shared/',
  ],
  '^src/main/journal/(worker\\.ts$|client/|store/|salvage/|index/|queries/)': [
    '^src/main/journal/(client|store|salvage|index|queries)/',
    '^src/main/(files|worker)/',
    '^src/main/protocol/(text|utf8|json|scan)\\.ts$',
    '^src/shared/',
  ],
  '^src/main/journal/files/': [
    '^src/main/journal/files/',
    '^src/main/session/connection/',
    '^src/main/protocol/',
    '^src/shared/',
  ],
  '^src/main/files/': ['^src/main/files/'],
  '^src/main/log/': ['^src/main/log/', '^src/shared/'],
  '^src/main/crashes/': ['^src/main/crashes/', '^src/shared/'],
  '^src/main/lists/': ['^src/main/lists/', '^src/shared/'],
  '^src/main/readers/': ['^src/main/(readers|fetched|lists|registry|worker)/', '^src/shared/'],
  '^src/main/registry/': ['^src/main/registry/', '^src/shared/'],
  '^src/main/fetched/': ['^src/main/(fetched|files)/', '^src/shared/'],
  '^src/main/audit/': [
    '^src/main/audit/',
    '^src/main/journal/files/(types|out/exportCsv)\\.ts$',
    '^src/shared/',
  ],
  '^src/main/settings/': ['^src/main/(settings|files)/', '^src/shared/'],
  '^src/main/ipc/': ['^src/main/ipc/', '^src/shared/'],
  '^src/main/app/': [
    '^src/main/app/',
    '^src/main/(files|worker)/',
    '^src/main/log/terminal\\.ts$',
    '^src/shared/',
  ],
  '^src/main/upgrade/': [
    '^src/main/(upgrade|files|worker)/',
    // What recipes hold is shown as of a file that a machine sent.
    '^src/main/fetched/(content|path)\\.ts$',
    '^src/main/link/(listener|room)\\.ts$',
    '^src/main/protocol/sign\\.ts$',
    '^src/shared/',
  ],
  '^src/main/replay/': ['^src/main/(replay|journal|session|protocol|worker)/', '^src/shared/'],
  '^src/main/jobs/': [
    '^src/main/(files|jobs|replay|journal|session|protocol|worker)/',
    '^src/main/server/calls\\.ts$',
    '^src/shared/',
  ],
  '^src/main/doctor/': [
    '^src/main/(doctor|session|protocol|link|upgrade|settings|worker)/',
    '^src/main/journal/store/(isDamage|schema)\\.ts$',
    '^src/main/app/(buildInfo|switches)\\.ts$',
    '^src/main/log/terminal\\.ts$',
    '^src/shared/',
  ],
  '^src/main/support/': [
    '^src/main/(support|doctor|journal|session|protocol|worker)/',
    '^src/main/jobs/writeWholeFile\\.ts$',
    '^src/main/log/cleared\\.ts$',
    '^src/shared/',
  ],
  '^src/main/server/': [
    '^src/main/(server|session|protocol|link|journal|upgrade|worker)/',
    '^src/main/replay/(calls|link)\\.ts$',
    '^src/shared/',
  ],
  '^src/main/services/': ['^src/main/', '^src/shared/'],
  '^src/main/[^/]+\\.ts$': ['^src/main/', '^src/shared/'],
  '^src/preload/': ['^src/preload/', '^src/shared/contract/'],
  '^src/renderer/src/bridge/': ['^src/renderer/src/(bridge|store)/', '^src/shared/'],
  '^src/renderer/src/store/': ['^src/renderer/src/store/', '^src/shared/'],
  '^src/renderer/src/locales/': ['^src/renderer/src/locales/', '^src/shared/'],
  '^src/renderer/src/text/': ['^src/renderer/src/(text|locales)/', '^src/shared/'],
  '^src/renderer/src/ui/': ['^src/renderer/src/(ui|text)/', '^src/shared/'],
  '^src/renderer/src/(main|App)\\.tsx$': ['^src/renderer/', '^src/shared/'],
};

/** Packages and Node modules each room may use; rooms not listed may use any Node module but no electron. */
const packages = {
  '^src/shared/': ['zod', 're2js'],
  '^src/main/protocol/': ['jsonc-parser', 'node:buffer', 'node:crypto'],
  '^src/main/session/': [],
  '^src/main/link/': ['node:net', 'node:os', 'node:fs/promises', 'node:child_process', 'node:util'],
  '^src/main/simulator/': [
    'node:crypto',
    'node:net',
    'node:http',
    'node:stream/consumers',
    'node:worker_threads',
    'node:util',
    'yazl',
    'zod',
  ],
  '^src/main/worker/': [
    'node:child_process',
    'node:events',
    'node:fs',
    'node:os',
    'node:path',
    'node:worker_threads',
  ],
  '^src/main/journal/(worker\\.ts$|client/|store/|salvage/|index/|queries/)': [
    '@photostructure/sqlite',
    'node:buffer',
    'node:fs',
    'node:path',
    'node:worker_threads',
    'node:zlib',
  ],
  '^src/main/journal/files/': ['zod', 'node:buffer', 'node:stream', 'node:zlib'],
  '^src/main/files/': [
    '@photostructure/sqlite',
    'atomically',
    'jsonc-parser',
    'node:child_process',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:os',
    'node:path',
    'node:worker_threads',
  ],
  '^src/main/log/': ['electron-log', 'node:fs', 'node:path'],
  '^src/main/crashes/': ['zod', 'node:fs', 'node:path'],
  '^src/main/fetched/': ['yauzl', 'zod', 'node:fs/promises', 'node:path', 'node:stream/consumers'],
  '^src/main/audit/': ['node:crypto', 'node:fs', 'node:fs/promises', 'node:os'],
  '^src/main/lists/': ['jsonc-parser'],
  '^src/main/registry/': [
    'csv-parse',
    'csv-stringify',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:path',
  ],
  '^src/main/settings/': ['zod', 'node:path'],
  '^src/main/ipc/': ['electron', 'zod'],
  '^src/main/upgrade/': [
    '@fastify/busboy',
    '@xmldom/xmldom',
    'node:stream',
    'node:stream/promises',
    'send',
    'yauzl',
    'zod',
    'node:http',
    'node:net',
    'node:fs',
    'node:fs/promises',
    'node:path',
    'node:crypto',
    'node:zlib',
    'node:worker_threads',
  ],
  '^src/main/support/': [
    '@photostructure/sqlite',
    'yazl',
    'node:buffer',
    'node:fs/promises',
    'node:path',
    'node:stream',
    'node:util',
    'node:zlib',
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
      name: 'electron lives in app, ipc, preload and index',
      severity: 'error',
      from: {
        path: inSrc,
        pathNot: ['^src/main/(app|ipc)/', '^src/main/(index|start)\\.ts$', '^src/preload/'],
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
