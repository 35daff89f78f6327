/** The package library on a real disk. Some tests use a real worker process. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FileError, Staging } from '#shared/model/upgrade';
import { fileStamp } from '../../../../../src/main/lib/files/fileStamp';
import { readKept } from '../../../../../src/main/lib/files/keptFile';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { PackageLibrary, type Added } from '../../../../../src/main/packages/library/library';
import { servePackageCalls } from '../../../../../src/main/packages/library/packageCalls';
import { forkProcess } from '../../../../../src/main/lib/threads/process';
import { flipBit } from '../../../../builders/bitFlips';
import { memory, newFolder } from '../../../../builders/folders';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { packageWorker } from '../../../../builders/packageWorkers';
import { useFolder } from '../../../../builders/useFolder';
import { writeZerosZip, zipOf } from '../../../../builders/zips';

const root = useFolder('all');
const inMemory = useFolder('each', memory);
const script = packageWorker();
const startHere = inThisProcess(servePackageCalls);
let directory = '';
let now = 1_000;
let made = 0;

beforeEach(() => {
  made += 1;
  now = 1_000;
  directory = root(`packages ${made} 100%`);
});

/** Reported damage. */
let damage: string[] = [];
let errors: ReadonlyMap<string, FileError> = new Map();

async function opened(startProcess = startHere): Promise<PackageLibrary> {
  const library = new PackageLibrary({ directory, script, startProcess, now: () => now });
  damage = [];
  errors = await library.open(({ what, file }) => damage.push(`${what} ${file}`));
  return library;
}

async function fileWith(name: string, data: Buffer | string): Promise<string> {
  made += 1;
  const folder = newFolder(root());
  await writeFile(join(folder, name), data);
  return join(folder, name);
}

async function adding(name: string, data: Buffer | string): Promise<Added> {
  return (await opened()).add(await fileWith(name, data));
}

function packageOf(added: Added) {
  if (!added.ok) throw new Error(`refused: ${added.refusal.reason} ${JSON.stringify(added.refusal.params)}`);
  return added.package;
}

const files = async (): Promise<string[]> => (await readdir(directory)).toSorted();
const program = Buffer.from('the program '.repeat(2_000));

