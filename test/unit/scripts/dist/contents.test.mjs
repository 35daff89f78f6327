import { describe, expect, it } from 'vitest';
import { judgeFiles, needed, withoutLicence } from '../../../../scripts/lib/dist/contents.mjs';

const native = 'node_modules/@photostructure/sqlite/prebuilds/linux-x64/@photostructure+sqlite.glibc.node';

describe('contents of a package', () => {
  it('all that is needed is enough', () => {
    expect(judgeFiles([...needed, native], 'linux-x64')).toEqual({ missing: [], strange: [], native });
  });
  it('names every missing file', () => {
    for (const file of [...needed, native])
      expect(
        judgeFiles(
          [...needed, native].filter((one) => one !== file),
          'linux-x64',
        ).missing,
      ).toEqual([file]);
  });
  it.each([
    'node_modules/@photostructure/sqlite/prebuilds/linux-arm64/@photostructure+sqlite.glibc.node',
    'node_modules/@photostructure/sqlite/src/upstream/sqlite3.c',
    'node_modules/node-addon-api/napi.h',
    'node_modules/zod/index.js',
    'src/main/index.ts',
    'out/.built-from',
    '.env',
  ])('finds %s, which nobody asked for', (file) => {
    expect(judgeFiles([...needed, native, file], 'linux-x64').strange).toEqual([file]);
  });
});

it('a package of the archive without a licence text is named', () => {
  const licence = { name: '@photostructure/sqlite', version: '2.6.0', licence: 'MIT', text: 'MIT License' };
  const files = ['out/main/index.js', 'node_modules/@photostructure/sqlite/LICENSE', native];
  expect(withoutLicence(files, [licence])).toEqual([]);
  expect(withoutLicence([...files, 'node_modules/node-gyp-build/index.js'], [licence])).toEqual([
    'node-gyp-build',
  ]);
  expect(withoutLicence(files, [{ ...licence, text: '' }])).toEqual(['@photostructure/sqlite']);
});
