/**
 * Navigation in the real app. The palette finds everything with a name. The help is read in both languages and by keyboard
 * alone. Items of the application menu are chosen as the system chooses them.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

let client: RawClient;
const vmcNo = 33_240;
const shared = sharedApp(undefined, async (app) => {
  client = await logIn(app, vmcNo);
  // It may have a finding by then.
  await app.page
    .getByRole('link', { name: /^1 (?:OK|warning)/i })
    .first()
    .waitFor();
  await app.page.evaluate(
    (number) => window.crema.request('setMachine', { vmcNo: number, patch: { name: '大堂' } }),
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
afterAll(() => client.socket.destroy());

describe('the palette', () => {
  let app: TestApp;
  beforeEach(async () => {
    // Each test continues where the previous one ended.
    app = await shared.asLeft();
  });
  const dialog = () => app.page.getByRole('dialog', { name: 'Search everything' });
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
  it('finds machines by number and by the initials of a Chinese name', async () => {
    await find('332');
    expect(await accessibilityProblems(app)).toEqual([]);
    await chooseFirst(/33240/);
    expect(await hash()).toBe('#/machines/33240/overview');
    await go(app, '#/connect');
    await find('dt');
    await chooseFirst(/33240.*大堂/s);
    expect(await hash()).toBe('#/machines/33240/overview');
  });
  it('runs a command of the current machine, with its button’s question; an impossible command shows the reason and is not given', async () => {
    await go(app, '#/machines/33240/overview');
    await find('restart');
    await chooseFirst(/Restart/);
    const question = app.page.getByRole('dialog', { name: /Restart/ });
    await question.and(app.page.locator(':focus-within')).waitFor();
    await app.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    await find('sync');
    await expect
      .poll(() => options().first().innerText())
      .toMatch(/Linux machines have no reconnect command/);
    await app.page.keyboard.press('Enter');
    // The palette stays open, and no command was given.
    expect(await options().first().getAttribute('aria-disabled')).toBe('true');
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });
  it('gives a command to the machine that is typed with it, or chosen next', async () => {
    await go(app, '#/connect');
    await find('restart');
    await expect.poll(() => options().first().innerText()).toMatch(/Restart….*choose a machine/s);
    await app.page.keyboard.press('Enter');
    await dialog().getByPlaceholder('Machine for “Restart”').waitFor();
    await app.page.keyboard.type('240');
    expect(await accessibilityProblems(app)).toEqual([]);
    await chooseFirst(/33240/);
    const question = app.page.getByRole('dialog', { name: /Restart/ });
    await question.and(app.page.locator(':focus-within')).waitFor();
    expect(await hash()).toBe('#/machines/33240/overview');
    await app.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    await go(app, '#/connect');
    await find('33240 restart');
    await chooseFirst(/For machine 33240.*Restart/s);
    await question.and(app.page.locator(':focus-within')).waitFor();
    await app.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    await go(app, '#/connect');
  });
  it('finds an order by a part of its number, among its machine’s orders', async () => {
    await find('26112600');
    await chooseFirst(/A2026112600017.*33240/s);
    expect(await hash()).toBe('#/machines/33240/orders');
    const list = app.page.getByRole('listbox', { name: 'Orders, newest first' });
    await expect
      .poll(() => list.getByRole('option').allInnerTexts())
      .toEqual([expect.stringContaining('…600017')]);
    await app.page.getByRole('region', { name: 'Order number A2026112600017' }).waitFor();
  });

  it('finds an order behind more than one page of newer ones; a list that a search emptied continues with new orders', async () => {
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
    await expect.poll(orders).toEqual([expect.stringContaining('…600017')]);
    await app.page.getByRole('button', { name: 'Close order' }).click();

    const field = app.page.getByRole('textbox', { name: 'Search orders' });
    await field.fill('');
    await list.getByText('C210').first().waitFor();
    // Only the lines have a scrollbar.
    const [headings, cells] = await list.evaluate((box) => {
      const above = box.parentElement?.previousElementSibling;
      const line = box.querySelector('[data-stage]');
      return [above, line].map((one) =>
        [...(one?.children ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().left)),
      );
    });
    expect(headings?.length).toBeGreaterThan(4);
    expect(headings).toEqual(cells);
    await list.evaluate((box) => (box.scrollTop = 600));
    await list.getByText('C210').first().waitFor({ state: 'detached' });
    await field.fill('no such order');
    await app.page.getByText('No order matches').waitFor();
    await field.fill('');
    await app.page.mouse.move(700, 4);
    asks('D1');
    await list.getByText('D1').first().waitFor();
  });

  it('a code leads to its meaning, a setting to its control, and an earlier choice is first the next time', async () => {
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
    expect(await hash()).toBe('#/settings/window');
    await expect
      .poll(() =>
        app.page.evaluate(() => document.activeElement?.closest('[aria-labelledby]')?.textContent ?? ''),
      )
      .toContain('English');
    // The search in all settings, also by their explanations in the other language.
    const search = app.page.getByRole('textbox', { name: 'Search settings' });
    await search.fill('bandwidth heartbeats');
    const found = app.page.getByRole('region', { name: 'Listening' });
    await found.getByText('All downloads together (MB/s)').waitFor();
    expect(await found.getByRole('heading', { level: 3 }).count()).toBe(1);
    expect(await app.page.getByText('Language', { exact: true }).count()).toBe(0);
    await search.fill('免打扰');
    await app.page.getByRole('region', { name: 'Notifications' }).waitFor();
    await search.press('Escape');
    await find('');
    await expect
      .poll(async () => (await options().allInnerTexts()).slice(0, 2).join(' '))
      .toMatch(/Language.*ERROR:5300/s);
    await app.page.keyboard.press('Escape');
  });

  it.each([
    // Colours and the structure of a topic do not depend on the language.
    [
      'en',
      'Search the help',
      'door switch',
      'Door open',
      ['start', 'states', 'commands', 'findings', 'keys'],
    ],
    ['zh-CN', '搜索帮助', 'mkkg', '大门打开', ['start']],
  ] as const)(
    'the help in %s is searched, and a result leads to its place',
    async (language, label, typed, title, topics) => {
      await app.page.evaluate(
        (chosen) => window.crema.request('setSettings', { language: chosen }),
        language,
      );
      await app.page.keyboard.press('Control+0');
      const field = app.page.getByRole('textbox', { name: label });
      await field.fill(typed);
      const hit = app.page.locator('main').getByRole('listitem').filter({ hasText: title }).first();
      await hit.waitFor();
      expect(await accessibilityProblems(app)).toEqual([]);
      await hit.getByRole('link').click();
      await expect.poll(hash).toMatch(/^#\/help\/codes\//);
      await app.page.locator('[data-wanted]').filter({ hasText: title }).waitFor();
      for (const topic of topics) {
        await go(app, `#/help/${topic}`);
        await app.page.locator('nav a[aria-current="page"]', { hasText: /./ }).first().waitFor();
        expect(await accessibilityProblems(app)).toEqual([]);
      }
    },
  );
});

const choose = (app: TestApp, id: string): Promise<void> =>
  app.electron.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (item === null || item === undefined) throw new Error(`no item ${wanted}`);
    (item.click as () => void)();
  }, id);
const labels = (app: TestApp): Promise<readonly string[]> =>
  app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
/** Addresses that the app asked the system to open from now on. */
const watchOpened = (app: TestApp, answer: string): Promise<void> =>
  app.electron.evaluate(({ shell }, why) => {
    shell.openPath = (path) => {
      Object.assign(globalThis, { openedPath: path });
      return Promise.resolve(why);
    };
  }, answer);