describe('a package', () => {
  test('is a complete copy with hashes, and its facts are known', async () => {
    const zip = await zipOf({ 'vendui/': '', 'vendui/main': program, 'vendui/readme.txt': 'read me' });
    const library = await opened(forkProcess);
    const added = packageOf(await library.add(await fileWith('vendui_3.10.2.zip', zip)));
    expect(added).toEqual({
      id: createHash('sha256').update(zip).digest('hex'),
      md5: createHash('md5').update(zip).digest('hex'),
      fileName: 'vendui_3.10.2.zip',
      size: zip.length,
      addedAt: 1_000,
      members: 2,
      unpackedSize: program.length + 7,
      version: '3.10.2',
      platform: null,
      androidType: null,
      pathStyle: 'absolute',
      label: '',
      notes: '',
      guessed: { version: { by: 'fileName', text: '3.10.2' }, platform: null },
      matched: [],
      origin: null,
    });
    expect(library.packages).toEqual([added]);
    expect(await readFile(library.fileOf(added.id))).toEqual(zip);
    expect(await files()).toEqual([`${added.id}.zip`, 'packages.copy.json', 'packages.json'].toSorted());
  });

  test.each([
    ['update-1.2.zip', 'app/vendui.apk', '1.2', 'android', 'app', 'member app/vendui.apk'],
    ['update.zip', 'AndroidManifest.xml', '', 'android', 'app', 'member AndroidManifest.xml'],
    ['a.zip', 'JetinnoZip/a.product', '', 'android', 'recipe', 'member JetinnoZip/a.product'],
    ['android menu 7.0.zip', 'menu.json', '7.0', 'android', 'menu', 'fileName android'],
    ['Android_notice.zip', 'x', '', 'android', 'app', 'fileName Android'],
    ['v12.zip', 'main', '', null, null, null],
  ])('%s with %s: the guesses', async (name, member, version, platform, androidType, why) => {
    const added = packageOf(await adding(name, await zipOf({ [member]: 'x' })));
    expect(added).toMatchObject({ version, platform, androidType });
    const { version: ofVersion, platform: ofPlatform } = added.guessed;
    expect(ofVersion?.text ?? '').toBe(version);
    expect(ofPlatform === null ? null : `${ofPlatform.by} ${ofPlatform.text}`).toBe(why);
  });

  test('is listed newest first, and keeps changes of the user when the same file is added again', async () => {
    const library = await opened();
    const first = packageOf(await library.add(await fileWith('a-1.0.zip', await zipOf({ a: 'a' }))));
    now = 2_000;
    const second = packageOf(await library.add(await fileWith('b-2.0.zip', await zipOf({ b: 'b' }))));
    expect(library.packages).toEqual([second, first]);
    const set = library.change(first.id, { version: ' 9.9 ', platform: 'linux', pathStyle: 'bare' });
    const guessed = { version: null, platform: null };
    expect(set).toEqual({ ...first, version: '9.9', platform: 'linux', pathStyle: 'bare', guessed });
    const again = packageOf(await library.add(await fileWith('other name.zip', await zipOf({ a: 'a' }))));
    expect(again).toEqual(set);
    expect(library.packages).toEqual([second, set]);
    expect(library.change('0'.repeat(64), { version: '1' })).toBeNull();
  });

  test('is repaired when the file is added again', async () => {
    const library = await opened();
    const zip = await zipOf({ a: 'a' });
    const { id } = packageOf(await library.add(await fileWith('a.zip', zip)));
    await writeFile(library.fileOf(id), 'spoilt');
    await library.add(await fileWith('a.zip', zip));
    expect(await readFile(library.fileOf(id))).toEqual(zip);
  });

  test('leaves nothing after removal', async () => {
    const library = await opened();
    const { id } = packageOf(await library.add(await fileWith('a.zip', await zipOf({ a: 'a' }))));
    await library.remove(id);
    expect(library.packages).toEqual([]);
    expect(await files()).toEqual(['packages.copy.json', 'packages.json']);
    expect((await opened()).packages).toEqual([]);
  });
});

describe('adding', () => {
  test('progress is reported in both phases, ends at the total, and is limited in rate', async () => {
    const file = await fileWith('big.zip', '');
    await writeZerosZip(file, 48 * 1_048_576);
    const library = await opened();
    const seen: Staging[] = [];
    library.onChange(() => library.staging !== null && seen.push(library.staging));
    const began = performance.now();
    packageOf(await library.add(file));
    expect(seen.length).toBeLessThan(4 + (performance.now() - began) / 100);
    expect(seen[0]).toEqual({ fileName: 'big.zip', phase: 'copying', done: 0, total: 0 });
    expect(seen.every(({ done, total }) => done <= total)).toBe(true);
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['copying', 'checking']));
    expect(library.staging).toBeNull();
  });

  test.each(['copying', 'checking'] as const)('leaves nothing if cancelled while %s', async (phase) => {
    const library = await opened(phase === 'checking' ? forkProcess : startHere);
    library.onChange(() => {
      if (library.staging?.phase === phase && library.staging.done > 0) library.cancel();
    });
    const path = await fileWith('big.zip', '');
    const addOf = async (size: number): ReturnType<typeof library.add> => {
      if (phase === 'copying') await truncate(path, 2 ** 31);
      else await writeZerosZip(path, size);
      const added = await library.add(path);
      // The copy was complete before the cancellation, so a larger file is needed.
      if (!added.ok || size >= 2 ** 30) return added;
      await library.remove(added.package.id);
      for (const name of ['packages.json', 'packages.copy.json']) await rm(join(directory, name));
      return addOf(size * 2);
    };
    expect(await addOf(2 ** 26)).toEqual({ ok: false, refusal: { reason: 'cancelled', params: {} } });
    expect(await files()).toEqual([]);
    expect(library.staging).toBeNull();
  });

  test('of two files runs one after the other; a refused one does not delay the next', async () => {
    const library = await opened();
    const added = await Promise.all([
      library.add(await fileWith('bad.zip', 'bad')),
      library.add(await fileWith('a.zip', await zipOf({ a: 'a' }))),
      library.add(await fileWith('b.zip', await zipOf({ b: 'b' }))),
    ]);
    expect(added.map(({ ok }) => ok)).toEqual([false, true, true]);
    expect(library.packages.map(({ fileName }) => fileName)).toEqual(['b.zip', 'a.zip']);
  });
});

