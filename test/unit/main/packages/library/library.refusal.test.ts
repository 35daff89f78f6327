/** Files that the package library refuses, and the reasons. */
import { randomBytes } from 'node:crypto';
import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Staging } from '#shared/model/upgrade';
import { PackageLibrary, type Added } from '../../../../../src/main/packages/library/library';
import { servePackageCalls } from '../../../../../src/main/packages/library/packageCalls';
import { stage } from '../../../../../src/main/packages/library/stage';
import { forkProcess } from '../../../../../src/main/lib/threads/process';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { packageWorker } from '../../../../builders/packageWorkers';
import { newFolder } from '../../../../builders/folders';
import { useFolder } from '../../../../builders/useFolder';
import { flagged, patched, replaced, zipOf } from '../../../../builders/zips';

const root = useFolder('all');
const script = packageWorker();
const startProcess = forkProcess;
let directory = '';
let made = 0;

beforeEach(() => {
  made += 1;
  directory = root(`packages ${made} 100%`);
});

async function opened(): Promise<PackageLibrary> {
  const startHere = inThisProcess(servePackageCalls);
  const library = new PackageLibrary({ directory, script, startProcess: startHere, now: () => 1_000 });
  await library.open(() => undefined);
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

const files = async (): Promise<string[]> => (await readdir(directory)).toSorted();
const program = Buffer.from('the program '.repeat(2_000));

describe('a file that is not a package', () => {
  /** Runs the library's worker in this process, because a process per file would cost more than all tests. */
  const refusalOf = async (name: string, data: Buffer | string) => {
    const source = await fileWith(name, data);
    const staged = await stage(
      { source, target: `${source}.part`, expected: null },
      new AbortController().signal,
      () => undefined,
    );
    return 'staged' in staged ? 'accepted' : [staged.refusal.reason, staged.refusal.params['member']];
  };

  test('leaves nothing in the library', async () => {
    expect(await adding('a.zip', 'just text')).toMatchObject({ ok: false, refusal: { reason: 'notZip' } });
    expect(await files()).toEqual([]);
  });

  test('not a ZIP, an empty file, a truncated ZIP', async () => {
    expect(await refusalOf('a.zip', 'just text')).toEqual(['notZip', undefined]);
    expect(await refusalOf('a.zip', '')).toEqual(['notZip', undefined]);
    const zip = await zipOf({ a: program });
    expect(await refusalOf('a.zip', zip.subarray(0, -30))).toEqual(['notZip', undefined]);
  });

  test('a damaged directory: it begins elsewhere, hides or invents members, or differs from the local headers', async () => {
    const zip = await zipOf({ 'a.txt': 'one', 'b.txt': 'two' }, false);
    const local = Buffer.from(zip);
    local.write('c.txt', local.indexOf('b.txt'));
    const damaged: Readonly<Record<string, Buffer>> = {
      'cut at its beginning': zip.subarray(20),
      'another signature': patched(zip, 'directory', 0, 0x1234, { nth: 1 }),
      'says three members, has two': patched(patched(zip, 'end', 8, 3), 'end', 10, 3),
      'a name that the member does not have': local,
      'begins after the end': patched(zip, 'end', 16, 0x7fffffff, { size: 4 }),
    };
    for (const [what, bytes] of Object.entries(damaged))
      expect([what, await refusalOf('a.zip', bytes)]).toEqual([what, ['damagedDirectory', undefined]]);
    const hidden = patched(patched(zip, 'end', 8, 1), 'end', 10, 1);
    expect(await refusalOf('a.zip', hidden)).toEqual(['moreMembers', undefined]);
  });

  test('a link, as Unix and as Windows mark it', async () => {
    const zip = await zipOf({ 'a.txt': 'one', 'vendui/link': '/etc/passwd' });
    const links = [
      patched(zip, 'directory', 38, 0o120_777 * 65_536, { size: 4, nth: 1 }),
      patched(zip, 'directory', 38, 0x400, { size: 4, nth: 1 }),
    ];
    for (const link of links) expect(await refusalOf('a.zip', link)).toEqual(['link', 'vendui/link']);
  });

  test.each([
    ['identical', 'a/B.txt', 'a/B.txt'],
    ['differing only in case', 'a/B.txt', 'A/b.TXT'],
    ['differing only in spelling of the path', 'a/./x', 'a///x'],
    ['a file and a folder', 'a/b12', 'a/b12/'],
    ['composed and decomposed', '\u00e9.txt', 'e\u0301.txt'],
  ])('two members with one name: %s', async (_, first, second) => {
    const hold = (name: string, fill: string) => fill.repeat(Buffer.byteLength(name));
    let zip = await zipOf({ [hold(first, '#')]: 'x', [hold(second, '%')]: second.endsWith('/') ? '' : 'y' });
    zip = replaced(replaced(zip, hold(first, '#'), first), hold(second, '%'), second);
    expect(await refusalOf('a.zip', zip)).toEqual(['duplicate', second]);
  });

  test('more than 20,000 members; exactly as many are checked', async () => {
    const zip = await zipOf({ a: 'a' });
    expect(await refusalOf('a.zip', patched(zip, 'end', 10, 20_001))).toEqual(['tooManyMembers', undefined]);
    expect(await refusalOf('a.zip', patched(zip, 'end', 10, 20_000))).toEqual([
      'damagedDirectory',
      undefined,
    ]);
  });

  test('unpacked more than 200 times its size, or more than 4 GB: refused before unpacking', async () => {
    expect(await refusalOf('a.zip', await zipOf({ a: Buffer.alloc(1_000_000) }))).toEqual([
      'tooBig',
      undefined,
    ]);
    // The size comes from the directory, so nothing is unpacked.
    const zip = await zipOf({ a: randomBytes(12 * 2 ** 20), b: randomBytes(12 * 2 ** 20) }, 1);
    const claiming = (size: number) => {
      const first = patched(zip, 'directory', 24, size, { size: 4 });
      return patched(first, 'directory', 24, size, { size: 4, nth: 1 });
    };
    expect(await refusalOf('a.zip', claiming(2 ** 31 + 1))).toEqual(['tooBig', undefined]);
    expect(await refusalOf('a.zip', claiming(2 ** 31))).toEqual(['damagedMember', 'a']);
  });

  test('a ZIP without members, or with folders only', async () => {
    expect(await refusalOf('a.zip', await zipOf({}))).toEqual(['empty', undefined]);
    expect(await refusalOf('a.zip', await zipOf({ 'folder/': '' }))).toEqual(['empty', undefined]);
  });

  test('one flipped byte, in a compressed and in a stored member', async () => {
    const packed = await zipOf({ 'a.txt': 'fine', 'dir/b.bin': program });
    const at = packed.indexOf('dir/b.bin') + 40;
    packed[at] = (packed[at] ?? 0) ^ 1;
    expect(await refusalOf('a.zip', packed)).toEqual(['damagedMember', 'dir/b.bin']);
    const stored = await zipOf({ 'a.txt': 'fine', 'b.txt': 'a word' }, false);
    expect(await refusalOf('a.zip', replaced(stored, 'a word', 'a ward'))).toEqual([
      'damagedMember',
      'b.txt',
    ]);
  });

  test('an unknown compression method', async () => {
    const zip = patched(patched(await zipOf({ a: program }), 'local', 8, 14), 'directory', 10, 14);
    expect(await refusalOf('a.zip', zip)).toEqual(['damagedMember', 'a']);
  });

  test.each(['../a', '/tmp', 'C:/x', '..\\a'])('a member named %s', async (name) => {
    const zip = replaced(
      await zipOf({ 'ok.txt': 'x', ['#'.repeat(name.length)]: 'y' }),
      '#'.repeat(name.length),
      name,
    );
    expect(await refusalOf('a.zip', zip)).toEqual(['unsafeMember', name.replace('\\', '/')]);
  });

  test('encrypted', async () => {
    const zip = await zipOf({ 'a.txt': program });
    expect(
      await refusalOf(
        'a.zip',
        flagged(zip, (flags) => flags | 1),
      ),
    ).toEqual(['encrypted', 'a.txt']);
    expect(
      await refusalOf(
        'a.zip',
        flagged(zip, (flags) => flags | 0x41),
      ),
    ).toEqual(['encrypted', '']);
  });

  test('the name of a member written by Chinese Windows is readable', async () => {
    const zip = replaced(await zipOf({ 'NAME.txt': program }), 'NAME', Buffer.from('c9fdbcb6', 'hex'));
    expect(
      await refusalOf(
        'a.zip',
        flagged(zip, (flags) => (flags & ~0x800) | 1),
      ),
    ).toEqual(['encrypted', '升级.txt']);
  });

  test('a missing file, and a folder', async () => {
    const library = await opened();
    const paths = { [root('not there.zip')]: 'unreadable', [root()]: 'noUpdateXml' };
    for (const [path, reason] of Object.entries(paths))
      expect(await library.add(path)).toMatchObject({ ok: false, refusal: { reason } });
    expect(await files()).toEqual([]);
  });

  test('larger than the free disk space: refused before copying', async () => {
    const library = await opened();
    const phases: (Staging | null)[] = [];
    library.onChange(() => phases.push(library.staging));
    const path = await fileWith('big.zip', '');
    await truncate(path, 2 ** 43);
    expect(await library.add(path)).toEqual({
      ok: false,
      refusal: { reason: 'noSpace', params: { needs: 2 ** 43, free: expect.any(Number) as number } },
    });
    expect(phases.some((staging) => (staging?.done ?? 0) > 0)).toBe(false);
  });

  test('a worker that cannot start refuses the file, and the next file is accepted', async () => {
    const library = new PackageLibrary({
      directory,
      script: root('none.mjs'),
      startProcess,
      now: () => 1_000,
    });
    await library.open(() => undefined);
    const path = await fileWith('a.zip', await zipOf({ a: 'a' }));
    const refused = { ok: false, refusal: { reason: 'unreadable' } };
    expect(await library.add(path)).toMatchObject(refused);
    expect(library.staging).toBeNull();
    expect(await library.add(path)).toMatchObject(refused);
  });

  test('a file that exhausts the memory of its process is refused, and nothing else ends', async () => {
    const greedy = root('greedy.mjs');
    await writeFile(
      greedy,
      `process.on('message', () => { for (const all = []; ; ) all.push(new Array(1e6).fill(all.length)); });`,
    );
    const library = new PackageLibrary({ directory, script: greedy, startProcess, now: () => 1_000 });
    await library.open(() => undefined);
    const path = await fileWith('a.zip', await zipOf({ a: 'a' }));
    expect(await library.add(path)).toEqual({ ok: false, refusal: { reason: 'tooMuch', params: {} } });
    expect(library.staging).toBeNull();
  });

  test('a process that ignores a cancellation is killed, and the next file is read', async () => {
    const deaf = root('deaf.mjs');
    await writeFile(deaf, `process.on('message', ({ kind }) => { while (kind === 'call'); });`);
    const library = new PackageLibrary({ directory, script: deaf, startProcess, now: () => 1_000 });
    await library.open(() => undefined);
    const path = await fileWith('a.zip', await zipOf({ a: 'a' }));
    for (let file = 0; file < 2; file += 1) {
      const added = library.add(path);
      await expect.poll(() => library.staging).not.toBeNull();
      // Its process starts after the old copy was removed.
      const cancelling = setInterval(() => library.cancel(20), 20);
      expect(await added).toEqual({ ok: false, refusal: { reason: 'cancelled', params: {} } });
      clearInterval(cancelling);
    }
    expect(library.staging).toBeNull();
    expect(await files()).toEqual([]);
  });

  test('the end of the app does not wait for a disk that does not respond', async () => {
    const silent = root('silent.mjs');
    await writeFile(silent, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);');
    const library = new PackageLibrary({ directory, script: silent, startProcess, now: () => 1_000 });
    await library.open(() => undefined);
    const path = await fileWith('a.zip', await zipOf({ a: 'a' }));
    const read = [library.contents('x', ''), library.hashes('x'), library.tables('x')];
    const why = Promise.all(read.map((one) => one.catch((error: unknown) => String(error))));
    const added = library.add(path);
    const next = library.add(path);
    // The copy is removed first.
    await expect.poll(() => library.staging).not.toBeNull();
    await library.close(20);
    for (const text of await why) expect(text).toBe('Error: cancelled');
    for (const { ok } of [await added, await next]) expect(ok).toBe(false);
  });
});
