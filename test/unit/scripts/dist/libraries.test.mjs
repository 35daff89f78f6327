import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { buildDeb } from '../../../../scripts/lib/dist/deb.mjs';
import { iconSizes } from '../../../../scripts/lib/dist/icons.mjs';
import { libraryPackages, librariesOf, undeclared } from '../../../../scripts/lib/dist/libraries.mjs';
import { productOf } from '../../../../scripts/lib/dist/product.mjs';
import { onPath, run } from '../../../../scripts/lib/run.mjs';
import { useFolder } from '../../../builders/useFolder';

const folder = useFolder();
const onLinux = process.platform === 'linux';

it.skipIf(!onLinux)('libraries are read from each file of the app, and unknown ones are named', async () => {
  expect(await librariesOf(process.execPath)).toEqual(expect.arrayContaining(['libc.so.6', 'libm.so.6']));
  expect(await librariesOf(import.meta.filename)).toEqual([]);
  await mkdir(folder('app/native'), { recursive: true });
  const prebuilds = join(import.meta.dirname, '../../../../node_modules/@photostructure/sqlite/prebuilds');
  const sqlite = join(prebuilds, `linux-${process.arch}`, '@photostructure+sqlite.glibc.node');
  expect(await librariesOf(sqlite)).toContain('libstdc++.so.6');
  await copyFile(sqlite, folder('app/native/sqlite.node'));
  await writeFile(folder('app/notes'), 'no program');
  expect(await undeclared(folder('app'))).toEqual([]);
  // The shell's own library, which no app of ours needs.
  await copyFile('/bin/bash', folder('app/bash'));
  expect(await undeclared(folder('app'))).toEqual(['libtinfo.so.6']);
  await writeFile(folder('app/libtinfo.so.6'), '');
  expect(await undeclared(folder('app'))).toEqual([]);
});

it.skipIf(!['dpkg', 'dpkg-deb', 'fakeroot'].every(onPath))(
  'on a bare Debian dpkg names every package that is missing',
  async () => {
    const product = productOf('test', '0.1.0');
    /** @param {string} name @param {string} content */
    const file = async (name, content) => {
      const path = folder(name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    };
    const executable = await file(`app/${product.name}`, '#!/bin/sh\n');
    await chmod(executable, 0o755);
    await file('app/version', '33.2.1');
    await file('app/resources/app/package.json', JSON.stringify({ name: product.name, version: '0.1.0' }));
    for (const size of iconSizes) await file(`icons/${size}x${size}.png`, '');
    await mkdir(folder('out'));
    const deb = await buildDeb({
      unpacked: { folder: folder('app'), executable },
      arch: 'x64',
      product,
      icons: folder('icons'),
      output: folder('out'),
      work: folder(),
    });
    const root = folder('root');
    for (const name of ['info/format', 'status', 'updates/none', 'triggers/File'])
      await file(`root/var/lib/dpkg/${name}`, name === 'info/format' ? '1\n' : '');
    await rm(join(root, 'var/lib/dpkg/updates/none'));
    const env = { ...process.env, LC_ALL: 'C' };
    const args = [`--root=${root}`, '--force-not-root', '--force-architecture', '--force-script-chrootless'];
    const { code, output } = await run('fakeroot', ['dpkg', ...args, '--log=/dev/null', '-i', deb], { env });
    expect(code).toBe(1);
    const missing = [...output.matchAll(/^ {2}Package (\S+) is not installed\.$/gm)].map(([, name]) => name);
    expect(missing).toEqual(expect.arrayContaining(libraryPackages));
    expect(libraryPackages).toEqual(expect.arrayContaining(['libasound2', 'libgtk-3-0', 'libudev1', 'libcups2']));
  },
);