describe('another launch', () => {
  test('reads a list of an earlier version', async () => {
    const library = await opened();
    const added = packageOf(await library.add(await fileWith('a-1.0.zip', await zipOf({ a: 'a' }))));
    const { check: _, ...list } = JSON.parse(await readFile(join(directory, 'packages.json'), 'utf8')) as {
      check: string;
      packages: Record<string, unknown>[];
    };
    for (const name of ['label', 'notes', 'guessed', 'matched', 'origin']) delete list.packages[0]?.[name];
    await writeFile(join(directory, 'packages.json'), JSON.stringify(list));
    const guessed = { version: null, platform: null };
    expect((await opened()).packages).toEqual([{ ...added, guessed }]);
  });

  test('knows the packages and the changes of the user', async () => {
    const library = await opened();
    const { id } = packageOf(await library.add(await fileWith('a-1.0.zip', await zipOf({ a: 'a' }))));
    library.change(id, {
      androidType: 'ice',
      platform: 'android',
      label: ' Lobby ',
      notes: 'for the\nlobby',
    });
    const next = await opened();
    expect(next.packages).toEqual(library.packages);
    expect(next.packages[0]).toMatchObject({
      androidType: 'ice',
      platform: 'android',
      label: 'Lobby',
      notes: 'for the\nlobby',
    });
    expect([damage, [...errors]]).toEqual([[], []]);
  });

  test('removes files that a crash left incomplete, and nothing else', async () => {
    const library = await opened();
    const { id } = packageOf(await library.add(await fileWith('a.zip', await zipOf({ a: 'a' }))));
    const stray = `${'f'.repeat(64)}.zip`;
    for (const name of ['staging.part', 'packages.json.part', stray, 'somebody else.zip'])
      await writeFile(join(directory, name), 'x');
    await opened();
    await expect.poll(() => damage).toEqual([`stray packages/${stray}`]);
    expect(await files()).toEqual(
      [`${id}.zip`, stray, 'packages.copy.json', 'packages.json', 'somebody else.zip'].toSorted(),
    );
  });

  test('keeps packages with damaged or missing files listed, and reports them', async () => {
    const library = await opened();
    const gone = packageOf(await library.add(await fileWith('a.zip', await zipOf({ a: 'a' }))));
    const cut = packageOf(await library.add(await fileWith('b.zip', await zipOf({ b: 'b' }))));
    const refused = packageOf(await library.add(await fileWith('c.zip', await zipOf({ c: 'c' }))));
    await rm(library.fileOf(gone.id));
    await truncate(library.fileOf(cut.id), 10);
    // A link to itself is unreadable for every user.
    await rm(library.fileOf(refused.id));
    await symlink(library.fileOf(refused.id), library.fileOf(refused.id));
    const next = await opened();
    expect(next.packages).toEqual([refused, cut, gone]);
    expect(Object.fromEntries(errors)).toEqual({
      [gone.id]: 'gone',
      [cut.id]: 'changed',
      [refused.id]: 'unreadable',
    });
    expect(damage).toHaveLength(3);
  });

  test('adds an unlisted package from its file', async () => {
    const library = await opened();
    const zip = await zipOf({ 'JetinnoZip/a.product': 'a' });
    const { id, md5, size, members } = packageOf(await library.add(await fileWith('a-1.0.zip', zip)));
    for (const name of ['packages.json', 'packages.copy.json']) await rm(join(directory, name));
    const next = await opened();
    await expect.poll(() => damage).toEqual([`foundAgain packages/${id}.zip`]);
    expect(next.packages).toMatchObject([
      {
        id,
        md5,
        size,
        members,
        fileName: `package-${id.slice(0, 8)}.zip`,
        version: '',
        androidType: 'recipe',
      },
    ]);
    expect((await opened()).packages).toEqual(next.packages);
    expect(damage).toEqual([]);
  });

  test.each(['{"version":1,"packages":[{"id":"x"}]}', '{"vers', ''])(
    'a damaged list and copy: the files yield a new list, and both damaged files are kept: %s',
    async (text) => {
      const library = await opened();
      const one = packageOf(await library.add(await fileWith('a.zip', await zipOf({ a: 'a' }))));
      const other = packageOf(await library.add(await fileWith('b.zip', await zipOf({ b: 'b' }))));
      for (const name of ['packages.json', 'packages.copy.json'])
        await writeFile(join(directory, name), text);
      const next = await opened();
      await expect
        .poll(() => next.packages.map(({ id }) => id).toSorted())
        .toEqual([one.id, other.id].toSorted());
      expect(damage[0]).toBe('unproven packages/packages.json');
      expect(await readFile(join(directory, `packages.damaged-${fileStamp(now)}.json`), 'utf8')).toBe(text);
    },
  );

  test('one damaged entry in a list and its copy costs no other package its label and notes', async () => {
    const library = await opened();
    const one = packageOf(await library.add(await fileWith('a-1.0.zip', await zipOf({ a: 'a' }))));
    const other = packageOf(await library.add(await fileWith('b-2.0.zip', await zipOf({ b: 'b' }))));
    const changed = library.change(one.id, { label: 'Lobby', notes: 'for the lobby' });
    for (const name of ['packages.json', 'packages.copy.json']) {
      const file = join(directory, name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(`"md5": "${other.md5}"`, `"md5": "${other.md5.slice(1)}"`));
    }
    const next = await opened();
    await expect
      .poll(() => damage)
      .toEqual(['unproven packages/packages.json', `foundAgain packages/${other.id}.zip`]);
    expect(next.packages).toEqual(expect.arrayContaining([changed]));
    expect(next.packages).toHaveLength(2);
  });

  test('200 flipped bits in the list or its copy: no package is lost, and damage is reported', async () => {
    directory = inMemory('packages');
    const library = await opened();
    await library.add(await fileWith('a-1.0.zip', await zipOf({ a: 'a' })));
    const { id } = packageOf(await library.add(await fileWith('b-2.0.zip', await zipOf({ b: 'b' }))));
    library.change(id, { label: 'Lobby', notes: 'for the lobby', platform: 'linux' });
    const whole = library.packages;
    const names = ['packages.json', 'packages.copy.json'];
    const before = await Promise.all(names.map((name) => readFile(join(directory, name))));
    const random = new Random(49);
    let reported = 0;
    for (let n = 0; n < 200; n += 1) {
      for (const [at, name] of names.entries()) await writeFile(join(directory, name), before[at] ?? '');
      flipBit(join(directory, names[n % 4 === 0 ? 1 : 0] ?? ''), random);
      expect((await opened()).packages).toEqual(whole);
      expect(damage.filter((one) => one !== 'fromCopy packages/packages.json')).toEqual([]);
      expect(readKept(join(directory, 'packages.json'))).toMatchObject({ state: 'sound', isSafe: true });
      reported += damage.length;
      const aside = (await files()).filter((name) => name.includes('.damaged-'));
      expect(aside).toHaveLength(damage.length);
      for (const name of aside) await rm(join(directory, name));
    }
    expect(reported).toBeGreaterThan(100);
    expect(await files()).toHaveLength(4);
  });
});
