/** The application menu of the real app: its items are chosen as the system does, and what comes of it is seen in the window. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const choose = (app: TestApp, id: string): Promise<void> =>
  app.electron.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (item === null || item === undefined) throw new Error(`no item ${wanted}`);
    (item.click as () => void)();
  }, id);
const labels = (app: TestApp): Promise<readonly string[]> =>
  app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
/** What the app asked the system to open, from here on. */
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
  it.skipIf(process.platform === 'darwin')('takes no room until it is asked for', async () => {
    const app = await shared();
    const seen = await app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { hides: window?.isMenuBarAutoHide(), shown: window?.isMenuBarVisible() };
    });
    expect(seen).toMatchObject({ hides: true });
  });

  it('leads to each screen, opens a file and another window, and changes the appearance', async () => {
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
    const another = app.electron.waitForEvent('window');
    await choose(app, 'newWindow');
    const second = await another;
    // Asked while its page is on the way, it does it as soon as it is there.
    await choose(app, 'about');
    await Promise.any(
      [app.page, second].map((page) => page.getByRole('dialog', { name: 'About Crema' }).waitFor()),
    );
    await second.close();
    await choose(app, 'theme.system');
  });

  it('is of the windows that are left, also at the moment in which one goes', async () => {
    const app = await shared();
    const another = app.electron.waitForEvent('window');
    await choose(app, 'newWindow');
    await another;
    const problem = await app.electron.evaluate(
      ({ BrowserWindow, Menu }) =>
        new Promise<string | null>((done) => {
          const going = BrowserWindow.getAllWindows().toSorted((a, b) => b.id - a.id)[0];
          if (going === undefined) throw new Error('no window');
          // The one that goes is the one in front, and no other is asked before it.
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
    await app.page.getByRole('dialog', { name: 'About Crema' }).waitFor();
  });

  it('opens a window that is shown though the runtime never calls it ready', async () => {
    const app = await shared();
    await app.electron.evaluate(({ BrowserWindow }) => {
      const prototype = BrowserWindow.prototype as unknown as Record<string, unknown>;
      const once = prototype['once'] as (...args: unknown[]) => unknown;
      prototype['once'] = function (this: unknown, ...args: unknown[]) {
        return args[0] === 'ready-to-show' ? this : Reflect.apply(once, this, args);
      };
    });
    const another = app.electron.waitForEvent('window');
    await choose(app, 'newWindow');
    const window = await another;
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
    await window.close();
  });

  it('speaks the language of the window, at once', async () => {
    const app = await shared();
    const set = (language: 'en' | 'zh-CN'): Promise<unknown> =>
      app.page.evaluate((chosen) => window.crema.setSettings({ language: chosen }), language);
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
  it('About: what whoever helps wants to know, copied as one text; the data folder is opened', async () => {
    const app = await shared();
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
    expect(lines[0]).toMatch(/^Version: Crema \d+\.\d+\.\d+ · run from its sources$/);
    expect(lines).toContain(`Electron: ${versions['electron']}`);
    expect(lines).toContain(`Node.js: ${versions['node']}`);
    expect(lines.find((line) => line.startsWith('SQLite: '))).toMatch(/^SQLite: 3\.\d+\.\d+$/);
    await dialog.getByRole('button', { name: 'Copy the path of the data folder' }).click();
    await expect.poll(() => copiedBy(app)).toBe(app.dataDirectory);
    await dialog.getByRole('button', { name: 'Open data folder' }).click();
    await expect.poll(() => opened(app)).toBe(app.dataDirectory);
    // Whoever goes elsewhere has done with it.
    await choose(app, 'orders');
    await dialog.waitFor({ state: 'detached' });
  });

  it('Licences: each of what is shipped is found, by keys, with its text; Chromium’s are opened apart', async () => {
    const app = await shared();
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
    await dialog.getByRole('button', { name: 'Empty the search' }).click();
    await dialog.getByRole('option', { name: /^Chromium/ }).click();
    await dialog.getByRole('button', { name: 'Open in the browser' }).click();
    await expect.poll(() => opened(app)).toMatch(/LICENSES\.chromium\.html$/);
    expect(existsSync(await opened(app))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('the keys, by the menu and by their own key, which is typed where one types', async () => {
    const app = await shared();
    const { page } = app;
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await choose(app, 'keyList');
    await dialog.getByRole('row', { name: '? List of all keys' }).waitFor();
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

  it('Check this computer: its panel comes into sight, and it is checked', async () => {
    const app = await shared();
    await choose(app, 'checkComputer');
    const panel = app.page.getByRole('region', { name: 'This computer' });
    await panel.getByRole('button', { name: 'Check again' }).waitFor({ timeout: 60_000 });
    expect(await hash(app)).toBe('#/settings');
    const isInSight = await panel
      .getByRole('status')
      .evaluate((element) => element.getBoundingClientRect().top < window.innerHeight);
    expect(isInSight).toBe(true);
    // It was asked for once.
    await choose(app, 'connect');
    await app.page.locator('main[data-screen="connect"]').waitFor();
    await choose(app, 'settings');
    await panel.getByRole('button', { name: 'Check this computer' }).waitFor();
  });

  it('Save support file…: its dialog', async () => {
    const app = await shared();
    await choose(app, 'supportFile');
    await app.page.getByRole('dialog', { name: 'Support file' }).waitFor();
  });

  it('Open log folder: where it can not be opened, the window says so', async () => {
    const app = await shared();
    await watchOpened(app, '');
    await choose(app, 'openLogFolder');
    await expect.poll(() => opened(app)).toBe(join(app.dataDirectory, 'logs'));
    await watchOpened(app, 'no file manager');
    await choose(app, 'openLogFolder');
    const dialog = app.page.getByRole('dialog', { name: 'That did not work' });
    await dialog.getByText('(no file manager)').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    // As when the focused button can't be pressed any more: keys still reach the dialog.
    await app.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