const opened = (app: TestApp): Promise<string> =>
  app.electron.evaluate(() => (globalThis as { openedPath?: string }).openedPath ?? '');
const hash = (app: TestApp): Promise<string> => app.page.evaluate(() => window.location.hash);

describe('the menu', () => {
  it.skipIf(process.platform === 'darwin')('takes no space until it is opened', async () => {
    const app = await shared.asLeft();
    const seen = await app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { hides: window?.isMenuBarAutoHide(), shown: window?.isMenuBarVisible() };
    });
    expect(seen).toMatchObject({ hides: true });
  });

  it('leads to each screen, opens a file, and changes the appearance', async () => {
    const app = await shared();
    for (const screen of [
      'machines',
      'inspector',
      'errors',
      'orders',
      'upgrades',
      'relay',
      'settings',
      'connect',
    ]) {
      await choose(app, screen);
      await app.page.locator(`main[data-screen="${screen}"]`).waitFor();
    }
    await app.electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => {
        Object.assign(globalThis, { askedForFile: true });
        return Promise.resolve({ canceled: true, filePaths: [] });
      };
    });
    await choose(app, 'openFile');
    await expect
      .poll(() => app.electron.evaluate(() => (globalThis as { askedForFile?: boolean }).askedForFile))
      .toBe(true);
    await choose(app, 'theme.dark');
    await app.page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await expect
      .poll(() =>
        app.electron.evaluate(({ Menu }) =>
          ['system', 'light', 'dark'].filter(
            (one) => Menu.getApplicationMenu()?.getMenuItemById(`theme.${one}`)?.checked,
          ),
        ),
      )
      .toEqual(['dark']);
    await choose(app, 'theme.system');
  });

  it('opens a window that is shown even if the runtime never calls it ready; items apply to the remaining windows', async () => {
    const app = await shared.asLeft();
    await app.electron.evaluate(({ BrowserWindow }) => {
      const prototype = BrowserWindow.prototype as unknown as Record<string, unknown>;
      const once = prototype['once'] as (...args: unknown[]) => unknown;
      prototype['once'] = function (this: unknown, ...args: unknown[]) {
        return args[0] === 'ready-to-show' ? this : Reflect.apply(once, this, args);
      };
    });
    const another = app.electron.waitForEvent('window');
    await choose(app, 'newWindow');
    const second = await another;
    // Chosen while its page is loading, it works as soon as the page is there.
    await choose(app, 'about');
    const asked = app.page.getByRole('dialog', { name: 'About Crema' });
    await Promise.any([asked.waitFor(), second.getByRole('dialog', { name: 'About Crema' }).waitFor()]);
    await expect
      .poll(() =>
        app.electron.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().every((one) => one.isVisible()),
        ),
      )
      .toBe(true);
    await app.electron.evaluate(({ BrowserWindow }) => {
      Reflect.deleteProperty(BrowserWindow.prototype, 'once');
    });
    await app.page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    // Also at the moment in which a window closes.
    const problem = await app.electron.evaluate(
      ({ BrowserWindow, Menu }) =>
        new Promise<string | null>((done) => {
          const going = BrowserWindow.getAllWindows().toSorted((a, b) => b.id - a.id)[0];
          if (going === undefined) throw new Error('no window');
          // The closing window is in front, and no other window was focused before it.
          const left = BrowserWindow.getAllWindows().filter((window) => window !== going);
          for (const window of left) window.isFocused = () => false;
          going.prependOnceListener('closed', () => {
            try {
              const about = Menu.getApplicationMenu()?.getMenuItemById('about');
              if (about == null) throw new Error('no item about');
              (about.click as () => void)();
              done(null);
            } catch (error) {
              done(String(error));
            }
            for (const window of left) Reflect.deleteProperty(window, 'isFocused');
          });
          going.destroy();
        }),
    );
    expect(problem).toBeNull();
    await asked.waitFor();
  });

  it('has the language of the window, at once', async () => {
    const app = await shared.asLeft();
    const set = (language: 'en' | 'zh-CN'): Promise<unknown> =>
      app.page.evaluate((chosen) => window.crema.request('setSettings', { language: chosen }), language);
    await set('zh-CN');
    await expect.poll(() => labels(app)).toContain('帮助(&H)');
    await choose(app, 'about');
    const dialog = app.page.getByRole('dialog', { name: '关于 Crema' });
    await dialog.getByText('从源代码运行').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await choose(app, 'licences');
    await app.page.getByRole('dialog', { name: '许可证' }).getByRole('option').first().waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await set('en');
    await expect.poll(() => labels(app)).toContain('&Help');
    await app.page.getByRole('dialog', { name: 'Licences' }).waitFor();
  });
});

