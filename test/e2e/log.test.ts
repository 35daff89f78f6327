/** The log and the crash notes of the real app: their content, and data that they never contain. */
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { newDataFolder, startApp, type TestApp } from '../builders/app';
import { go, logIn, openFile } from '../builders/captureScreens';
import { openStore } from '../builders/journal';
import { decimalFrame, type RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const open: TestApp[] = [];
const clients: RawClient[] = [];
const endAll = async (): Promise<void> => {
  for (const app of open.splice(0)) await app.close({ keepData: true });
};
/** All runs use the same folder in turn. */
const folder = useFolder('all');
beforeAll(async () => {
  await newDataFolder(folder());
});
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});
afterAll(async () => {
  await endAll();
  holder?.close();
});

async function started(switches: readonly string[] = []): Promise<TestApp> {
  onTestFailed(endAll);
  const app = await startApp({
    dataDirectory: folder(),
    switches,
    // The language in the settings.
    language: null,
    size: { width: 1366, height: 768 },
    // The GPU and network processes of some runs are killed.
    ownProcesses: true,
  });
  open.push(app);
  return app;
}
/** Occupies the port that the running app was to use for downloads. */
let holder: Server | null = null;
/** The running app. */
async function running(): Promise<TestApp> {
  if (open[0] !== undefined) return open[0];
  holder ??= createServer().listen(0, '127.0.0.1');
  if (!holder.listening) await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const app = await started(['--simulate', '4', '--update-listen', `127.0.0.1:${port}`]);
  await speak(app, 'en');
  return app;
}
async function speak({ page }: TestApp, language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((to) => window.crema.request('setSettings', { language: to }), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}
async function end(app: TestApp): Promise<void> {
  open.splice(open.indexOf(app), 1);
  await app.close({ keepData: true });
}

/** The whole text of the log and the notes. */
async function written(): Promise<string> {
  let text = '';
  for (const name of ['logs', 'crashes'])
    for (const file of await readdir(folder(name)).catch(() => []))
      text += await readFile(folder(name, file), 'utf8');
  return text;
}

async function another(app: TestApp): Promise<Page> {
  const opened = app.electron.waitForEvent('window');
  await app.page.evaluate(() => window.crema.request('openWindow', undefined));
  const page = await opened;
  await page.locator('html[data-ready="true"]').waitFor();
  return page;
}

/** Ends the process of the first window's page, like a crash. */
const killFirst = (app: TestApp): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows().toSorted((a, b) => a.id - b.id);
    const pid = first?.webContents.getOSProcessId() ?? 0;
    if (pid > 0) process.kill(pid, 'SIGKILL');
  });

