/**
 * Windows: more than one, a reload in the middle of traffic, a page that dies or hangs. A blocked main thread or a
 * drawing window does not delay machines, because the server has its own thread with a higher priority.
 */
import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { givingWay } from '../../src/main/lib/threads/priority';
import type { TestApp } from '../builders/app';
import { logIn } from '../builders/captureScreens';
import { newFolder } from '../builders/folders';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

/** In a folder without compiled code. */
const shared = sharedApp(() =>
  Promise.resolve({
    dataDirectory: newFolder(),
    // The test checks which processes give way.
    ownProcesses: true,
  }),
);
const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const numbers = [101, 102, 103, 104, 105];

async function login(app: TestApp, vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(`{"cmd":"login","vmc_no":${vmcNo},"version":"1.2.8.8","linuxDriverVersion":"1.3"}`),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}

/** Frames after which the traffic may end. */
const enough = 50;

/** Heartbeats and errors of all machines, until stopped and until `enough` are sent. No faster than the window reads them. */
function traffic(senders: readonly RawClient[], window: Page): () => Promise<void> {
  let n = 0;
  const state = { going: true };
  const done = (async () => {
    while (state.going || n <= enough) {
      for (const [i, client] of senders.entries()) {
        const vmcNo = numbers[i] ?? 0;
        const code = `ERROR:${5_300 + (n % 7)}`;
        client.send(decimalFrame(`{"cmd":"hb","vmc_no":${vmcNo},"n":${n}}`));
        client.send(
          decimalFrame(
            `{"cmd":"error","vmc_no":${vmcNo},"error_code":"${code}","isSet":${n % 2 === 0},"is_fatal_error":true,"is_persistence_error":true}`,
          ),
        );
        n += 2;
      }
      await Promise.all([window.evaluate(() => null), window.waitForTimeout(200)]);
    }
  })();
  return () => {
    state.going = false;
    return done;
  };
}

