/** Groups of frames in the real app: counts, statistics, machines without a frame, and the way to the frames. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { go, lineCount, list, logIn } from '../builders/captureScreens';
import { onRecord } from '../builders/counted';
import { decimalFrame } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const region = ({ page }: TestApp): Locator => page.getByRole('region', { name: 'Groups of frames' });
const row = (app: TestApp, name: string | RegExp): Locator =>
  region(app)
    .getByRole('row')
    .filter({ has: app.page.getByRole('rowheader', { name }) });
const numbers = async (line: Locator): Promise<readonly string[]> => line.getByRole('cell').allInnerTexts();

it('are counted with answer times, sorted, and lead to their frames; also machines without one', async () => {
  const app = await shared();
  const { page } = app;
  const [one, other] = [await logIn(app, 33_232), await logIn(app, 33_233)];
  for (let beat = 0; beat < 7; beat += 1) one.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  other.send(decimalFrame('{"cmd":"error","vmc_no":33233,"error_code":"ERROR:5300","isSet":true}'));
  await go(app, '#/inspector');
  await list(app).getByRole('option').first().waitFor();
  await expect.poll(() => onRecord(app, 'cmd:hb')).toBe(14);

  await page.getByRole('radiogroup', { name: 'Show frames as' }).getByText('Groups').click();
  const beats = row(app, /^hb/);
  await expect.poll(() => beats.count()).toBe(1);
  const cells = await numbers(beats);
  expect(cells[0]).toMatch(/^14/);
  // Both the question and its answer have the time.
  expect(cells[3]).toBe('14');
  await expect
    .poll(() =>
      region(app)
        .getByText(/\d groups?, \d+ entries$/)
        .count(),
    )
    .toBe(1);
  expect(await accessibilityProblems(app)).toEqual([]);

  const heads = region(app).getByRole('columnheader');
  await heads.filter({ hasText: 'cmd' }).getByRole('button').press('Enter');
  await expect.poll(() => heads.first().getAttribute('aria-sort')).toBe('ascending');

  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('menuitem', { name: 'Machines, also those without a frame' }).click();
  const box = page.getByRole('combobox', { name: 'Filter', exact: true });
  await box.fill('cmd:error');
  await box.press('Enter');
  await expect.poll(() => numbers(row(app, /33232/))).toEqual(['0', '', '']);
  await row(app, /33233/).getByRole('button').press('Enter');
  await expect.poll(() => box.inputValue()).toBe('cmd:error vmc:33233');
  await expect.poll(() => lineCount(app)).toBe(1);
  one.socket.destroy();
  other.socket.destroy();
});
