/** Opened captures in the real app: whose clock told their times, many of them at once, and what is left of jobs that have ended. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import {
  closeCaptures,
  exportTo,
  go,
  jobs,
  line,
  lineCount,
  logIn,
  openFile,
  tab,
  tabNamed,
} from '../builders/captureScreens';
import { pcapng, TcpScript } from '../builders/packets';
import { decimalFrame } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

it('the tab that is shown is in view, tabs are closed by keyboard, and ended jobs go away by themselves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crema-tabs-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const app = await shared();
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1000, 640);
  });
  const { page } = app;
  const client = await logIn(app, 33_232);
  ends.push(() => client.socket.destroy());
  await go(app, '#/inspector');
  await line(app, 'login, version').first().waitFor();
  const first = join(folder, 'day 0 of the machine in the lobby.jsonl');
  await exportTo(app, first, 'JSONL');
  await exportTo(app, join(folder, 'other.csv'), 'CSV');
  // It stays for ten seconds.
  const other = jobs(app).getByText('other.csv is written').waitFor();
  await exportTo(app, join(folder, 'nowhere', 'third.csv'), 'CSV');
  await other;
  await jobs(app).getByText('third.csv was not written.').waitFor();
  await page.mouse.move(500, 4);
  expect(await accessibilityProblems(app)).toEqual([]);
  // Those that ended well go; what failed stays until it is told to.
  for (const ended of ['day 0 of the machine in the lobby.jsonl is written', 'other.csv is written'])
    await jobs(app).getByText(ended).waitFor({ state: 'detached', timeout: 15_000 });
  await jobs(app).getByText('third.csv was not written.').waitFor();
  await jobs(app).getByRole('button', { name: 'Dismiss' }).click();
  await jobs(app).waitFor({ state: 'hidden' });
  await exportTo(app, join(folder, 'a.csv'), 'CSV');
  // Once there are two.
  const cleared = jobs(app).getByRole('button', { name: 'Clear ended' }).click();
  await exportTo(app, join(folder, 'b.csv'), 'CSV');
  await cleared;
  await jobs(app).waitFor({ state: 'hidden' });

  const inView = (app_: TestApp, name: RegExp): Promise<boolean> =>
    tabNamed(app_, name).evaluate((button) => {
      const { left, right } = button.getBoundingClientRect();
      return left >= 0 && right <= window.innerWidth;
    });
  for (let n = 1; n <= 8; n += 1) {
    const file = join(folder, `day ${n} of the machine in the lobby.jsonl`);
    await copyFile(first, file);
    await openFile(app, file);
    const name = new RegExp(`^day ${n} of`);
    await tabNamed(app, name).and(page.locator('[aria-current="true"]')).waitFor();
    await expect.poll(() => inView(app, name)).toBe(true);
  }
  expect(await accessibilityProblems(app)).toEqual([]);
  expect(await inView(app, /^day 1 of/)).toBe(false);
  await tabNamed(app, /^day 1 of/).focus();
  await page.keyboard.press('Delete');
  await tabNamed(app, /^day 1 of/).waitFor({ state: 'detached' });
  // The next one has the focus, and what was shown is shown.
  await tabNamed(app, /^day 2 of/)
    .and(page.locator(':focus'))
    .waitFor();
  await tabNamed(app, /^day 8 of/)
    .and(page.locator('[aria-current="true"]'))
    .waitFor();
  await tabNamed(app, /^day 8 of/).focus();
  await page.keyboard.press('Delete');
  await tabNamed(app, /^Live/).and(page.locator('[aria-current="true"]')).waitFor();
  await expect.poll(() => inView(app, /^Live/)).toBe(true);
}, 240_000);

it('in a capture it is the day of its last entry, in filters too, and every time says whose clock told it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crema-day-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const app = await shared();
  await closeCaptures(app);
  const { page } = app;
  const noon = new Date(2023, 10, 14, 12).getTime();
  const script = new TcpScript({ time: (noon - 86_400_000) * 1000 }).opens();
  script.says(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  script.time = noon * 1000;
  script.says(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
  const file = join(folder, 'day.pcapng');
  await writeFile(file, pcapng(script.packets));
  await go(app, '#/inspector');
  await openFile(app, file);
  await line(app, 'dooropen').waitFor();
  await page.getByRole('status').getByText('by the clock of the computer that recorded it').waitFor();
  const head = page.getByRole('button', { name: 'Time', exact: true });
  expect(await head.getAttribute('title')).toContain('the computer that recorded it');

  const box = page.getByRole('combobox', { name: 'Filter', exact: true });
  for (const [text, count] of [
    ['time:today', 1],
    ['time:yesterday', 2],
    ['time:-10m', 1],
    ['time:12:00', 1],
  ] as const) {
    await box.fill(text);
    await expect.poll(() => lineCount(app), { message: text }).toBe(count);
  }
  // Every screen says by whose clock its times are; an order's is its machine's own.
  const screens = ['connect', 'machines', 'inspector', 'errors', 'orders', 'upgrades', 'settings'];
  for (const screen of ['machines', 'inspector', 'errors', 'orders']) {
    await go(app, `#/${screen}`);
    await page.locator('header').getByText('The recording’s clock').waitFor();
  }
  await go(app, '#/inspector');
  await tab(app, 'Live').click();
  await expect.poll(() => head.getAttribute('title')).toBe('by this computer’s clock');
  const client = await logIn(app, 33_232);
  for (const [orderNo, time] of [
    ['T1', ',"timestamp":"20250318165359"'],
    ['T2', ''],
  ] as const)
    client.send(
      decimalFrame(
        `{"cmd":"productdone","vmc_no":33232,"order_no":"${orderNo}","ProductId":1,"isok":true${time}}`,
      ),
    );
  for (const screen of screens) {
    await go(app, `#/${screen}`);
    const said = page.locator('header').getByText('This computer’s clock');
    expect(await said.getAttribute('title')).toContain('by this computer’s clock');
  }
  await go(app, '#/orders');
  const orders = page.getByRole('listbox', { name: 'Orders, newest first' });
  for (const [orderNo, whose] of [
    ['T1', 'by the machine’s own clock'],
    ['T2', 'by this computer’s clock'],
  ] as const) {
    await orders.getByText(orderNo, { exact: true }).click();
    await page
      .getByRole('region', { name: new RegExp(orderNo) })
      .getByText(new RegExp(`^${whose}`))
      .waitFor();
  }
  client.socket.destroy();

  // A question about what it shows goes with it, as when another window closes it: there are no such frames to be written any more.
  await tabNamed(app, /^day/).click();
  await go(app, '#/inspector');
  await line(app, 'dooropen').waitFor();
  await page.getByRole('button', { name: 'Export…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export frames' });
  await dialog.getByRole('radio', { name: 'The whole capture' }).waitFor();
  await closeCaptures(app);
  await dialog.waitFor({ state: 'detached' });
  // Live is shown where it was left.
  await orders.waitFor();
});
