/** Files fetched from a machine in the real app: a virtual android machine hands over its log and its recipes. */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { zipOf } from '../builders/zips';

const open: TestApp[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

it('fetches a log and the recipes, shows, searches, compares and saves them', async () => {
  const app = await startApp({ size: { width: 1366, height: 768 } });
  open.push(app);
  const { page } = app;
  await page.mouse.move(700, 4);
  await page.evaluate(() => window.crema.simulate({ count: 1, platform: 'android' }));
  const row = await expect
    .poll(() =>
      page.evaluate(async () => {
        const snapshot = await window.crema.snapshot(undefined);
        const found = snapshot.ok ? snapshot.value.machines[0] : undefined;
        return found?.online === true && found.platform === 'android' ? found.vmcNo : null;
      }),
    )
    .not.toBeNull()
    .then(() =>
      page.evaluate(async () => {
        const snapshot = await window.crema.snapshot(undefined);
        return snapshot.ok ? (snapshot.value.machines[0]?.vmcNo ?? 0) : 0;
      }),
    );
  await page.evaluate((vmcNo) => {
    location.hash = `#/machines/${vmcNo}/files`;
  }, row);
  await page.getByText('No file of this machine is here').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  const list = page.getByRole('listbox', { name: 'Files of the machine, newest first' });
  const ask = page.getByRole('button', { name: 'Fetch a file' });
  const fetch = async (what: string, count: number, press = () => ask.click()): Promise<void> => {
    // The list stands still while a file is open.
    const close = page.getByRole('button', { name: 'Close', exact: true });
    if ((await close.count()) > 0) await close.click();
    await press();
    await page.getByRole('radio', { name: what }).check();
    await page.getByRole('button', { name: 'Fetch', exact: true }).click();
    // Away from the list, which holds still under the pointer too.
    await page.mouse.move(700, 4);
    await expect.poll(() => list.getByRole('option').count()).toBe(count);
  };
  await fetch('Log of a day', 1);
  await list.getByRole('option').first().click();
  const text = page.getByRole('listbox', { name: 'Lines of the file' });
  await text.getByRole('option').first().waitFor();
  await page.getByRole('textbox', { name: 'Search the file' }).fill('/00:00:.*heartbeat/');
  await page.getByText(/^1 of \d+ lines$/).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  await fetch('Recipes', 2);
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
      await window.crema.command({
        vmcNo,
        name: 'setPrices',
        input: { prices: [{ productId: 701, price: 12_300, type: 0 }] },
      });
      await heard;
    }, row);
  await fetch('Product list', 3, async () => {
    await ask.hover();
    await page.mouse.down();
    // A line of the strip, above, does not move the button away from under the press.
    await price();
    await page.mouse.up();
  });
  // It has the new price, which proves that the machine took it.
  const lastOf = (name: string): Promise<string> =>
    page.evaluate(
      async ([vmcNo, wanted]) => {
        const found = await window.crema.commands({ vmcNo, before: null, limit: 20 });
        const command = found.ok ? found.value.find(({ name: one }) => one === wanted) : undefined;
        return `${command?.state} ${command?.steps.at(-1)?.what}`;
      },
      [row, name] as const,
    );
  await expect.poll(() => lastOf('setPrices')).toMatch(/^confirmed (pricesListed|amountSeen)$/);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Discount', exact: true }).click();
  await page.getByLabel('Customers pay').fill('50');
  const known = page.getByRole('region', { name: 'What known products would cost' });
  const line = known.getByRole('row').filter({ hasText: '701' });
  await line.getByRole('cell', { name: '¥123.00' }).waitFor();
  await line.getByRole('cell', { name: '¥61.50' }).waitFor();
  await page.keyboard.press('Escape');
  await fetch('Recipes', 4);
  await list.getByRole('option').first().click();
  await page.getByText(/0 new, 1 changed, 0 gone/).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  const target = join(app.dataDirectory, 'saved.zip');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await page.getByRole('button', { name: 'Save as…' }).click();
  await page.getByText('Saved as saved.zip.').waitFor();
  expect(readFileSync(target).subarray(0, 2).toString()).toBe('PK');
  expect(existsSync(join(app.dataDirectory, 'fetched', String(row)))).toBe(true);

  // Another package that fits is there already: what is gone on with is the file all the same.
  const older = join(app.dataDirectory, 'older.zip');
  await writeFile(older, await zipOf({ 'JetinnoZip/older.product': '[]', 'JetinnoZip/older.recipe': '[]' }));
  await page.evaluate((path) => window.crema.takePackage({ path, expected: '' }), older);
  await page.getByRole('button', { name: 'Use as upgrade package' }).click();
  await page
    .getByText(new RegExp(`^${row}-recipe-`))
    .first()
    .waitFor();
  // It is opened as tables, and held against what the machine sent before.
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
  await tables.getByText('0 more here, 1 otherwise, 0 only there').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.keyboard.press('Escape');

  // What it says of the discount and of the menu proves those.
  await page.evaluate(async (vmcNo) => {
    await window.crema.command({ vmcNo, name: 'setDiscount', input: { percent: 80 } });
    await window.crema.command({ vmcNo, name: 'lockProducts', input: { productIds: [701] } });
  }, row);
  await expect.poll(() => lastOf('lockProducts')).toBe('sent sent');
  await page.evaluate((vmcNo) => {
    location.hash = `#/machines/${vmcNo}/files`;
  }, row);
  await fetch('Product list', 5);
  await expect.poll(() => lastOf('lockProducts')).toBe('confirmed menuListed');
  await expect.poll(() => lastOf('setDiscount')).toMatch(/^confirmed (discountListed|amountSeen)$/);
});
