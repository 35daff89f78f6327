/** A window whose page dies or hangs: it comes back where it was, and main says so in a sentence. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it, onTestFailed } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { logIn } from '../builders/captureScreens';
import { decimalFrame, type RawClient } from '../builders/server';

const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});
let shared: TestApp | null = null;
const end = async (): Promise<void> => {
  const app = shared;
  shared = null;
  await app?.close();
};
afterAll(end);

/** `log`: what was written since. */
async function started(): Promise<{ readonly app: TestApp; readonly log: () => string }> {
  onTestFailed(end);
  const app = (shared ??= await startApp({ language: null }));
  let written = '';
  app.electron.process().stderr?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  return { app, log: () => written };
}

/** Ends the process of the window's page, as a lack of memory or a fault would; `null`: there is none. */
const kill = (app: TestApp): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
    if (pid !== undefined && pid > 0) process.kill(pid, 'SIGKILL');
  });

/** Where the first window is, asked of main: whoever drives the page from outside lost it with its process. */
const placeOf = (app: TestApp): Promise<string | null> =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return null;
    return contents.getURL();
  });

/** In the first window, also in one that was started again: `setSettings`, `simulate`, and where it goes. */
async function set(app: TestApp, hash: string, language: 'en' | 'zh-CN', count = 0): Promise<void> {
  const script = `(async () => {
    await window.crema.setSettings({ language: '${language}' });
    await window.crema.simulate({ count: ${count}, platform: 'mixed' });
    location.hash = '${hash}';
  })()`;
  await app.electron.evaluate(
    ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text),
    script,
  );
}

describe('a page that dies', () => {
  it('or a window that is closed, in the middle of traffic, costs main no stack trace', async () => {
    const { app, log } = await started();
    await set(app, '', 'en', 40);
    const page = async (): Promise<Page> => {
      const opened = app.electron.waitForEvent('window');
      await app.page.evaluate(() => window.crema.openWindow(undefined));
      const next = await opened;
      await next.locator('html[data-ready="true"]').waitFor();
      await next.evaluate(() => (window.location.hash = '#/inspector'));
      await next.locator('[data-frame]').first().waitFor();
      return next;
    };
    for (const how of ['kill', 'close', 'destroy', 'crash'] as const) {
      await page();
      await app.electron.evaluate(({ BrowserWindow }, wanted) => {
        const window = BrowserWindow.getAllWindows()
          .toSorted((a, b) => a.id - b.id)
          .at(-1);
        const contents = window?.webContents;
        // What it asked is still being answered.
        void contents
          ?.executeJavaScript('for (let n = 0; n < 200; n += 1) void window.crema.snapshot(undefined); 0')
          .catch(() => undefined);
        setTimeout(() => {
          if (wanted === 'kill') process.kill(contents?.getOSProcessId() ?? 0, 'SIGKILL');
          else if (wanted === 'close') window?.close();
          else if (wanted === 'destroy') window?.destroy();
          else contents?.forcefullyCrashRenderer();
        }, 20);
      }, how);
      await app.page.waitForTimeout(1_500);
    }
    expect(log()).not.toMatch(/^\s+at /m);
    expect(log()).not.toMatch(/Error/);
    // Those that were started again are windows of their own.
    await app.electron.evaluate(({ BrowserWindow }) => {
      const [, ...others] = BrowserWindow.getAllWindows().toSorted((a, b) => a.id - b.id);
      for (const window of others) window.destroy();
    });
  });
});

describe('a page that hangs', () => {
  it('is offered a restart, which counts as no death', async () => {
    const { app, log } = await started();
    await set(app, '#/upgrades', 'en');
    const ask = (answer: 0 | 1): Promise<unknown> =>
      app.electron.evaluate(({ BrowserWindow, dialog }, response) => {
        let asked: unknown;
        dialog.showMessageBox = (...args: readonly unknown[]) => {
          asked = args[1];
          return Promise.resolve({ response, checkboxChecked: false });
        };
        BrowserWindow.getAllWindows()[0]?.emit('unresponsive');
        return JSON.stringify(asked);
      }, answer);
    expect(await ask(0)).toMatch(/does not answer any more.*"Wait","Start the window again"/);
    expect(await placeOf(app)).toBe('crema://app/#/upgrades');
    const pid = (): Promise<number | undefined> =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      );
    const before = await pid();
    await ask(1);
    await expect.poll(async () => (await pid()) !== before, { timeout: 20_000 }).toBe(true);
    await expect.poll(() => placeOf(app), { timeout: 20_000 }).toBe('crema://app/#/upgrades');
    // The crash reporter's own process complains of a system without some files of the processor's.
    const ours = log().replaceAll(/^\[\d+\/\d+\.\d+:ERROR:file_io_posix\.cc.*\n/gm, '');
    expect(ours).toBe('');
  });
});

it('a page that dies comes back at the place it was, twice; the third time it says so, in its language', async () => {
  const { app, log } = await started();
  const client = await logIn(app, 33232);
  clients.push(client);
  await set(app, '#/machines/33232/orders', 'zh-CN');
  for (let n = 1; n <= 2; n += 1) {
    await kill(app);
    await expect.poll(() => log().split('it is started again').length - 1).toBe(n);
    await expect.poll(() => placeOf(app), { timeout: 20_000 }).toBe('crema://app/#/machines/33232/orders');
  }
  await kill(app);
  await expect
    .poll(async () => decodeURIComponent((await placeOf(app)) ?? ''), { timeout: 20_000 })
    .toContain('此窗口在一分钟内三次停止工作');
  expect(log()).not.toMatch(/^\s+at /m);
  // The machine was served all the while.
  client.received = Buffer.alloc(0);
  client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  await client.expects(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
});
