/** Packages of upgrades in the real app: ZIPs are read in, refused, looked into, named, saved and removed; and who else asks for one. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { choose, panel, upgradesPage } from '../builders/upgradesPage';
import { replaced, zipOf } from '../builders/zips';

const { withoutPackages, file, folder } = upgradesPage();

describe('a file', () => {
  it('that is damaged is refused in words; the next try is open', async () => {
    const app = await withoutPackages();
    const good = await zipOf({ 'vendui/main': 'as it was when it was packed' }, false);
    await choose(app, await file('bad.zip', replaced(good, 'as it was', 'as it is!')));
    const packages = panel(app, 'Packages');
    await packages.getByText('“vendui/main” in it can’t be unpacked').waitFor();
    await choose(app, await file('no.zip', Buffer.from('PK, but no more')));
    await packages.getByText('This is no ZIP file, or it is cut off.').waitFor();
    await choose(app, await file('good.zip', good));
    await packages.getByRole('button', { name: /^good\.zip/ }).waitFor();
    expect(await packages.getByRole('alert').count()).toBe(0);
  });

  it('that is still read in can be cancelled, and leaves nothing', async () => {
    const app = await withoutPackages();
    const path = await file('big.zip', Buffer.alloc(0));
    // Holds no bytes on the disk; reading it takes long enough for a person to think again.
    await truncate(path, 3 * 1024 ** 3);
    const packages = panel(app, 'Packages');
    const told = [
      packages.getByText('Copying big.zip').waitFor(),
      packages.getByText(/[MG]iB of 3 GiB/).waitFor(),
    ];
    await choose(app, path);
    await Promise.all(told);
    expect(await accessibilityProblems(app)).toEqual([]);
    await packages.getByRole('button', { name: 'Cancel' }).click();
    await packages.getByText('No package yet').waitFor();
    expect(await packages.getByRole('alert').count()).toBe(0);
    const kept = await readdir(join(app.dataDirectory, 'packages'), { recursive: true });
    expect(kept.filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  it('is dropped with its update.xml, held against a checksum, looked into, named and saved elsewhere', async () => {
    const app = await withoutPackages();
    const { page } = app;
    const zip = await zipOf({ 'vendui/main': 'the program', 'vendui/readme.txt': 'read me' });
    const dropped = await mkdtemp(join(folder(), 'dropped-'));
    await writeFile(join(dropped, 'vendui.zip'), zip);
    await writeFile(
      join(dropped, 'update.xml'),
      '<Jetinno><vendui_version>9.8.7</vendui_version><package_path>/vendui.zip</package_path></Jetinno>',
    );
    await page.evaluate(() => {
      location.hash = '#/orders';
    });
    // As the system drops it: files by their places.
    const drag = await page.context().newCDPSession(page);
    const data = { items: [], files: [dropped], dragOperationsMask: 1 };
    const drags = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      drag.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
    await drags('dragEnter');
    // Told again and again while it is held there.
    await expect
      .poll(async () => {
        await drags('dragOver');
        return page.getByText('Drop packages here').isVisible();
      })
      .toBe(true);
    await drags('dragOver');
    // What lies below may be another by the time it is dropped.
    await page.evaluate(() => {
      location.hash = '#/inspector';
    });
    await page.getByRole('heading', { name: 'Inspector' }).waitFor();
    await drags('drop');
    const packages = panel(app, 'Packages');
    await packages.getByText('An update.xml came with it').waitFor();
    await packages.getByText('<package_path>/u/').waitFor();
    await packages.getByRole('textbox', { name: 'Label' }).fill('Lobby');
    await page.keyboard.press('Enter');
    await packages.getByRole('button', { name: /^Lobby\s*vendui\.zip/ }).waitFor();
    await packages.getByRole('button', { name: 'Size, checksums and contents' }).click();
    await packages.getByText('2 of 2 files; 2 shown.').waitFor();
    await packages.getByRole('textbox', { name: 'Search the files in it' }).fill('README');
    await packages.getByText('1 of 2 files; 1 shown.').waitFor();
    const typed = packages.getByRole('textbox', { name: 'Expected checksum', exact: true });
    await typed.fill('f'.repeat(32));
    await page.keyboard.press('Enter');
    await packages.getByText(/^This is not the package that was meant/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await typed.fill(createHash('md5').update(zip).digest('hex'));
    await page.keyboard.press('Enter');
    await packages.getByText('the MD5 that was typed: the same').waitFor();
    const target = join(dropped, 'saved.zip');
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await packages.getByRole('button', { name: 'Save as…' }).click();
    await expect.poll(() => readFile(target).catch(() => null)).toEqual(zip);
    // Its copy is spoilt, which the list says once somebody has looked, until the ZIP is read in again.
    const sha256 = createHash('sha256').update(zip).digest('hex');
    const copy = join(app.dataDirectory, 'packages', `${sha256}.zip`);
    await writeFile(copy, Buffer.from(zip).fill(7, 40, 41));
    await typed.fill(sha256);
    await page.keyboard.press('Enter');
    await packages.getByRole('button', { name: /^Lobby.*copy damaged/ }).waitFor();
    await packages
      .getByText(/^The copy in Crema is damaged/)
      .first()
      .waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await choose(app, join(dropped, 'vendui.zip'));
    await packages.getByRole('button', { name: /^Lobby(?!.*copy damaged)/ }).waitFor();
    expect(await readFile(copy)).toEqual(zip);
    await packages.getByRole('button', { name: 'Size, checksums and contents' }).click();
  });

  it('is removed after one question', async () => {
    const app = await withoutPackages();
    await choose(app, await file('away.zip', await zipOf({ a: 'b' })));
    const packages = panel(app, 'Packages');
    await packages.getByRole('button', { name: 'Size, checksums and contents' }).click();
    await packages.getByText(/^[0-9a-f]{64}$/).waitFor();
    await packages.getByRole('button', { name: 'Remove' }).click();
    await app.page.getByText('Remove away.zip from Crema?').waitFor();
    await app.page.getByRole('button', { name: 'Remove' }).last().click();
    await packages.getByText('No package yet').waitFor();
  });
});

it('more requests than there are places: the window says whose gave way, once', async () => {
  const app = await withoutPackages();
  const port = await app.page.evaluate(async () => {
    const snapshot = await window.crema.snapshot(undefined);
    const updates = snapshot.ok ? snapshot.value.listeners.updates : null;
    return updates?.status === 'listening' ? updates.port : 0;
  });
  const crowd = Array.from({ length: 1_010 }, () =>
    connect(port, '127.0.0.1', function (this: Socket) {
      this.write('GET /u/1/1/update.xml HTTP/1.1\r\n');
    }).on('error', () => undefined),
  );
  const banner = app.page
    .getByRole('alert')
    .filter({ hasText: 'All 1,000 connections for downloads of upgrades were taken.' });
  await banner.getByText('127.0.0.1 held most of them (1,000); 10 connections gave way').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  expect((await fetch(`http://127.0.0.1:${port}/u/1/1/update.xml`)).status).toBe(404);
  expect(app.lines.filter((line) => line.includes('connections were taken'))).toHaveLength(1);
  await banner.getByRole('button').click();
  await banner.waitFor({ state: 'detached' });
  for (const socket of crowd) socket.destroy();
});
