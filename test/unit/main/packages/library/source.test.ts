/** Sources besides a plain ZIP: checksums, an update.xml, a folder; and the export of a package. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Checksum } from '#shared/checksum';
import { PackageLibrary, type Added } from '../../../../../src/main/packages/library/library';
import { servePackageCalls } from '../../../../../src/main/packages/library/packageCalls';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { newFolder } from '../../../../builders/folders';
import { useFolder } from '../../../../builders/useFolder';
import { writeZerosZip, zipOf } from '../../../../builders/zips';

const root = useFolder('all');
const startProcess = inThisProcess(servePackageCalls);
let zip: Buffer = Buffer.alloc(0);
let library: PackageLibrary;
let folder = '';
beforeAll(async () => {
  zip = await zipOf({ 'vendui/main': 'the program', 'vendui/Read Me.txt': 'read me', 'b/': '' });
});
beforeEach(async () => {
  folder = newFolder(root());
  library = new PackageLibrary({
    directory: newFolder(root()),
    script: '',
    startProcess,
    now: () => 1_000,
  });
  await library.open(() => undefined);
});

const hash = (by: Checksum['by'], bytes: Buffer = zip): string => createHash(by).update(bytes).digest('hex');
async function put(name: string, data: Buffer | string): Promise<string> {
  await writeFile(join(folder, name), data);
  return join(folder, name);
}
const take = (path: string, checksum: Checksum | null = null): Promise<Added> =>
  library.add(path, { checksum, origin: null });
const matchedIn = (added: Added) => (added.ok ? added.package.matched : added.refusal);

describe('an expected checksum', () => {
  test('that matches is stored with its source, once each', async () => {
    const file = await put('a.zip', zip);
    expect(matchedIn(await take(file, { by: 'md5', value: hash('md5') }))).toEqual([{ by: 'md5', file: '' }]);
    await put('a.zip.SHA256', `${hash('sha256')}  a.zip\n`);
    await put('a.md5', hash('md5').toUpperCase());
    const all = [
      { by: 'md5', file: '' },
      { by: 'sha256', file: 'a.zip.SHA256' },
      { by: 'md5', file: 'a.md5' },
    ];
    expect(matchedIn(await take(file))).toEqual(all);
    expect(matchedIn(await take(file, { by: 'md5', value: hash('md5') }))).toEqual(all);
    const next = new PackageLibrary({
      directory: join(library.fileOf('x'), '..'),
      script: '',
      startProcess,
      now: () => 1,
    });
    await next.open(() => undefined);
    expect(next.packages.map(({ matched }) => matched)).toEqual([all]);
  });

  test.each([
    ['typed', ''],
    ['next to it', 'a.zip.sha256'],
  ])('that differs (%s) refuses the file with both values, and nothing is kept', async (_how, beside) => {
    const expected = hash('sha256').replace(/^./, (first) => (first === '0' ? '1' : '0'));
    const file = await put('a.zip', zip);
    if (beside !== '') await put(beside, `${expected}  a.zip`);
    const added = await take(file, beside === '' ? { by: 'sha256', value: expected } : null);
    expect(added).toEqual({
      ok: false,
      refusal: { reason: 'checksumDiffers', params: { file: beside, expected, actual: hash('sha256') } },
    });
    expect(library.packages).toEqual([]);
  });

  test('file without a usable line does not refuse the package', async () => {
    await put('a.zip.md5', 'see the web page');
    expect(matchedIn(await take(await put('a.zip', zip)))).toEqual({
      reason: 'checksumFileOdd',
      params: { file: 'a.zip.md5' },
    });
  });

  test('is compared with a package added earlier', async () => {
    const added = await take(await put('a.zip', zip));
    const id = added.ok ? added.package.id : '';
    expect(library.matched(id, { by: 'md5', value: hash('sha256').slice(32) })).toBeNull();
    expect(library.packages[0]?.matched).toEqual([]);
    library.matched(id, { by: 'md5', value: hash('md5') });
    expect(library.packages[0]?.matched).toEqual([{ by: 'md5', file: '' }]);
  });
});

const xml = (version: string, path: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Jetinno>\n<vendui_version>${version}</vendui_version>\n<package_path>${path}</package_path>\n</Jetinno>\n`;

describe('an update.xml', () => {
  test.each([
    ['http://10.0.0.9/up/vendui%201.zip ', 'absolute'],
    ['/up/vendui%201.zip', 'rooted'],
    ['Vendui 1.ZIP', 'bare'],
  ])('gives version, kind of path (%s) and the package next to it', async (path, pathStyle) => {
    await put('vendui 1.zip', zip);
    const file = await put('update.xml', xml(' 1.2.9 ', path));
    const byFile = await take(file);
    expect(byFile).toMatchObject({
      package: {
        fileName: 'vendui 1.zip',
        version: '1.2.9',
        pathStyle,
        platform: 'linux',
        guessed: { version: { by: 'updateXml', text: '1.2.9' }, platform: { by: 'updateXml' } },
      },
    });
    expect(await take(folder)).toEqual(byFile);
  });

  test('in GB18030, with a comment and XML entities', async () => {
    await put('升级.zip', zip);
    const text = Buffer.concat([
      Buffer.from(
        '<?xml version="1.0" encoding="GBK"?><!-- x --><Jetinno><vendui_version>a&amp;b</vendui_version><package_path>',
      ),
      Buffer.from([0xc9, 0xfd, 0xbc, 0xb6]),
      Buffer.from('.zip</package_path></Jetinno>'),
    ]);
    expect(await take(await put('UPDATE.XML', text))).toMatchObject({
      package: { fileName: '升级.zip', version: 'a&b' },
    });
  });

  const spoken = (encoding: string): string => xml('é 1', 'a.zip').replace('UTF-8', encoding);
  test.each([
    ['UTF-16', Buffer.from(`\uFEFF${spoken('UTF-16')}`, 'utf16le')],
    ['UTF-16, big endian', Buffer.from(`\uFEFF${spoken('UTF-16')}`, 'utf16le').swap16()],
    ['Latin 1', Buffer.from(spoken('ISO-8859-1'), 'latin1')],
    ['UTF-8 that says UTF-16', Buffer.from(spoken('UTF-16'))],
  ])('in %s', async (_, bytes) => {
    await put('a.zip', zip);
    await put('update.xml', bytes);
    expect(await take(folder)).toMatchObject({ package: { version: 'é 1' } });
  });

  test.each([
    ['Latin 1 declared as UTF-8', Buffer.from(spoken('UTF-8'), 'latin1')],
    ['an unknown encoding', Buffer.from(spoken('UTF-7'))],
  ])('in %s is refused, and no character is lost', async (_, bytes) => {
    await put('a.zip', zip);
    await put('update.xml', bytes);
    expect(await take(folder)).toMatchObject({ ok: false, refusal: { reason: 'updateXmlOdd' } });
  });

  test.each([
    ['', 'updateXmlOdd'],
    ['no XML', 'updateXmlOdd'],
    // Parsing beyond the first of many problems would take minutes.
    ['<a>'.repeat(20_000), 'updateXmlOdd'],
    ['<a></b>'.repeat(9_000), 'updateXmlOdd'],
    [`<a>${'<'.repeat(60_000)}`, 'updateXmlOdd'],
    ['<Jetinno><vendui_version>1</vendui_version>', 'updateXmlOdd'],
    ['<Jetinno><vendui_version>1</vendui_version></Jetinno>', 'updateXmlOdd'],
    [xml('', 'a.zip'), 'updateXmlOdd'],
    [xml('1</vendui_version><vendui_version>2', 'a.zip'), 'updateXmlOdd'],
    [xml('1.3\n4', 'a.zip'), 'updateXmlOdd'],
    [xml('1.3\u202E', 'a.zip'), 'updateXmlOdd'],
    [xml('1'.repeat(61), 'a.zip'), 'updateXmlOdd'],
    [xml('1', 'a.zip').replaceAll('Jetinno', 'Other'), 'updateXmlOdd'],
    [
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Jetinno><vendui_version>&a;</vendui_version><package_path>a.zip</package_path></Jetinno>',
      'updateXmlOdd',
    ],
    [xml('1', '../b.zip'), 'packageNotBeside'],
    [xml('1', '..'), 'packageNotBeside'],
  ])('%j is refused: %s', async (text, reason) => {
    await put('a.zip', zip);
    await put('update.xml', text);
    expect(await take(folder)).toMatchObject({ ok: false, refusal: { reason } });
  });

  test('is missing in a folder, and a missing folder is reported', async () => {
    await put('a.zip', zip);
    expect(await take(folder)).toMatchObject({ refusal: { reason: 'noUpdateXml' } });
    expect(await take(join(folder, 'none'))).toMatchObject({ refusal: { reason: 'unreadable' } });
  });
});

describe.skipIf(process.platform === 'win32')('a pipe without a writer is not accepted as a file', () => {
  test.each(['a.zip', 'update.xml', 'b.zip.md5'])('where %s is one', async (name) => {
    await put('b.zip', zip);
    execFileSync('mkfifo', [join(folder, name)]);
    expect(await take(name === 'b.zip.md5' ? join(folder, 'b.zip') : join(folder, name))).toEqual({
      ok: false,
      refusal: { reason: 'noFile', params: {} },
    });
  });
});

describe('a stored package', () => {
  const added = async (): Promise<string> => {
    const one = await take(await put('a.zip', zip));
    return one.ok ? one.package.id : '';
  };

  test('is exported and replaces an existing file', async () => {
    const id = await added();
    const target = await put('saved.zip', 'old');
    const phases = new Set<string>();
    library.onChange(() => library.staging !== null && phases.add(library.staging.phase));
    // A download of another program stays.
    await put('saved.zip.part', 'half a download');
    expect(await library.export(id, target)).toBeNull();
    expect((await readFile(target)).equals(zip)).toBe(true);
    expect([...phases]).toEqual(['exporting']);
    expect((await readdir(folder)).toSorted()).toEqual(['a.zip', 'saved.zip', 'saved.zip.part']);
    expect(await readFile(`${target}.part`, 'utf8')).toBe('half a download');
  });

  test.skipIf(process.platform === 'win32')(
    'is exported through a link, and clears killed exports',
    async () => {
      const id = await added();
      const { pid } = spawnSync(process.execPath, ['--version']);
      const left = await put(`saved.zip.crema-${pid}-1.part`, 'half');
      await utimes(left, 0, 0);
      await put('saved.zip', 'old');
      await symlink('saved.zip', join(folder, 'link.zip'));
      expect(await library.export(id, join(folder, 'link.zip'))).toBeNull();
      expect((await readFile(join(folder, 'saved.zip'))).equals(zip)).toBe(true);
      expect((await readdir(folder)).toSorted()).toEqual(['a.zip', 'link.zip', 'saved.zip']);
    },
  );

  test('is not exported if it is damaged or the target is not writable', async () => {
    const id = await added();
    expect(await library.export(id, join(folder, 'none', 'a.zip'))).toMatchObject({ reason: 'unreadable' });
    const target = await put('saved.zip', 'old');
    await writeFile(library.fileOf(id), Buffer.from(zip).fill(0, 30, 32));
    expect(await library.export(id, target)).toEqual({ reason: 'spoilt', params: {} });
    expect(await readFile(target, 'utf8')).toBe('old');
    expect((await readdir(folder)).toSorted()).toEqual(['a.zip', 'saved.zip']);
  });

  test('stays unchanged if the user cancels', async () => {
    const file = await put('big.zip', '');
    let target = '';
    library.onChange(() => {
      if (library.staging?.phase === 'exporting' && library.staging.done > 0) library.cancel();
    });
    const exportOf = async (size: number): ReturnType<typeof library.export> => {
      await writeZerosZip(file, size);
      const big = await take(file);
      const id = big.ok ? big.package.id : '';
      target = await put('saved.zip', 'old');
      const refusal = await library.export(id, target);
      // The export was complete before the cancellation, so a larger file is needed.
      if (refusal !== null || size >= 2 ** 30) return refusal;
      await library.remove(id);
      return exportOf(size * 2);
    };
    expect(await exportOf(16 * 1_048_576)).toEqual({ reason: 'cancelled', params: {} });
    expect(await readFile(target, 'utf8')).toBe('old');
    expect((await readdir(folder)).toSorted()).toEqual(['big.zip', 'saved.zip']);
    expect(library.packages).toHaveLength(1);
  });

  test('lists its members, all or by a part of their names', async () => {
    const id = await added();
    expect(await library.contents(id, '')).toEqual({
      found: 2,
      members: [
        { name: 'vendui/main', size: 11 },
        { name: 'vendui/Read Me.txt', size: 7 },
      ],
    });
    expect(await library.contents(id, ' read me')).toMatchObject({ found: 1 });
    const many = await zipOf(Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`f${i}`, 'x'])));
    const other = await take(await put('many.zip', many));
    const contents = await library.contents(other.ok ? other.package.id : '', 'f');
    expect([contents.found, contents.members.length]).toEqual([250, 200]);
  });

  test('of recipes has tables, and none of its other members', async () => {
    const recipes = await zipOf({
      'JetinnoZip/a.product': JSON.stringify([{ productId: 15, names: { en: 'Latte', zh: '拿铁' } }]),
      'JetinnoZip/a.recipe': JSON.stringify([{ productId: 15, grams: 3 }]),
      'other.json': JSON.stringify([{ x: 1 }]),
    });
    const one = await take(await put('r.zip', recipes));
    const { tables } = await library.tables(one.ok ? one.package.id : '');
    expect(tables).toEqual([
      {
        title: 'JetinnoZip/a.product',
        columns: ['productId', 'names.en', 'names.zh'],
        rows: [['15', 'Latte', '拿铁']],
      },
      { title: 'JetinnoZip/a.recipe', columns: ['productId', 'grams'], rows: [['15', '3']] },
    ]);
  });
});
