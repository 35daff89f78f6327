/** Amounts of supplies in the real app: what is no measurement is never shown as one, and what is gone is named where it is needed. */
import { afterEach, expect, it } from 'vitest';
import type { TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

async function started(language: 'en' | 'zh-CN'): Promise<{ app: TestApp; client: RawClient }> {
  const app = await shared(language);
  const client = await logIn(app, 33_240);
  clients.push(client);
  await go(app, '#/machines/33240/overview');
  return { app, client };
}

const supply = (amounts: string): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":33240,"status":"supply","supply":${amounts}}`);

it.each([
  ['en', 'not measured (9999)', 'not measured (100000)', '-5'],
  ['zh-CN', '未计量（9999）', '未计量（100000）', '-5'],
] as const)('%s: 9999 and 100000 are no levels, a negative one is shown as it is', async (lang, ...said) => {
  const { app, client } = await started(lang);
  client.send(supply('{"10009":"9999","10016":"100000","10007":"-5","10006":"420"}'));
  const items = app.page.locator('li[title="10009"], li[title="10016"], li[title="10007"]');
  await expect.poll(() => items.count()).toBe(3);
  const texts = await items.locator('.tabular').allInnerTexts();
  expect(texts.toSorted()).toEqual(said.toSorted());
  // None of them keeps anybody from anything.
  const brew = app.page.getByRole('button', { name: lang === 'en' ? 'Brew' : '制作饮品', exact: true });
  expect(await brew.getAttribute('title')).toBeNull();
  await go(app, '#/machines/33240/frames');
  // A port or a time may have these digits too.
  const row = app.page.locator('[data-frame]', { hasText: 'machinestatus' });
  await row.filter({ hasText: '420' }).first().click();
  const note = lang === 'en' ? 'not measured' : '未计量';
  await expect.poll(() => app.page.getByRole('treeitem').filter({ hasText: note }).count()).toBe(2);
});

it('what is gone is named on the button that needs it', async () => {
  const { app, client } = await started('en');
  const brew = app.page.getByRole('button', { name: 'Brew', exact: true });
  for (const [material, name] of [
    ['10007', 'water'],
    ['10009', 'coffee beans'],
  ] as const) {
    client.send(supply(`{"10007":"9","10009":"9","${material}":"0"}`));
    await expect.poll(() => brew.getAttribute('title')).toBe(`Out of ${name}.`);
    await brew.click();
    const dialog = app.page.getByRole('dialog', { name: 'Brew' });
    await dialog.getByText(`Out of ${name}.`).waitFor();
    await dialog.and(app.page.locator(':focus-within')).waitFor();
    await app.page.keyboard.press('Escape');
    client.send(supply('{"10007":"9","10009":"9"}'));
    await expect.poll(() => brew.getAttribute('title')).toBeNull();
  }
});
