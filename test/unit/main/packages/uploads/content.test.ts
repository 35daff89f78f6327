import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../../../src/main/packages/uploads/content';
import { useFolder } from '../../../../builders/useFolder';
import { zipOf } from '../../../../builders/zips';

const folder = useFolder('all');

const content = (bytes: string | Uint8Array) => {
  writeFileSync(folder('file'), bytes);
  return contentOf(folder('file'));
};

it('of a log is its text, in UTF-8 or GB18030', async () => {
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

it('of a recipe package is a table for each list, and the text of other members', async () => {
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

it('of a damaged package is its readable part, and of binary data nothing', async () => {
  const zip = await zipOf({ 'a.product': Buffer.from('[{"productId":101}]') });
  expect(await content(zip.subarray(0, 40))).toMatchObject({ tables: [], text: '', isCut: true });
  expect(await content(new Uint8Array([1, 0, 2, 0]))).toMatchObject({ tables: [], text: '', members: [] });
});

it.each([
  ['encrypted', 6, 0x01],
  ['not deflate data', 35, 0xff],
])(
  'of a package with a member that is %s is all others, and reported as incomplete',
  async (_what, at, byte) => {
    const zip = await zipOf({ 'a.txt': 'first '.repeat(50), 'b.txt': 'second', 'c.txt': 'third' });
    zip[at] = byte;
    // The directory states it too.
    if (at === 6) zip[zip.indexOf('PK\u0001\u0002') + 8] = byte;
    const { text, isCut, members } = await content(zip);
    expect({ text, isCut, members }).toEqual({
      text: '# b.txt\nsecond\n# c.txt\nthird',
      isCut: true,
      members: ['b.txt', 'c.txt'],
    });
  },
);

describe('of an oversized file', () => {
  it('is limited to a total size that a window can hold', async () => {
    const line = 'x'.repeat(999);
    const zip = await zipOf(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [`${at}.log`, Buffer.from(`${line}\n`.repeat(1_000))]),
      ),
    );
    expect(zip.length).toBeLessThan(200_000);
    const { text, isCut } = await content(zip);
    expect(text.length).toBeGreaterThan(6_000_000);
    expect(text.length).toBeLessThanOrEqual(8_001_000);
    expect(isCut).toBe(true);
  });

  it('is limited to a number of lines that a window can search', async () => {
    const { text, isCut } = await content('\n'.repeat(3_000_000));
    expect([text.length, isCut]).toEqual([200_000, true]);
  });

  it('is limited in cells and tables, whatever the column names', async () => {
    const row = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`c${at}${'x'.repeat(300)}`, at]));
    const wide = await content(JSON.stringify([row]));
    expect(wide.tables[0]?.columns.map((column) => column.length)).toEqual(Array(40).fill(200));
    expect(wide.isCut).toBe(false);
    const short = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `list ${at}`,
        Array.from({ length: 3_500 }, () => ({ a: 1, b: 2 })),
      ]),
    );
    const { tables, isCut } = await content(JSON.stringify(short));
    expect(isCut).toBe(true);
    expect(tables).toHaveLength(50);
    const cells = tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
    expect(cells).toBe(200_000);
  });

  it('is its text if the JSON is nested too deep', async () => {
    const deep = `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`;
    expect(await content(deep)).toMatchObject({ tables: [], text: deep });
  });

  it('reports members that were left out', async () => {
    const names = Array.from({ length: 21 }, (_, at) => [`${at}.txt`, Buffer.from('one')] as const);
    expect(await content(await zipOf(Object.fromEntries(names)))).toMatchObject({ isCut: true });
    const pictures = names.slice(0, 19).map(([name]) => [name, Buffer.alloc(1_000_000)] as const);
    const zip = await zipOf({ ...Object.fromEntries(pictures), 'z.txt': Buffer.from('the text') });
    expect(await content(zip)).toMatchObject({ isCut: false, text: '# z.txt\nthe text' });
  });
});
