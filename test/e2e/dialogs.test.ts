/** The dialogs in which a person decides: no accessibility problem and nothing out of sight, in both languages and themes. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { chooseMore } from '../builders/captureScreens';
import { act, go } from '../builders/controlledPage';
import { fill, troubled } from '../builders/filledApp';
import type { RawClient } from '../builders/server';

let app: TestApp;
let clients: readonly RawClient[] = [];
beforeAll(async () => {
  app = await startApp({ language: null, size: { width: 900, height: 600 } });
  clients = await fill(app);
  await app.page.mouse.move(500, 4);
});
afterAll(async () => {
  for (const { socket } of clients) socket.destroy();
  await app.close();
});

const dialog = (): Locator => app.page.getByRole('dialog');
const visit = (hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);
const press = (name: string): Promise<void> =>
  app.page.getByRole('button', { name, exact: true }).first().press('Enter');

/** In English. The first has the dialog's longest list open. */
const dialogs: Readonly<Record<string, () => Promise<void>>> = {
  'batch command': async () => {
    await visit('#/machines');
    await app.page.getByRole('listbox', { name: 'All machines', exact: true }).focus();
    await app.page.keyboard.press('Control+a');
    await press('Command to 5…');
    await app.page.getByRole('option', { name: 'Open door' }).waitFor();
  },
  brew: async () => {
    await go(app, troubled);
    await act(app, 'Brew');
  },
  prices: async () => {
    await go(app, 33_236);
    await act(app, 'Prices');
    await app.page.getByLabel('Price (yuan), row 1').fill('0');
    await app.page.getByLabel('Price (yuan), row 2').fill('much');
    await dialog().getByText('1 row is incomplete or wrong.').waitFor();
  },
  upgrade: async () => {
    await go(app, 33_236);
    await act(app, 'Upgrade');
  },
  export: async () => {
    await visit('#/inspector');
    await chooseMore(app, 'Export…');
  },
  'machine list': async () => {
    await visit('#/machines');
    await press('Machine list…');
  },
  site: async () => {
    await visit('#/settings/sites');
    await press('Add a site');
  },
  product: async () => {
    await visit('#/settings/products');
    await press('Add a product');
  },
};

/** The buttons of the dialog that are not completely in the window. */
const outOfSight = (): Promise<readonly string[]> =>
  dialog()
    .last()
    .evaluate((box) =>
      [...box.querySelectorAll('button:not([role="option"])')]
        .filter((button) => {
          const { left, right, bottom } = button.getBoundingClientRect();
          const isOfFoot = button.matches('[type="submit"], :has(~ [type="submit"])');
          return left < 0 || right > innerWidth || (isOfFoot && bottom > innerHeight);
        })
        .map((button) => button.textContent),
    );

it('the start of a procedure keeps the focus in the dialog from step to step', async () => {
  const { page } = app;
  await visit('#/work/sequences');
  await press('Start…');
  await dialog().getByRole('button', { name: 'Select all 5 listed' }).press('Enter');
  await dialog().getByRole('button', { name: 'Next' }).press('Enter');
  const product = dialog().getByRole('combobox', { name: 'Product id or name' });
  await product.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('801');
  await dialog().getByRole('button', { name: 'Next' }).press('Enter');
  await dialog().locator('[data-sum]').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null))
    .toBe(true);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

it('the review of a batch command does not open the list of commands again', async () => {
  const { page } = app;
  await dialogs['batch command']?.();
  await page.getByRole('option', { name: 'Brew' }).click();
  await dialog().getByRole('combobox', { name: 'Product id or name' }).fill('801');
  await dialog().getByRole('button', { name: 'Next' }).press('Enter');
  await dialog().locator('[data-sum]').waitFor();
  await dialog().and(page.locator(':focus')).waitFor();
  expect(await page.getByRole('option', { name: 'Open door' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

it.each(Object.keys(dialogs))('%s', async (name) => {
  const { page } = app;
  const say = async (language: 'en' | 'zh-CN', theme: 'light' | 'dark'): Promise<void> => {
    await page.evaluate((to) => window.crema.request('setSettings', to), { language, theme });
    await page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`).waitFor();
  };
  await say('en', 'light');
  await dialogs[name]?.();
  await dialog().first().waitFor();
  for (const [language, theme] of [
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const) {
    await say(language, theme);
    expect(await accessibilityProblems(app), `${language}, ${theme}`).toEqual([]);
    expect(await outOfSight()).toEqual([]);
  }
  // The first Escape may only close a list.
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      return dialog().count();
    })
    .toBe(0);
});
