/** One key finds everything that has a name, and the help says what it means: in both languages, from the keyboard alone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { decimalFrame, type RawClient } from '../builders/server';

let app: TestApp;
let client: RawClient;
const vmcNo = 33_240;
beforeAll(async () => {
  app = await startApp({ language: null, size: { width: 1366, height: 768 } });
  await app.page.evaluate(() => window.crema.setSettings({ language: 'en' }));
  client = await logIn(app, vmcNo);
  await app.page.getByText('1 online').waitFor();
  await app.page.evaluate(
    (number) => window.crema.setMachine({ vmcNo: number, patch: { name: '大堂' } }),
    vmcNo,
  );
  for (const order_no of ['A2026112600017', 'B1'])
    client.send(
      decimalFrame(
        JSON.stringify({
          cmd: 'qrcode',
          vmc_no: vmcNo,
          qr_type: 'wx_pub',
          product_id: 8,
          Amount: 900,
          order_no,
        }),
      ),
    );
  await client.until(() => client.received.includes('A2026112600017') && client.received.includes('"B1"'));
});
afterAll(async () => {
  client.socket.destroy();
  await app.close();
});

const dialog = () => app.page.getByRole('dialog', { name: 'Find anything' });
const options = () => dialog().getByRole('option');
async function find(typed: string): Promise<void> {
  await app.page.keyboard.press('Control+k');
  await dialog().getByRole('combobox').and(app.page.locator(':focus')).waitFor();
  await app.page.keyboard.type(typed);
}
const hash = (): Promise<string> => app.page.evaluate(() => location.hash);
async function chooseFirst(says: RegExp): Promise<void> {
  await expect.poll(() => options().first().innerText()).toMatch(says);
  await app.page.keyboard.press('Enter');
  await dialog().waitFor({ state: 'hidden' });
}

it('machines by number and by the initials of a Chinese name', async () => {
  await find('332');
  expect(await accessibilityProblems(app)).toEqual([]);
  await chooseFirst(/33240/);
  expect(await hash()).toBe('#/machines/33240/overview');
  await go(app, '#/connect');
  await find('dt');
  await chooseFirst(/33240.*大堂/s);
  expect(await hash()).toBe('#/machines/33240/overview');
});

it('a command of the machine in view, which asks as its button does; what can’t be given says why and is not given', async () => {
  await find('reboot');
  await chooseFirst(/Reboot/);
  const question = app.page.getByRole('dialog', { name: /Reboot/ });
  await question.and(app.page.locator(':focus-within')).waitFor();
  await app.page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  client.send(decimalFrame(`{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"dooropen"}`));
  await app.page.getByText('The door is open').first().waitFor();
  await find('brew');
  await expect.poll(() => options().first().innerText()).toMatch(/The door is open/);
  await app.page.keyboard.press('Enter');
  // It stays, and nothing was given.
  expect(await options().first().getAttribute('aria-disabled')).toBe('true');
  await app.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
});

it('an order by a part of its number, among its machine’s orders', async () => {
  await find('26112600');
  await chooseFirst(/A2026112600017.*33240/s);
  expect(await hash()).toBe('#/machines/33240/orders');
  const list = app.page.getByRole('listbox', { name: 'Orders, newest first' });
  await expect
    .poll(() => list.getByRole('option').allInnerTexts())
    .toEqual([expect.stringContaining('A2026112600017')]);
});

it('an order that stands behind more than one page of newer ones; a list that was emptied by a search goes on with what is new', async () => {
  const asks = (order_no: string): void =>
    client.send(
      decimalFrame(
        JSON.stringify({
          cmd: 'qrcode',
          vmc_no: vmcNo,
          qr_type: 'wx_pub',
          product_id: 8,
          Amount: 900,
          order_no,
        }),
      ),
    );
  for (let n = 1; n <= 210; n += 1) asks(`C${n}`);
  await client.until(() => client.received.includes('"C210"'));
  await go(app, '#/machines');
  await find('26112600');
  await chooseFirst(/A2026112600017.*33240/s);
  const list = app.page.getByRole('listbox', { name: 'Orders, newest first' });
  const orders = (): Promise<string[]> => list.getByRole('option').allInnerTexts();
  await expect.poll(orders).toEqual([expect.stringContaining('A2026112600017')]);

  const field = app.page.getByRole('textbox', { name: 'Search orders' });
  await field.fill('');
  await list.getByText('C210').first().waitFor();
  await list.evaluate((box) => (box.scrollTop = 600));
  await list.getByText('C210').first().waitFor({ state: 'detached' });
  await field.fill('no such order');
  await app.page.getByText('No order matches').waitFor();
  await field.fill('');
  await app.page.mouse.move(700, 4);
  asks('D1');
  await list.getByText('D1').first().waitFor();
});

it('a code leads to its meaning, a setting to its control, and what was chosen stands first the next time', async () => {
  await find('ERROR:5300');
  await chooseFirst(/ERROR:5300/);
  expect(await hash()).toBe('#/help/codes/ERROR%3A5300');
  await expect
    .poll(() => app.page.evaluate(() => document.activeElement?.textContent ?? ''))
    .toContain('ERROR:5300');
  await find('appearance');
  await expect.poll(() => options().allInnerTexts()).toContainEqual(expect.stringMatching(/^Settings/));
  await app.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  await find('language');
  await chooseFirst(/Language/);
  expect(await hash()).toBe('#/settings');
  await expect
    .poll(() =>
      app.page.evaluate(() => document.activeElement?.closest('[aria-labelledby]')?.textContent ?? ''),
    )
    .toContain('English');
  await find('');
  await expect
    .poll(async () => (await options().allInnerTexts()).slice(0, 2).join(' '))
    .toMatch(/Language.*ERROR:5300/s);
  await app.page.keyboard.press('Escape');
});

it.each([
  ['en', 'Search the help', 'door switch', 'Door open'],
  ['zh-CN', '搜索帮助', 'mkkg', '大门打开'],
] as const)(
  'the help in %s is searched, and what is found leads to its place',
  async (language, label, typed, title) => {
    await app.page.evaluate((chosen) => window.crema.setSettings({ language: chosen }), language);
    await app.page.keyboard.press('Control+8');
    const field = app.page.getByRole('textbox', { name: label });
    await field.fill(typed);
    const hit = app.page.locator('main').getByRole('listitem').filter({ hasText: title }).first();
    await hit.waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await hit.getByRole('link').click();
    await expect.poll(hash).toMatch(/^#\/help\/codes\//);
    await app.page.locator('[data-wanted]').filter({ hasText: title }).waitFor();
    for (const topic of ['start', 'states', 'commands', 'findings', 'keys']) {
      await go(app, `#/help/${topic}`);
      await app.page.locator('nav a[aria-current="page"]', { hasText: /./ }).first().waitFor();
      expect(await accessibilityProblems(app)).toEqual([]);
    }
  },
);