/** The machines and one machine as a window shows them, without running times. */
async function shown(page: Page): Promise<Readonly<Record<string, unknown>>> {
  const list = await page
    .locator('[data-vmc]')
    .evaluateAll((rows) => rows.map((row) => row.textContent.replaceAll(/\d+ (?:s|min)/g, '')));
  const frames = await page
    .locator('[data-frame]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['frame']));
  const errors = await page.evaluate(() => window.crema.request('watchMachine', { vmcNo: 103 }));
  const { seq, ...snapshot } = await page.evaluate(async () => {
    const reply = await window.crema.request('snapshot', undefined);
    return reply.ok ? { ...reply.value } : { seq: 0 };
  });
  return { list, frames, errors, snapshot, counted: seq >= 0 };
}

// First test: code that is loaded a second time is always kept.
it('the compiled code of the window’s program is kept for the next start', async () => {
  const { dataDirectory } = await shared();
  // Its index and the index's folder exist in any case.
  const kept = async (): Promise<readonly string[]> =>
    (await readdir(join(dataDirectory, 'Code Cache', 'js'))).filter((name) => !name.startsWith('index'));
  await expect.poll(async () => (await kept()).length).toBeGreaterThan(0);
});

describe('two windows', () => {
  it('agree, even after a reload in the middle of traffic', async () => {
    const app = await shared.asLeft();
    clients.push(...(await Promise.all(numbers.map((vmcNo) => login(app, vmcNo)))));
    const first = app.page;
    const opened = app.electron.waitForEvent('window');
    await first.keyboard.press('Control+Shift+N');
    const second = await opened;
    await second.locator('html[data-ready="true"]').waitFor();
    const pages = [first, second];
    const go = async (page: Page): Promise<void> => {
      await page.evaluate(() => (window.location.hash = '#/machines/103/frames'));
      await page.locator('[data-frame]').first().waitFor();
    };
    await Promise.all(pages.map(go));

    const stop = traffic(clients, second);
    for (let n = 0; n < 2; n += 1) {
      await first.waitForTimeout(300);
      await first.reload();
      await first.locator('html[data-ready="true"]').waitFor();
    }
    // The window shows the same machine as before.
    await first.locator('[data-frame]').first().waitFor();
    expect(await first.evaluate(() => location.hash)).toBe('#/machines/103/frames');
    await stop();
    const [one] = clients;
    await one?.until(() => one.received.includes('"cmd":"hb"'));
    // Until both are up to date: 100 ms a batch.
    await first.waitForTimeout(1_000);
    await vi.waitFor(
      async () => {
        const [a, b] = await Promise.all(pages.map(shown));
        for (const part of Object.keys(a ?? {})) expect(a?.[part], part).toEqual(b?.[part]);
      },
      { timeout: 20_000, interval: 500 },
    );
    // The display's own pointer would make a list hold its new rows back.
    expect(await second.locator('[data-frame]:hover').count()).toBe(0);

    // A selection in one window shows in the other.
    await first.evaluate(() => window.crema.request('setMachine', { vmcNo: 103, patch: { name: 'Lobby' } }));
    await second.getByText('Lobby').first().waitFor();
    await second.close();
    await first.getByText('Lobby').first().waitFor();
    for (const client of clients) client.socket.destroy();

    // Closing a window before its page exists is not an error.
    await app.electron.evaluate(({ app: main }) => {
      const seen: { made: number; rejected: string[] } = { made: 0, rejected: [] };
      const note = (error: unknown): void => void seen.rejected.push(String(error));
      const stopNoting = (): void => void process.off('unhandledRejection', note);
      process.on('unhandledRejection', note);
      Object.assign(globalThis, { seen, stopNoting });
      main.once('browser-window-created', (_event, window) => {
        seen.made += 1;
        setImmediate(() => window.webContents.close());
      });
    });
    await first.keyboard.press('Control+Shift+N');
    const state = (): Promise<object> =>
      app.electron.evaluate(({ BrowserWindow }) => {
        const { seen } = globalThis as unknown as { seen: object };
        return { ...seen, windows: BrowserWindow.getAllWindows().length };
      });
    await expect.poll(state).toMatchObject({ made: 1, windows: 1 });
    expect(await state()).toMatchObject({ rejected: [] });
    await app.electron.evaluate(() => (globalThis as unknown as { stopNoting: () => void }).stopNoting());
  });
});

const beat = decimalFrame('{"cmd":"hb","vmc_no":33232}');

it('while the main thread is blocked for two seconds, machines are answered as before', async () => {
  const app = await shared.asLeft();
  const client = await RawClient.open(app.machinePort);
  client.send(decimalFrame('{"cmd":"login","vmc_no":33232,"version":"1","linuxDriverVersion":"1"}'));
  await client.until(() => client.received.includes('login_r'));
  client.received = Buffer.alloc(0);
  const blocked = app.electron.evaluate(() => {
    const from = Date.now();
    // Blocks on purpose: no timer, no message and no window is served meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
    return { from, to: Date.now() };
  });
  const answers: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    client.send(beat);
    await client.expects(beat);
    answers.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  client.socket.destroy();
  const { from, to } = await blocked;
  const during = answers.filter((at) => at > from && at < to);
  // One every 50 ms and a little; a quarter of that on the busiest computer.
  expect(during.length).toBeGreaterThan(10);
});

it.runIf(process.platform === 'linux')(
  'rendering processes give way to the server, in later windows too',
  async () => {
    const app = await shared.asLeft();
    const main = app.electron.process().pid ?? Number.NaN;
    const drawing = async (): Promise<readonly number[]> =>
      (await app.electron.evaluate(({ app: running }) => running.getAppMetrics()))
        .filter(({ type }) => type === 'Browser' || type === 'Tab' || type === 'GPU')
        .map(({ pid }) => pid);
    const rushing = async (): Promise<readonly number[]> =>
      (await drawing()).filter((pid) => getPriority(pid) < givingWay);
    await expect.poll(rushing).toEqual([]);
    // Until loaded: the next call must reach the reloaded page.
    const loaded = app.page.waitForEvent('load');
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.reload(),
    );
    await loaded;
    await expect.poll(rushing).toEqual([]);
    const goesFirst = (thread: number): boolean => {
      try {
        return getPriority(thread) < givingWay;
      } catch {
        // The process has ended since.
        return false;
      }
    };
    expect(readdirSync(`/proc/${main}/task`).map(Number).filter(goesFirst)).not.toEqual([]);
  },
);

