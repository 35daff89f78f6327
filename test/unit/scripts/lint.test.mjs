import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { lintStates } from '../../../scripts/lib/lint.mjs';
import { useFolder } from '../../builders/useFolder';

const folder = useFolder();
/** @param {string} file @param {string} text */
async function put(file, text) {
  await mkdir(dirname(folder(file)), { recursive: true });
  await writeFile(folder(file), text);
}
/** The files whose state differs after a change. @param {() => Promise<void>} change */
async function touchedBy(change) {
  const before = await lintStates(folder());
  await change();
  const after = await lintStates(folder());
  return [...after].flatMap(([file, state]) => (before.get(file) === state ? [] : [file])).toSorted();
}

beforeEach(async () => {
  await put('package.json', '{"imports":{"#shared/*":"./src/shared/*.ts"}}');
  await put('src/shared/row.ts', 'export type Row = 1;');
  await put('src/main/near.ts', "import type { Row } from '#shared/row';\nexport const near: Row = 1;");
  await put('src/main/far.ts', "export { near } from './near';");
  await put('src/main/other.ts', 'export const other = 2;');
  await put('scripts/tool.mjs', "/** @typedef {import('../src/main/near').near} Near */");
});

it('a file is linted again after a change of itself, or of a file that it reaches by imports', async () => {
  const all = ['scripts/tool.mjs', 'src/main/far.ts', 'src/main/near.ts', 'src/shared/row.ts'];
  expect(await touchedBy(() => put('src/shared/row.ts', 'export type Row = 2;'))).toEqual(all);
  expect(await touchedBy(() => put('src/main/far.ts', ''))).toEqual(['src/main/far.ts']);
  expect(await touchedBy(() => put('src/main/near.ts', 'export const near = 1;'))).toEqual([
    'scripts/tool.mjs',
    'src/main/near.ts',
  ]);
});

it('nothing is linted again after a change of a text, and everything after one of a setting or global type', async () => {
  expect(await touchedBy(() => put('README.md', 'new'))).toEqual([]);
  const count = (await lintStates(folder())).size;
  for (const file of ['package-lock.json', '.oxlintrc.json', 'tsconfig.test.json'])
    expect(await touchedBy(() => put(file, '{}'))).toHaveLength(count);
  expect(await touchedBy(() => put('src/window.d.ts', 'declare const a: 1;'))).toHaveLength(count + 1);
  expect(await touchedBy(() => put('src/window.d.ts', 'declare const a: 2;'))).toHaveLength(count + 1);
});

it('an import that finds another file, or none, is a change', async () => {
  expect(await touchedBy(() => put('src/main/near/index.ts', ''))).toEqual(['src/main/near/index.ts']);
  const importers = ['scripts/tool.mjs', 'src/main/far.ts'];
  expect(await touchedBy(() => rm(folder('src/main/near.ts')))).toEqual(importers);
  expect(await touchedBy(() => rm(folder('src/main/near/index.ts')))).toEqual(importers);
});
