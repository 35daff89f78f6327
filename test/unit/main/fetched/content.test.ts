import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentOf } from '../../../../src/main/fetched/content';
import { zipOf } from '../../../builders/zips';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-content-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const content = (bytes: string | Uint8Array) => {
  writeFileSync(join(folder, 'file'), bytes);
  return contentOf(join(folder, 'file'));
};

it('of a log is its text, UTF-8 or as Chinese systems write it', async () => {
  expect(await content('2026-03-04 10:00:00 缺料\n')).toEqual({
    tables: [],
    text: '2026-03-04 10:00:00 缺料\n',
    isCut: false,
    members: [],
  });
  expect((await content(new Uint8Array([0xc8, 0xb1, 0xc1, 0xcf]))).text).toBe('缺料');
});

it('of a product list is a table with a column for each member of any product', async () => {
  const { tables, text } = await content(
    JSON.stringify([
      { productId: 101, names: { en: 'Espresso', zh: '浓缩' }, price: 900 },
      { productId: 102, tags: ['hot', 'new'], price: null },
    ]),
  );
  expect(tables).toEqual([
    {
      title: '',
      columns: ['productId', 'names.en', 'names.zh', 'price', 'tags'],
      rows: [
        ['101', 'Espresso', '浓缩', '900', ''],
        ['102', '', '', 'null', '["hot","new"]'],
      ],
    },
  ]);
  expect(text).toBe('');
});

it('of a recipe package is a table for each list in it, and the text of what is none', async () => {
  const zip = await zipOf({
    'JetinnoZip/a.product': Buffer.from('[{"productId":101}]'),
    'JetinnoZip/a.recipe': Buffer.from('{"recipes":[{"id":1}],"version":2}'),
    'JetinnoZip/note.txt': Buffer.from('hello'),
  });
  const { tables, text, members } = await content(zip);
  expect(tables.map(({ title }) => title)).toEqual(['JetinnoZip/a.product', 'JetinnoZip/a.recipe recipes']);
  expect(text).toBe('# JetinnoZip/note.txt\nhello');
  expect(members).toHaveLength(3);
});

it('of a damaged package is what could be read of it, and of bytes nothing', async () => {
  const zip = await zipOf({ 'a.product': Buffer.from('[{"productId":101}]') });
  expect(await content(zip.subarray(0, 40))).toMatchObject({ tables: [], text: '' });
  expect(await content(new Uint8Array([1, 0, 2, 0]))).toMatchObject({ tables: [], text: '', members: [] });
});
