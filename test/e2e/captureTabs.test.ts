/** Many opened captures, and what is left of jobs that have ended, in the real app. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { exportTo, go, jobs, line, logIn, openFile, tabNamed } from '../builders/captureScreens';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

it('the tab that is shown is in view, tabs are closed by keyboard, and ended jobs go away by themselves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crema-tabs-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const app = await startApp({ size: { width: 1000, height: 640 } });
  ends.push(() => app.close());
  const { page } = app;
  const client = await logIn(app, 33_232);
  ends.push(() => client.socket.destroy());
  await go(app, '#/inspector');
  await line(app, 'login, version').waitFor();
  const first = join(folder, 'day 0 of the machine in the lobby.jsonl');
  await exportTo(app, first, 'JSONL');
  await exportTo(app, join(folder, 'other.csv'), 'CSV');
  await exportTo(app, join(folder, 'nowhere', 'third.csv'), 'CSV');
  await jobs(app).getByText('other.csv is written').waitFor();
  await jobs(app).getByText('third.csv was not written.').waitFor();
  await page.mouse.move(500, 4);
  expect(await accessibilityProblems(app)).toEqual([]);
  // Those that ended well go; what failed stays until it is told to.
  await jobs(app).getByText('other.csv is written').waitFor({ state: 'detached', timeout: 15_000 });
  await jobs(app).getByText('third.csv was not written.').waitFor();
  await jobs(app).getByRole('button', { name: 'Dismiss' }).click();
  await jobs(app).waitFor({ state: 'hidden' });
  for (const name of ['a.csv', 'b.csv']) await exportTo(app, join(folder, name), 'CSV');
  await jobs(app).getByRole('button', { name: 'Clear ended' }).click();
  await jobs(app).waitFor({ state: 'hidden' });

  const inView = (app_: TestApp, name: RegExp): Promise<boolean> =>
    tabNamed(app_, name).evaluate((button) => {
      const { left, right } = button.getBoundingClientRect();
      return left >= 0 && right <= window.innerWidth;
    });
  for (let n = 1; n <= 12; n += 1) {
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
  await tabNamed(app, /^day 12 of/)
    .and(page.locator('[aria-current="true"]'))
    .waitFor();
  await tabNamed(app, /^day 12 of/).focus();
  await page.keyboard.press('Delete');
  await tabNamed(app, /^Live/).and(page.locator('[aria-current="true"]')).waitFor();
  await expect.poll(() => inView(app, /^Live/)).toBe(true);
}, 240_000);
