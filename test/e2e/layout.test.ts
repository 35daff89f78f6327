/** The layout of every screen, in the sizes of small laptops and in both languages: by geometry, so that it holds with any font. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screenNames } from '#shared/screens';
import {
  firstOf,
  formatRoute,
  helpTopics,
  machineTabs,
  settingPages,
  workTabs,
} from '../../src/renderer/src/store/route';
import { startApp, type TestApp } from '../builders/app';
import { machine, says } from '../builders/controlledPage';
import { fill, troubled } from '../builders/filledApp';
import { layoutBreaches } from '../builders/layout';
import type { RawClient } from '../builders/server';

const sizes = [
  { width: 1366, height: 768, zoom: 1 },
  { width: 1366, height: 768, zoom: 1.25 },
  { width: 900, height: 600, zoom: 1 },
  { width: 900, height: 600, zoom: 1.25 },
] as const;

const places = new Set([
  ...screenNames.map((screen) => formatRoute(firstOf(screen))),
  ...machineTabs.map((tab) => formatRoute({ screen: 'machines', vmcNo: troubled, tab })),
  ...settingPages.map((page) => formatRoute({ screen: 'settings', page })),
  ...workTabs.map((tab) => formatRoute({ screen: 'work', tab, run: null })),
  ...helpTopics.map((topic) => formatRoute({ screen: 'help', topic, item: null })),
]);

/** Places with a list whose lines open beside it. */
const opened = [
  '#/inspector',
  '#/errors',
  '#/orders',
  '#/work/audit',
  `#/machines/${troubled}/commands`,
  `#/machines/${troubled}/frames`,
];

let app: TestApp;
let clients: readonly RawClient[] = [];
beforeAll(async () => {
  app = await startApp({ switches: ['--simulate', '2'], language: null });
  clients = [...(await fill(app)), ...(await inEveryState())];
  // The frames below the facts of a machine take the most space.
  await app.page.evaluate(() => localStorage.setItem('crema.framesOpen', 'true'));
});
afterAll(async () => {
  for (const { socket } of clients) socket.destroy();
  await app.close();
});

/** Machines in the states that no other machine is in, so that the filter has its most chips. */
async function inEveryState(): Promise<readonly RawClient[]> {
  const [warns, fails] = await Promise.all([machine(app, 33_237), machine(app, 33_238)]);
  const report = (vmcNo: number, code: string): string =>
    JSON.stringify({ cmd: 'error', vmc_no: vmcNo, error_code: code, isSet: true, is_fatal_error: false });
  says(warns, report(33_237, 'WARNING:10016'));
  says(fails, report(33_238, 'ERROR:8899'));
  await app.page.evaluate(() =>
    window.crema.request('setMachine', { vmcNo: 33_239, patch: { name: 'Not connected yet' } }),
  );
  return [warns, fails];
}

async function resized({ width, height, zoom }: (typeof sizes)[number]): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(to.width, to.height);
      window?.webContents.setZoomFactor(to.zoom);
    },
    { width, height, zoom },
  );
  await app.page.waitForFunction(
    (to) =>
      Math.abs(innerWidth - to.width / to.zoom) <= 1 && Math.abs(innerHeight - to.height / to.zoom) <= 1,
    { width, height, zoom },
  );
}

async function shown(language: 'en' | 'zh-CN', size: (typeof sizes)[number]): Promise<void> {
  const { page } = app;
  await page.evaluate((wanted) => window.crema.request('setSettings', { language: wanted }), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
  await resized(size);
}
/** In the smallest window at 125 % texts may be cut and tools may take two lines. All controls can still be seen and pressed. */
const isTolerable = (breach: string): boolean =>
  /is cut(?:: | to)|more than one line| px in |scrolls sideways: \d+ in/.test(breach);
async function breaches(
  { width, zoom }: (typeof sizes)[number],
  ...visit: [places: readonly string[], opens?: 'withLine']
): Promise<readonly string[]> {
  const found = await layoutBreaches(app.page, ...visit);
  return width / zoom < 800 ? found.filter((breach) => !isTolerable(breach)) : found;
}

it('a machine that opens without the list gives the focus to the way back, and Escape goes there', async () => {
  const { page } = app;
  await shown('en', sizes[3]);
  await page.evaluate(() => (location.hash = '#/machines'));
  const table = page.getByRole('listbox', { name: 'All machines', exact: true });
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /^All machines/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('Escape');
  await table.waitFor();
  expect(await page.evaluate(() => location.hash)).toBe('#/machines');
});

it('a narrower window keeps the open dialog with its text', async () => {
  const { page } = app;
  await shown('en', sizes[2]);
  await page.evaluate((vmcNo) => (location.hash = `#/machines/${vmcNo}/overview`), troubled);
  // By key: the pointer would stay where a smaller window has another control.
  await page.getByRole('button', { name: 'Prices', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Prices' });
  const price = dialog.getByLabel('Price (yuan), row 1');
  await price.fill('12.34');
  await resized(sizes[3]);
  await page.getByRole('button', { name: /^All machines/, includeHidden: true }).waitFor();
  expect(await page.getByRole('listbox', { name: 'Machines', includeHidden: true }).count()).toBe(0);
  expect(await price.inputValue()).toBe('12.34');
  await resized(sizes[2]);
  await page.getByRole('listbox', { name: 'Machines', includeHidden: true }).waitFor();
  expect(await price.inputValue()).toBe('12.34');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

it('the buttons of a machine keep their place, however long its headline is', async () => {
  const { page } = app;
  const client = await machine(app, 33_241);
  const actions = page.getByRole('group', { name: 'Actions', exact: true });
  const sentence = page.locator('[data-selling]');
  // The line has its buttons two frames after the size.
  const corners = (): Promise<readonly string[]> =>
    actions.evaluate(async (group) => {
      for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      return [...group.querySelectorAll('button')]
        .map((one) => one.getBoundingClientRect())
        .map(({ left, top }) => `${Math.round(left)} ${Math.round(top)}`);
    });
  const seen = new Map<number, readonly string[]>();
  const description = 'the steam arm heater is over its temperature '.repeat(4);
  const code = JSON.stringify({
    cmd: 'error',
    vmc_no: 33_241,
    error_code: 'ERROR:8899',
    error_description: description,
    isSet: true,
    is_fatal_error: true,
  });
  for (const [index, size] of sizes.entries()) {
    await shown('en', size);
    await page.evaluate(() => (location.hash = '#/machines/33241'));
    await sentence.getByText('Not known yet whether it can sell.').waitFor();
    seen.set(index, await corners());
  }
  for (const change of [() => says(client, code), () => void client.socket.destroy()]) {
    change();
    await sentence.getByText(/^Can’t sell|offline/).waitFor();
    for (const [index, size] of sizes.entries()) {
      await shown('en', size);
      expect(await corners()).toEqual(seen.get(index));
    }
  }
});

const all = (['en', 'zh-CN'] as const).flatMap((language) => sizes.map((size) => ({ language, size })));

it.each(all)(
  'in $language at $size.width × $size.height and zoom $size.zoom each screen keeps the rules',
  async ({ language, size }) => {
    await shown(language, size);
    expect(await breaches(size, [...places])).toEqual([]);
  },
);

// Opened lines stay open.
it.each(all.filter(({ size }) => size.width < 1_000))(
  'in $language in a small window an opened line does too',
  async ({ language, size }) => {
    await shown(language, size);
    expect(await breaches(size, opened, 'withLine')).toEqual([]);
  },
);
