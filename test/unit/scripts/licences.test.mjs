import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  helpersOf,
  licencesText,
  mergeLicences,
  packageFolder,
  productionTree,
} from '../../../scripts/lib/licences.mjs';
import { at } from '../../../scripts/lib/paths.mjs';
import { useFolder } from '../../builders/useFolder';

const folder = useFolder();

/** @param {string} path @param {string} content */
async function put(path, content) {
  await mkdir(dirname(folder(path)), { recursive: true });
  await writeFile(folder(path), content);
}
/** @param {string} place @param {Record<string, unknown>} manifest @param {string} [text] */
async function addPackage(place, manifest, text) {
  await put(join(place, 'package.json'), JSON.stringify({ version: '1.0.0', ...manifest }));
  if (text !== undefined) await put(join(place, 'LICENCE.md'), text);
}

describe('the list of packages needed to run', () => {
  it('is found to its end, each once, and in the version that each has', async () => {
    await addPackage('.', {
      name: 'app',
      dependencies: { a: '1', '@b/c': '1' },
      devDependencies: { tool: '1' },
    });
    await addPackage('node_modules/a', { name: 'a', license: 'MIT', dependencies: { d: '2' } }, 'text of a');
    await addPackage(
      'node_modules/a/node_modules/d',
      { name: 'd', version: '2.0.0', license: 'ISC' },
      'text of d 2',
    );
    await addPackage('node_modules/@b/c', { name: '@b/c', license: 'MIT', dependencies: { d: '1', a: '1' } });
    await addPackage(
      'node_modules/d',
      { name: 'd', license: 'ISC', dependencies: { '@b/c': '1' } },
      'text of d 1',
    );
    await addPackage('node_modules/tool', { name: 'tool' });
    expect([...productionTree(folder()).values()]).toEqual([
      { name: 'a', version: '1.0.0', identifier: 'MIT', text: 'text of a' },
      { name: 'd', version: '2.0.0', identifier: 'ISC', text: 'text of d 2' },
      { name: '@b/c', version: '1.0.0', identifier: 'MIT' },
      { name: 'd', version: '1.0.0', identifier: 'ISC', text: 'text of d 1' },
    ]);
  });
  it('and is not, if it is not installed', async () => {
    await addPackage('.', { name: 'app', dependencies: { gone: '1' } });
    expect(() => productionTree(folder())).toThrow('gone is not installed');
  });
  it('of Crema has the facts of its own manifest', () => {
    const names = [...productionTree(at()).values()].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@photostructure/sqlite', 'node-gyp-build']));
  });
});

describe('the package of a module', () => {
  it.each([
    ['/x/node_modules/zod/v4/core.js', '/x/node_modules/zod'],
    ['/x/node_modules/@mantine/core/esm/a.mjs?used', '/x/node_modules/@mantine/core'],
    ['/x/node_modules/a/node_modules/b/index.js', '/x/node_modules/a/node_modules/b'],
    ['C:\\x\\node_modules\\@a\\b\\index.js', 'C:\\x\\node_modules\\@a\\b'],
    ['\0/x/node_modules/react/index.js?commonjs-es-import', '/x/node_modules/react'],
    ['\0rolldown/runtime.js', ''],
    ['/x/src/main/index.ts', ''],
  ])('%j', (file, wanted) => expect(packageFolder(file)).toBe(wanted));

  it('helpers of the bundlers are theirs', () => {
    expect(helpersOf(['\0rolldown/runtime.js', '/x/node_modules/vite/a.js'])).toEqual(['rolldown']);
    expect(helpersOf(['\0vite/preload-helper.js', '\0rolldown/runtime.js'])).toEqual(['rolldown', 'vite']);
    expect(helpersOf([])).toEqual([]);
  });
});

describe('the licences', () => {
  const zod = { name: 'zod', version: '4.0.0', identifier: 'MIT', text: 'text of zod' };
  it('are one for each package and version, by name', () => {
    const chromium = { name: 'Chromium', version: '', licence: 'BSD-3-Clause', text: null };
    const old = { ...zod, version: '3.0.0' };
    expect(
      mergeLicences([zod, old, zod], [chromium]).map(({ name, version }) => `${name} ${version}`),
    ).toEqual(['Chromium ', 'zod 4.0.0', 'zod 3.0.0']);
  });
  it.each([
    ['its text', { ...zod, text: undefined }],
    ['its name', { ...zod, identifier: undefined }],
  ])('one without %s ends the build', (_what, { text, identifier, ...rest }) => {
    const bare = { ...rest, ...(text && { text }), ...(identifier && { identifier }) };
    expect(() => mergeLicences([bare], [])).toThrow('Shipped without a licence and its text: zod 4.0.0');
  });
  it('are a text too, which names the place of those that are not in it', () => {
    const text = licencesText(
      mergeLicences([zod], [{ name: 'Chromium', version: '', licence: 'BSD-3-Clause', text: null }]),
    );
    expect(text).toContain('zod 4.0.0 (MIT)\n===============\n\ntext of zod\n');
    expect(text).toContain('Chromium (BSD-3-Clause)\n=======================\n\nSee LICENSES.chromium.html');
  });
  it('of packages that can not be bundled are at the expected place', () => {
    for (const file of ['LICENSE', 'node_modules/electron/LICENSE'])
      expect(existsSync(at(file)), file).toBe(true);
  });
});