describe('Help', () => {
  it('About: the facts for support, copied as one text; the data folder is opened', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    await watchOpened(app, '');
    await choose(app, 'about');
    const dialog = page.getByRole('dialog', { name: 'About Crema' });
    const versions = await app.electron.evaluate(() => process.versions);
    await dialog.getByText(versions['chrome'], { exact: true }).waitFor();
    await dialog.getByText(app.dataDirectory, { exact: true }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy all' }).click();
    await expect.poll(() => copiedBy(app)).toContain(`Data folder: ${app.dataDirectory}`);
    const lines = (await copiedBy(app)).split('\n');
    expect(lines[0]).toMatch(/^Version: Crema \d+\.\d+\.\d+ · run from source$/);
    expect(lines).toContain(`Electron: ${versions['electron']}`);
    expect(lines).toContain(`Node.js: ${versions['node']}`);
    expect(lines.find((line) => line.startsWith('SQLite: '))).toMatch(/^SQLite: 3\.\d+\.\d+$/);
    await dialog.getByRole('button', { name: 'Copy the path of the data folder' }).click();
    await expect.poll(() => copiedBy(app)).toBe(app.dataDirectory);
    await dialog.getByRole('button', { name: 'Open data folder' }).click();
    await expect.poll(() => opened(app)).toBe(app.dataDirectory);
    // Another screen closes it.
    await choose(app, 'orders');
    await dialog.waitFor({ state: 'detached' });
  });

  it('Licences: each shipped part is found, by keys, with its text; Chromium’s are opened separately', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    await watchOpened(app, '');
    await choose(app, 'licences');
    const dialog = page.getByRole('dialog', { name: 'Licences' });
    const options = dialog.getByRole('option');
    await options.first().waitFor();
    const told = JSON.parse(await readFile('out/licences.json', 'utf8')) as readonly { name: string }[];
    expect(await options.count()).toBe(told.length);
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.type('tabler');
    await expect.poll(() => options.count()).toBeLessThan(told.length);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    const text = dialog.getByRole('region', { name: 'Text of the licence of @tabler/icons-react' });
    await text.getByText('Permission is hereby granted').waitFor();
    await dialog.getByRole('button', { name: 'Clear search' }).click();
    await dialog.getByRole('option', { name: /^Chromium/ }).click();
    await dialog.getByRole('button', { name: 'Open in the browser' }).click();
    await expect.poll(() => opened(app)).toMatch(/LICENSES\.chromium\.html$/);
    expect(existsSync(await opened(app))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
  it('Keys: by the menu and by their own key, which is text in a field', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await choose(app, 'keyList');
    await dialog.getByRole('row', { name: '? Show all keys' }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await go(app, '#/inspector');
    const search = page.locator('[aria-keyshortcuts="/"]').first();
    await search.click();
    await page.keyboard.type('?');
    expect(await search.inputValue()).toBe('?');
    expect(await dialog.count()).toBe(0);
  });
  it('Check this computer: its panel scrolls into view, and the check begins', async () => {
    const app = await shared.asLeft();
    await choose(app, 'checkComputer');
    const panel = app.page.getByRole('region', { name: 'This computer' });
    // The panel shows its progress. Its results are tested with the support file.
    await panel.getByRole('status').waitFor();
    expect(await hash(app)).toBe('#/settings/computer');
    const isInSight = await panel
      .getByRole('status')
      .evaluate((element) => element.getBoundingClientRect().top < window.innerHeight);
    expect(isInSight).toBe(true);
    // The check was requested only once.
    await choose(app, 'connect');
    await app.page.locator('main[data-screen="connect"]').waitFor();
    await choose(app, 'settings');
    await panel.getByRole('button', { name: 'Check this computer' }).waitFor();
  });
  it('Save support file…: its dialog opens', async () => {
    const app = await shared.asLeft();
    await choose(app, 'supportFile');
    const dialog = app.page.getByRole('dialog', { name: 'Support file' });
    await dialog.and(app.page.locator(':focus-within')).waitFor();
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
  it('Open log folder: a failure is reported in the window', async () => {
    const app = await shared.asLeft();
    await watchOpened(app, '');
    await choose(app, 'openLogFolder');
    await expect.poll(() => opened(app)).toBe(join(app.dataDirectory, 'logs'));
    await watchOpened(app, 'no file manager');
    await choose(app, 'openLogFolder');
    const dialog = app.page.getByRole('dialog', { name: 'That failed' });
    await dialog.getByText('(no file manager)').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    // As when the focused button is disabled: keys still reach the dialog.
    await app.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
