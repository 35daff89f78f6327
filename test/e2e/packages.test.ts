/**
 * Files in the real app. Upgrade packages: ZIPs are imported, refused, viewed, named, saved and removed, and other requests for
 * them are listed. Machine files: fetched, viewed, compared, saved, and used as a package.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { drag } from '../builders/drag';
import { newFolder } from '../builders/folders';
import { pacedMachines } from '../builders/pacedMachines';
import { choose, details, panel, upgradesPage } from '../builders/upgradesPage';
import { rawZip, replaced, zipOf } from '../builders/zips';

const { withoutPackages, emptied, file, folder } = upgradesPage();

describe('a package', () => {
  it('that is damaged is refused with a reason; the next import is possible', async () => {
    const app = await withoutPackages();
    const good = await zipOf({ 'vendui/main': 'as it was when it was packed' }, false);
    await choose(app, await file('bad.zip', replaced(good, 'as it was', 'as it is!')));
    const packages = panel(app, 'Packages');
    await packages.getByText('“vendui/main” can’t be extracted').waitFor();
    await choose(app, await file('no.zip', Buffer.from('PK, but no more')));
    await packages.getByText('This is not a ZIP file, or it is incomplete.').waitFor();
    await choose(app, await file('long.zip', rawZip([{ name: 'n'.repeat(300) }])));
    const alert = packages.getByRole('alert').filter({ hasText: 'is empty or too long' });
    await alert.waitFor();
    // A name without spaces is wrapped too: it does not overflow the panel.
    expect(await alert.evaluate((note) => note.scrollWidth - note.clientWidth)).toBe(0);
    await choose(app, await file('good.zip', good));
    await packages.getByRole('button', { name: /^good\.zip/ }).waitFor();
    expect(await packages.getByRole('alert').count()).toBe(0);
  });

  it('can be cancelled during its import, and leaves nothing', async () => {
    const app = await emptied();
    const path = await file('big.zip', Buffer.alloc(0));
    // The file is sparse on the disk. Reading it takes long enough for a person to cancel.
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

  it('is dropped with its update.xml, compared with a checksum, viewed, named and saved elsewhere', async () => {
    const app = await withoutPackages();
    const { page } = app;
    const zip = await zipOf({ 'vendui/main': 'the program', 'vendui/readme.txt': 'read me' });
    const dropped = newFolder(folder());
    await writeFile(join(dropped, 'vendui.zip'), zip);
    await writeFile(
      join(dropped, 'update.xml'),
      '<Jetinno><vendui_version>9.8.7</vendui_version><package_path>/vendui.zip</package_path></Jetinno>',
    );
    await page.evaluate(() => {
      location.hash = '#/orders';
    });
    const drop = await drag(page, { file: dropped, x: 500, y: 400, text: 'Drop packages here' });
    // The screen below may change before the drop.
    await page.evaluate(() => {
      location.hash = '#/inspector';
    });
    await page.getByRole('heading', { name: 'Inspector' }).waitFor();
    await drop();
    const packages = panel(app, 'Packages');
    const facts = await details(app);
    await facts.getByText('It came with an update.xml').waitFor();
    expect(await facts.getByText('<package_path>/u/').count()).toBe(0);
    await facts.getByRole('button', { name: 'update.xml for the machines' }).click();
    await facts.getByText('<package_path>/u/').waitFor();
    await facts.getByRole('textbox', { name: 'Label' }).fill('Lobby');
    await page.keyboard.press('Enter');
    await packages.getByRole('button', { name: /^Lobby\s*vendui\.zip/ }).waitFor();
    await facts.getByRole('button', { name: 'Size, checksums and contents' }).click();
    await facts.getByText('2 of 2 files; 2 shown.').waitFor();
    await facts.getByRole('textbox', { name: 'Search the package’s files' }).fill('README');
    await facts.getByText('1 of 2 files; 1 shown.').waitFor();
    const typed = facts.getByRole('textbox', { name: 'Expected checksum', exact: true });
    await typed.fill('f'.repeat(32));
    await page.keyboard.press('Enter');
    await facts.getByText(/^This is not the expected package/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await typed.fill(createHash('md5').update(zip).digest('hex'));
    await page.keyboard.press('Enter');
    await facts.getByText('matches the entered MD5').waitFor();
    const target = join(dropped, 'saved.zip');
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await facts.getByRole('button', { name: 'Save as…' }).click();
    await expect.poll(() => readFile(target).catch(() => null)).toEqual(zip);
    // Its copy is damaged. The list reports this after the next check, until the ZIP is imported again.
    const sha256 = createHash('sha256').update(zip).digest('hex');
    const copy = join(app.dataDirectory, 'packages', `${sha256}.zip`);
    await writeFile(copy, Buffer.from(zip).fill(7, 40, 41));
    await typed.fill(sha256);
    await page.keyboard.press('Enter');
    await packages.getByRole('button', { name: /^Lobby.*copy damaged/ }).waitFor();
    await facts.getByText(/^Crema’s copy is damaged/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await choose(app, join(dropped, 'vendui.zip'));
    await packages.getByRole('button', { name: /^Lobby(?!.*copy damaged)/ }).waitFor();
    expect(await readFile(copy)).toEqual(zip);
    await facts.getByRole('button', { name: 'Size, checksums and contents' }).click();
  });

  it('is removed after one question', async () => {
    const app = await withoutPackages();
    await choose(app, await file('away.zip', await zipOf({ a: 'b' })));
    const packages = panel(app, 'Packages');
    const facts = await details(app);
    await facts.getByRole('button', { name: 'Size, checksums and contents' }).click();
    await facts.getByText(/^[0-9a-f]{64}$/).waitFor();
    await facts.getByRole('button', { name: 'Remove' }).click();
    await app.page.getByText('Remove away.zip from Crema?').waitFor();
    await app.page.getByRole('button', { name: 'Remove' }).last().click();
    await packages.getByText('No package yet').waitFor();
  });
});

it('files of a machine: fetches a log and the recipes, shows, searches, compares and saves them', async () => {
  const app = await emptied();
  const { page } = app;
  const fleet = await pacedMachines(app, { count: 1, platform: 'android' });
  onTestFinished(() => fleet.stop());
  const row = fleet.machines[0]?.number ?? 0;
  await page.evaluate((vmcNo) => {
    location.hash = `#/machines/${vmcNo}/files`;
  }, row);
  await page.getByText('No files of this machine').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  const list = page.getByRole('listbox', { name: 'Files of the machine, newest first' });
  const ask = page.getByRole('button', { name: 'Fetch a file' });
  let files = 0;
  const fetch = async (what: string, press = () => ask.click()): Promise<void> => {
    // The list pauses while a file is open.
    const close = page.getByRole('button', { name: 'Close', exact: true });
    if ((await close.count()) > 0) await close.click();
    await press();
    await page.getByRole('radio', { name: what }).check();
    files += 1;
    await page.getByRole('dialog').getByRole('button', { name: 'Fetch a file', exact: true }).click();
    // Away from the list, which pauses under the pointer too.
    await page.mouse.move(700, 4);
    await expect.poll(() => list.getByRole('option').count()).toBe(files);
  };
  await fetch('Log of a day');
  await list.getByRole('option').first().click();
  const text = page.getByRole('listbox', { name: 'Lines of the file' });
  await text.getByRole('option').first().waitFor();
  await page.getByRole('textbox', { name: 'Search the file' }).fill('/00:00:.*heartbeat/');
  await page.getByText(/^1 of \d+ lines$/).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  await fetch('Recipes');
  await list.getByRole('option').first().click();
  await page.getByRole('columnheader', { name: 'productId' }).first().waitFor();
  const price = (): Promise<void> =>
    page.evaluate(async (vmcNo) => {
      const heard = new Promise<void>((done) => {
        const stop = window.crema.onFeed((batch) => {
          if (!batch.includes('setPrices')) return;
          stop();
          requestAnimationFrame(() => requestAnimationFrame(() => done()));
        });
      });
      await window.crema.request('command', {
        vmcNo,
        name: 'setPrices',
        input: { prices: [{ productId: 701, price: 12_300, type: 0 }] },
      });
      await heard;
    }, row);
  await fetch('Product list', async () => {
    await ask.hover();
    await page.mouse.down();
    // A line in the strip above does not move the button away from a press.
    await price();
    await page.mouse.up();
  });
  // The list has the new price, which proves that the machine applied it.
  const priced = (): Promise<string> =>
    page.evaluate(async (vmcNo) => {
      const found = await window.crema.request('commands', { vmcNo, before: null, limit: 20 });
      const command = found.ok ? found.value.find(({ name }) => name === 'setPrices') : undefined;
      return `${command?.state} ${command?.steps.at(-1)?.what}`;
    }, row);
  // The machine applies the price some time later, so the list is requested until it has the price.
  while (!/^confirmed (pricesListed|amountSeen)$/.test(await priced())) await fetch('Product list');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Discount', exact: true }).click();
  await page.getByLabel('Customers pay').fill('50');
  const known = page.getByRole('region', { name: 'Discounted prices of known products' });
  const line = known.getByRole('row').filter({ hasText: '701' });
  await line.getByRole('cell', { name: '¥123.00' }).waitFor();
  await line.getByRole('cell', { name: '¥61.50' }).waitFor();
  await page.keyboard.press('Escape');
  await fetch('Recipes');
  await list.getByRole('option').first().click();
  await page.getByText(/0 new, 1 changed, 0 removed/).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  const target = join(app.dataDirectory, 'saved.zip');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await page.getByRole('button', { name: 'Save as…' }).click();
  await page.getByText('Saved as saved.zip.').waitFor();
  expect(readFileSync(target).subarray(0, 2).toString()).toBe('PK');
  expect(existsSync(join(app.dataDirectory, 'fetched', String(row)))).toBe(true);

  // Another matching package exists already: the file is used all the same.
  const older = join(app.dataDirectory, 'older.zip');
  await writeFile(older, await zipOf({ 'JetinnoZip/older.product': '[]', 'JetinnoZip/older.recipe': '[]' }));
  await page.evaluate((path) => window.crema.request('takePackage', { path, expected: '' }), older);
  await page.getByRole('button', { name: 'Use as upgrade package' }).click();
  await page
    .getByText(new RegExp(`^${row}-recipe-`))
    .first()
    .waitFor();
  await details(app);
  // It opens as tables, compared with the machine's earlier file.
  await page.getByText(`Recipes of machine ${row}, model JL15.`).waitFor();
  await page.getByRole('button', { name: 'Open as tables…' }).click();
  const tables = page.getByRole('dialog');
  await tables.getByRole('columnheader', { name: 'names.zh' }).waitFor();
  await tables.getByText('en', { exact: true }).click();
  await tables.getByRole('columnheader', { name: 'names.zh' }).waitFor({ state: 'detached' });
  await tables.getByRole('combobox', { name: 'Compare with' }).click();
  await page
    .getByRole('option', { name: `Recipes of machine ${row}` })
    .last()
    .click();
  await tables.getByText('0 only here, 1 different, 0 only there').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.keyboard.press('Escape');
});