/** `log`: text written since. */
async function started(): Promise<{ readonly app: TestApp; readonly log: () => string }> {
  const app = await shared.asLeft();
  let written = '';
  app.electron.process().stderr?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  return { app, log: () => written };
}

/** The location of the first window, read in main: a driver outside loses the page with its process. */
const placeOf = (app: TestApp): Promise<string | null> =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return null;
    return contents.getURL();
  });

/** Sets the language, the virtual machines and the location in the first window, even in a restarted one. */
async function set(app: TestApp, hash: string, language: 'en' | 'zh-CN', count = 0): Promise<void> {
  const script = `(async () => {
    await window.crema.request('setSettings', { language: '${language}' });
    await window.crema.request('simulate', { count: ${count}, platform: 'mixed' });
    location.hash = '${hash}';
  })()`;
  await app.electron.evaluate(
    ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text),
    script,
  );
}

describe('a page that hangs', () => {
  it('is offered a restart, which does not count as a crash', async () => {
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
    expect(await ask(0)).toMatch(/does not respond.*"Wait","Restart the window"/);
    expect(await placeOf(app)).toBe('crema://app/#/upgrades');
    const pid = (): Promise<number | undefined> =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      );
    const before = await pid();
    await ask(1);
    await expect.poll(async () => (await pid()) !== before, { timeout: 20_000 }).toBe(true);
    await expect.poll(() => placeOf(app), { timeout: 20_000 }).toBe('crema://app/#/upgrades');
    // The crash reporter's own process complains on a system without some CPU files.
    const ours = log().replaceAll(/^\[\d+\/\d+\.\d+:ERROR:file_io_posix\.cc.*\n/gm, '');
    expect(ours).toBe('');
  });
});

/** While a request is still being answered, the page of the newest window dies, or the window closes. */
const ends = (app: TestApp, how: 'kill' | 'crash' | 'close' | 'destroy'): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows()
      .toSorted((a, b) => a.id - b.id)
      .at(-1);
    const contents = window?.webContents;
    void contents
      ?.executeJavaScript("for (let n = 0; n < 200; n += 1) void window.crema.request('snapshot'); 0")
      .catch(() => undefined);
    setTimeout(() => {
      if (wanted === 'kill') process.kill(contents?.getOSProcessId() ?? 0, 'SIGKILL');
      else if (wanted === 'close') window?.close();
      else if (wanted === 'destroy') window?.destroy();
      else contents?.forcefullyCrashRenderer();
    }, 20);
  }, how);

it('a window closed in the middle of traffic causes no stack trace in main, nor does a page that dies: it returns to its place, twice; the third time it reports this, in its language', async () => {
  const { app, log } = await started();
  const client = await logIn(app, 33232);
  clients.push(client);
  await set(app, '#/machines/33232/orders', 'zh-CN', 4);
  for (const how of ['close', 'destroy'] as const) {
    const opened = app.electron.waitForEvent('window');
    // A driver outside may have lost the first page.
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("window.crema.request('openWindow')"),
    );
    const next = await opened;
    await next.locator('html[data-ready="true"]').waitFor();
    await next.evaluate(() => (window.location.hash = '#/inspector'));
    await next.locator('[data-frame]').first().waitFor();
    await ends(app, how);
    await expect
      .poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
      .toBe(1);
  }
  for (const [n, how] of (['kill', 'crash'] as const).entries()) {
    await ends(app, how);
    await expect.poll(() => log().split('it is started again').length - 1).toBe(n + 1);
    await expect.poll(() => placeOf(app), { timeout: 20_000 }).toBe('crema://app/#/machines/33232/orders');
  }
  await ends(app, 'kill');
  await expect
    .poll(async () => decodeURIComponent((await placeOf(app)) ?? ''), { timeout: 20_000 })
    .toContain('此窗口在一分钟内三次停止工作');
  expect(log()).not.toMatch(/^\s+at /m);
  expect(log()).not.toMatch(/Error/);
  // The machine was served throughout.
  client.received = Buffer.alloc(0);
  client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  await client.expects(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
});
