/** More than one window, and a reload in the middle of traffic: whoever looks sees the same. */
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';

const open: TestApp[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
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

/** Beats, orders and errors of all machines until told to stop; gives how many frames were sent. No faster than the window takes them. */
function traffic(clients: readonly RawClient[], window: Page): () => Promise<number> {
  let n = 0;
  const state = { going: true };
  const done = (async () => {
    while (state.going) {
      for (const [i, client] of clients.entries()) {
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
      await Promise.all([window.evaluate(() => null), window.waitForTimeout(50)]);
    }
    return n;
  })();
  return () => {
    state.going = false;
    return done;
  };
}

/** What a window shows of the machines and of one of them, without times that run. */
async function shown(page: Page): Promise<unknown> {
  const list = await page
    .locator('[data-vmc]')
    .evaluateAll((rows) => rows.map((row) => row.textContent.replaceAll(/\d+ (?:s|min)/g, '')));
  const frames = await page
    .locator('[data-frame]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['frame']));
  const errors = await page.evaluate(() => window.crema.watchMachine({ vmcNo: 103 }));
  const { seq, ...snapshot } = await page.evaluate(async () => {
    const reply = await window.crema.snapshot(undefined);
    return reply.ok ? { ...reply.value } : { seq: 0 };
  });
  return { list, frames, errors, snapshot, counted: seq >= 0 };
}

describe('two windows', () => {
  it('agree, also after one was reloaded in the middle of traffic', async () => {
    const app = await startApp({ size: { width: 1366, height: 768 } });
    open.push(app);
    const clients = await Promise.all(numbers.map((vmcNo) => login(app, vmcNo)));
    const first = app.page;
    const opened = app.electron.waitForEvent('window');
    await first.getByRole('button', { name: 'Open another window' }).click();
    const second = await opened;
    await second.locator('html[data-ready="true"]').waitFor();
    const pages = [first, second];
    const go = async (page: Page): Promise<void> => {
      await page.evaluate(() => (window.location.hash = '#/machines/103/overview'));
      await page.locator('[data-frame]').first().waitFor();
    };
    await Promise.all(pages.map(go));

    const stop = traffic(clients, second);
    for (let n = 0; n < 3; n += 1) {
      await first.waitForTimeout(300);
      await first.reload();
      await first.locator('html[data-ready="true"]').waitFor();
    }
    await go(first);
    const sent = await stop();
    const [one] = clients;
    await one?.until(() => one.received.includes('"cmd":"hb"'));
    // Until both have caught up: 100 ms a batch.
    await first.waitForTimeout(1_000);
    expect(sent).toBeGreaterThan(100);
    await vi.waitFor(
      async () => {
        const [a, b] = await Promise.all(pages.map(shown));
        expect(a).toEqual(b);
      },
      { timeout: 20_000, interval: 500 },
    );

    // A choice made in one is seen in the other.
    await first.evaluate(() => window.crema.setMachine({ vmcNo: 103, patch: { name: 'Lobby' } }));
    await second.getByText('Lobby').first().waitFor();
    await second.close();
    await first.getByText('Lobby').first().waitFor();
    for (const client of clients) client.socket.destroy();

    // One that is closed before its page is there is no error.
    await app.electron.evaluate(({ app: main }) => {
      const seen: { made: number; rejected: string[] } = { made: 0, rejected: [] };
      Object.assign(globalThis, { seen });
      process.on('unhandledRejection', (error) => seen.rejected.push(String(error)));
      main.once('browser-window-created', (_event, window) => {
        seen.made += 1;
        setImmediate(() => window.webContents.close());
      });
    });
    await first.getByRole('button', { name: 'Open another window' }).click();
    const state = (): Promise<object> =>
      app.electron.evaluate(({ BrowserWindow }) => {
        const { seen } = globalThis as unknown as { seen: object };
        return { ...seen, windows: BrowserWindow.getAllWindows().length };
      });
    await expect.poll(state).toMatchObject({ made: 1, windows: 1 });
    expect(await state()).toMatchObject({ rejected: [] });
  });
});

it('what the window’s program was compiled to is kept for the next start', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'crema-compiled-'));
  open.push(await startApp({ dataDirectory }));
  // Its index and the folder of that are there in any case.
  const kept = async (): Promise<readonly string[]> =>
    (await readdir(join(dataDirectory, 'Code Cache', 'js'))).filter((name) => !name.startsWith('index'));
  await expect.poll(async () => (await kept()).length).toBeGreaterThan(0);
});