/** A stopped window is reported in the remaining windows, with its note, until a person has seen the report. */
async function toldUntilSeen(page: Page): Promise<void> {
  const banner = page.getByRole('status').filter({ hasText: 'A window of Crema stopped working.' });
  await banner.waitFor();
  await banner.getByRole('button', { name: 'What happened' }).click();
  const dialog = page.getByRole('dialog', { name: 'What happened' });
  await dialog.getByText('"what": "window"').waitFor();
  expect(await dialog.innerText()).toMatch(/"listeners"[^]*"machines": "listening on 127\.0\.0\.1/);
  expect(await dialog.innerText()).toContain(folder('crashes'));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await banner.waitFor({ state: 'detached' });
}

const code = 'q7w8e9r0';
const order = '594f803b380a41396ed63dca39503542';
const payment = 'weixin://wxpay/bizpayurl?pr=Zq81kLm';

describe('a note about a stopped process', () => {
  // A closed app is not reported: errors.test.ts.
  it('reports a killed Crema at the next start, in its language; after a person has seen it, it is not reported again', async () => {
    // A window that stopped in an earlier run, already seen.
    const seen = { what: 'window', at: 1_764_000_000_000, again: true, seen: true, reason: 'a bug' };
    await mkdir(folder('crashes'), { recursive: true });
    await writeFile(folder('crashes', '1764000000000-window.json'), JSON.stringify(seen));
    const killed = await started();
    const reply = await killed.page.evaluate(() => window.crema.request('snapshot', undefined));
    expect(reply).toMatchObject({ ok: true, value: { crashes: [] } });

    const port = killed.machinePort;
    open.splice(open.indexOf(killed), 1);
    // The app has written its current state.
    await expect.poll(written).toContain(`"machines": "listening on 127.0.0.1:${port}"`);
    const gone = new Promise((resolve) => killed.electron.process().once('exit', resolve));
    killed.electron.process().kill('SIGKILL');
    await gone;
    const next = await running();
    await speak(next, 'zh-CN');
    await next.page.getByRole('status').filter({ hasText: 'Crema 上次没有正常退出' }).waitFor();
    // The state in the note is that of the killed run.
    expect(await written()).toContain(`"machines": "listening on 127.0.0.1:${port}"`);
    expect(await accessibilityProblems(next)).toEqual([]);
    await next.page.getByRole('button', { name: '知道了' }).click();
    await next.page
      .getByRole('status')
      .filter({ hasText: 'Crema 上次没有正常退出' })
      .waitFor({ state: 'detached' });
    await speak(next, 'en');
  });

  it.each([
    ['graphics', 'GPU', 'Screen drawing stopped working.'],
    ['helper', 'Utility', 'A component of Crema’s runtime stopped working.'],
  ] as const)('exists for a dead process of the runtime too: %s', async (what, type, sentence) => {
    const app = await running();
    const notesOf = async (): Promise<string[]> =>
      (await readdir(folder('crashes')).catch(() => [])).filter((name) => name.includes(what));
    const earlier = await notesOf();
    const pid = await app.electron.evaluate(({ app: electron }, wanted) => {
      const found = electron.getAppMetrics().find((one) => one.type === wanted);
      if (found !== undefined) process.kill(found.pid, 'SIGKILL');
      return found?.pid ?? null;
    }, type);
    expect(pid).not.toBeNull();
    await app.page.getByRole('status').filter({ hasText: sentence }).waitFor();
    const notes = (await notesOf()).filter((name) => !earlier.includes(name));
    expect(notes).toHaveLength(1);
    const note: unknown = JSON.parse(
      await readFile(join(app.dataDirectory, 'crashes', notes[0] ?? ''), 'utf8'),
    );
    expect(note).toMatchObject({
      what,
      again: true,
      reason: expect.stringMatching(/stopped \(killed/) as string,
    });
    // The process was started again: the window still draws and works.
    await go(app, '#/errors');
    await app.page.getByRole('heading', { level: 1 }).first().waitFor();
    await expect
      .poll(() =>
        app.electron.evaluate(
          ({ app: electron }, wanted) => electron.getAppMetrics().some((one) => one.type === wanted),
          type,
        ),
      )
      .toBe(true);
  });
});

it('the log is opened from the settings, and the panel is accessible', async () => {
  const app = await running();
  const { page } = app;
  await go(app, '#/settings/computer');
  await app.electron.evaluate(({ shell }) => {
    shell.openPath = (path) => {
      Object.assign(globalThis, { openedFolder: path });
      return Promise.resolve('');
    };
  });
  await page.getByRole('button', { name: 'Open log folder' }).click();
  await expect
    .poll(() => app.electron.evaluate(() => (globalThis as { openedFolder?: string }).openedFolder))
    .toBe(join(app.dataDirectory, 'logs'));
  expect(await accessibilityProblems(app)).toEqual([]);
});

describe('the log', () => {
  it('has each error a person saw by its code, a stopped window too, and no verification code, order number or payment text', async () => {
    const app = await running();
    const { page } = app;
    const client = await logIn(app, 33232);
    clients.push(client);
    await page.evaluate(
      (secret) => window.crema.request('setMachineCode', { vmcNo: 33232, code: secret }),
      code,
    );
    client.send(
      decimalFrame(
        `{"cmd":"qrcode","vmc_no":33232,"qr_type":"wx_pub","product_id":8,"Amount":900,"order_no":"${order}"}`,
      ),
    );
    client.send(
      decimalFrame(
        `{"cmd":"productdone","vmc_no":33232,"ProductId":8,"isok":true,"timestamp":"20261126081500","order_no":"${order}"}`,
      ),
    );
    await client.until(() => client.received.includes('productdone_r'));
    const text = JSON.stringify({
      cmd: 'qrcode_r',
      vmc_no: 33232,
      qr_type: 'wx_pub',
      qrcode: payment,
      order_no: order,
    });
    await page.evaluate(
      (body) =>
        window.crema.request('sendFrame', {
          vmcNo: 33232,
          content: { as: 'text', text: body, head: 'machine' },
        }),
      text,
    );
    await client.until(() => client.received.includes('qrcode_r'));
    // The texts of a part of the window that fails to draw, and of a refusal.
    await page.evaluate(
      ([body, secret]) =>
        window.crema.request('reportProblem', {
          where: 'order',
          detail: `Error: ${body} with code ${secret}`,
        }),
      [text, code],
    );
    await page.evaluate(() => window.crema.request('disconnect', { vmcNo: 99_999 }));
    await page.evaluate(() => window.crema.request('frame', { id: 999_999_999 }));
    await page.evaluate(() =>
      window.crema.request('listen', { which: 'machines', host: '203.0.113.7', port: 4567 }),
    );
    await expect.poll(() => written()).toContain(' warn main: shown: listener.updates.inUse');
    const noCapture = folder('notes.txt');
    await writeFile(noCapture, 'no capture');
    await go(app, '#/inspector');
    await openFile(app, noCapture);
    await expect.poll(() => written(), { timeout: 20_000 }).toContain(' warn main: shown: job.import.');
    const left = await another(app);
    await killFirst(app);
    await expect.poll(() => written()).toContain('crash.window');
    await toldUntilSeen(left);
    await end(app);

    const log = await written();
    expect(log).toMatch(/ info server: machines: listening on 127\.0\.0\.1:\d+/);
    expect(log).toContain(' warn main: shown: job.import.notACapture (job 1)');
    expect(log).toContain(' error window: order: Error: ');
    expect(log).toContain(' warn window: disconnect refused: unknownMachine vmcNo=99999');
    expect(log).toContain(' warn window: frame refused: unknownFrame');
    expect(log).toContain(' warn window: listen refused: listenFailed host=203.0.113.7 port=4567');
    const store = openStore(folder('journal.sqlite'));
    const said = store
      .entriesAfter(0, 100_000)
      .flatMap((entry) => (entry.kind === 'frame' ? [Buffer.from(entry.bytes).toString('latin1')] : []))
      .join('\n');
    store.close();
    const secrets = new Set([
      code,
      payment,
      ...[...said.matchAll(/"(?:order_no|qrcode)"\s*:\s*"([^"]{8,})"/g)].map(([, secret = '']) => secret),
    ]);
    expect(secrets).toContain(order);
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});
