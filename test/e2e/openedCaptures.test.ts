/**
 * Opened captures in the real app: replayed, as the machine to another server and as the server to a connected machine.
 * Also the clock of their times, many captures at once, and the remains of ended jobs.
 */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import {
  chooseMore,
  closeCaptures,
  exportTo,
  go,
  jobs,
  line,
  lineCount,
  logIn,
  openFile,
  tab,
  tabNamed,
} from '../builders/captureScreens';
import { pcapng, TcpScript } from '../builders/packets';
import { decimalFrame, startServer } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

const shared = sharedApp();
const folder = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const order = '594f803b380a41396ed63dca39503542';

/** First test: the journal has only its own entries. */
it('a capture is replayed to a server and to a machine, and the answers are compared with the recorded ones', async () => {
  const app = await shared();
  const { page } = app;
  const client = await logIn(app, 33_232);
  ends.push(() => client.socket.destroy());
  const says = (body: JsonObject): void =>
    client.send(decimalFrame(JSON.stringify({ vmc_no: 33_232, ...body })));
  says({ cmd: 'qrcode', qr_type: 'alipay', product_id: 810, Amount: 1000, order_no: order });
  await client.until(() => client.received.includes('qrcode_r'));
  await page.evaluate(() =>
    window.crema.request('sendFrame', {
      vmcNo: 33_232,
      content: { as: 'text', text: '{"cmd":"opendoor","vmc_no":33232}', head: 'machine' },
    }),
  );
  await client.until(() => client.received.includes('opendoor'));
  says({ cmd: 'machinestatus', status: 'dooropen' });
  await go(app, '#/inspector');
  await line(app, 'Door open').waitFor();
  says({ cmd: 'hb' });
  await client.until(() => client.received.includes('"hb"'));
  const file = folder('day.jsonl');
  await exportTo(app, file, 'JSONL');
  await jobs(app).getByText('day.jsonl exported').waitFor();
  await openFile(app, file);
  await tab(app, 'day.jsonl').and(page.locator('[aria-current="true"]')).waitFor();

  const dialog = page.getByRole('dialog', { name: 'Replay recorded frames' });
  const server = await startServer();
  ends.push(() => server.stop());
  await chooseMore(app, 'Replay…');
  await dialog.getByText('4 frames, of 33232').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Address of the server' }).fill('nowhere at all');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByText('Enter an IP address or a name.').waitFor();
  await dialog.getByRole('textbox', { name: 'Address of the server' }).fill('127.0.0.1');
  await dialog.getByRole('textbox', { name: 'Port' }).fill(String(server.port));
  await dialog.getByRole('textbox', { name: 'Machine number' }).fill('40001');
  await dialog.getByRole('button', { name: /^Pace and changes/ }).click();
  await dialog.getByRole('radiogroup', { name: 'Pace' }).getByText('Step by step').click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByText('an order may become a real sale').waitFor();
  expect(server.entries).toEqual([]);
  await dialog.getByRole('button', { name: 'Start replay' }).click();
  for (const cmd of ['login', 'qrcode', 'machinestatus']) {
    await dialog.getByText(`${cmd} is next`).waitFor();
    await dialog.getByRole('button', { name: 'Send next now' }).click();
  }
  // The recorded server opened the door, which nobody does now. The run waits for the last frame until somebody sends it.
  await dialog.getByText('hb is next').waitFor();
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await dialog.getByText('Stopped').waitFor();
  const sent = dialog.getByRole('list', { name: 'Frames sent and received' });
  await sent.getByText('order number').first().waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  const came = server.entries.flatMap((one) => (one.kind === 'frame' && one.dir === 'in' ? [one.text] : []));
  expect(came.map((text) => (JSON.parse(text) as JsonObject)['vmc_no'])).toEqual([40_001, 40_001, 40_001]);
  expect(came.join('\n')).not.toContain(order);
  await dialog.getByRole('checkbox', { name: 'Differences only' }).check();
  await sent.locator('[data-outcome="missing"]').getByText('opendoor', { exact: true }).waitFor();
  await app.electron.evaluate(({ dialog: dialogs }, chosen) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, folder('replay.csv'));
  await dialog.getByRole('button', { name: 'Export CSV…' }).click();
  await dialog.getByText('Saved as replay.csv.').waitFor();
  expect(await readFile(folder('replay.csv'), 'utf8')).toMatch(/opendoor,missing/);
  await dialog.getByRole('button', { name: 'Close and start another' }).click();

  client.received = Buffer.alloc(0);
  await dialog.getByText('the server, to a machine').click();
  await dialog.getByText('1 frame, of 33232').waitFor();
  await dialog.getByText('3 answers of the recorded server are not sent.').waitFor();
  expect(await dialog.getByRole('combobox', { name: 'Machine' }).inputValue()).toBe('33232');
  await dialog.getByRole('radiogroup', { name: 'Pace' }).getByText('60 times').click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByRole('alert').getByText('door').first().waitFor();
  expect(client.received.length).toBe(0);
  await dialog.getByRole('button', { name: 'Start replay' }).click();
  await client.until(() => client.received.includes('opendoor'));
  says({ cmd: 'machinestatus', status: 'dooropen' });
  says({ cmd: 'hb' });
  await dialog.getByText('Done').waitFor();
  await sent
    .locator('[data-kind="answer"][data-outcome="same"]')
    .getByText('machinestatus', { exact: true })
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Replay: 1 of 1' }).waitFor();
});

it('the shown tab is in view, tabs are closed by keyboard, and ended jobs disappear by themselves', async () => {
  const app = await shared();
  await closeCaptures(app);
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Narrower than a person can make it: there is no space for most tabs.
    window?.setMinimumSize(1, 1);
    window?.setContentSize(420, 640);
  });
  const { page } = app;
  const client = await logIn(app, 33_232);
  ends.push(() => client.socket.destroy());
  await go(app, '#/inspector');
  await line(app, 'login, version').first().waitFor();
  const first = folder('day 0 of the machine in the lobby.jsonl');
  await exportTo(app, first, 'JSONL');
  const written = jobs(app).getByText('day 0 of the machine in the lobby.jsonl exported');
  // It stays for ten seconds.
  await written.waitFor();
  await exportTo(app, folder('nowhere', 'third.csv'), 'CSV');
  await jobs(app).getByText('third.csv was not exported.').waitFor();
  await page.mouse.move(500, 4);
  expect(await accessibilityProblems(app)).toEqual([]);
  // A successful job disappears; a failed job stays until it is dismissed.
  await written.waitFor({ state: 'detached', timeout: 15_000 });
  await jobs(app).getByText('third.csv was not exported.').waitFor();
  await exportTo(app, folder('a.csv'), 'CSV');
  await jobs(app).getByRole('button', { name: 'Clear finished' }).click();
  await jobs(app).waitFor({ state: 'hidden' });

  const inView = (app_: TestApp, name: RegExp): Promise<boolean> =>
    tabNamed(app_, name).evaluate((button) => {
      const { left, right } = button.getBoundingClientRect();
      return left >= 0 && right <= window.innerWidth;
    });
  for (let n = 1; n <= 3; n += 1) {
    const file = folder(`day ${n} of the machine in the lobby.jsonl`);
    await copyFile(first, file);
    await openFile(app, file);
    const name = new RegExp(`^day ${n} of`);
    await tabNamed(app, name).and(page.locator('[aria-current="true"]')).waitFor();
    await expect.poll(() => inView(app, name)).toBe(true);
  }
  expect(await accessibilityProblems(app)).toEqual([]);
  expect(await inView(app, /^day 1 of/)).toBe(false);
  await tabNamed(app, /^day 1 of/).focus();
  await page.keyboard.press('Delete');
  await tabNamed(app, /^day 1 of/).waitFor({ state: 'detached' });
  // The next tab has the focus, and the shown capture stays shown.
  await tabNamed(app, /^day 2 of/)
    .and(page.locator(':focus'))
    .waitFor();
  await tabNamed(app, /^day 3 of/)
    .and(page.locator('[aria-current="true"]'))
    .waitFor();
  await tabNamed(app, /^day 3 of/).focus();
  await page.keyboard.press('Delete');
  await tabNamed(app, /^Live/).and(page.locator('[aria-current="true"]')).waitFor();
  await expect.poll(() => inView(app, /^Live/)).toBe(true);
}, 240_000);

/** Live has several such lines. */
const hasOne = (app: TestApp, text: string): Promise<void> =>
  expect.poll(() => line(app, text).count()).toBe(1);

it('in a capture today is the day of its last entry, in filters too, and every time has its clock', async () => {
  const app = await shared();
  await closeCaptures(app);
  const { page } = app;
  const noon = new Date(2023, 10, 14, 12).getTime();
  const script = new TcpScript({ time: (noon - 86_400_000) * 1000 }).opens();
  script.says(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  script.time = noon * 1000;
  script.says(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
  const file = folder('day.pcapng');
  await writeFile(file, pcapng(script.packets));
  await go(app, '#/inspector');
  await openFile(app, file);
  await hasOne(app, 'dooropen');
  await page.getByRole('status').getByText('by the clock of the recording computer').waitFor();
  const head = page.getByRole('button', { name: 'Time', exact: true });
  expect(await head.getAttribute('title')).toContain('the recording computer');

  const box = page.getByRole('combobox', { name: 'Filter', exact: true });
  for (const [text, count] of [
    ['time:today', 1],
    ['time:yesterday', 2],
    ['time:-10m', 1],
    ['time:12:00', 1],
  ] as const) {
    await box.fill(text);
    await expect.poll(() => lineCount(app), { message: text }).toBe(count);
  }
  // In a capture every screen names the clock of its times. An order's time is by its machine's clock.
  for (const screen of ['machines', 'inspector', 'errors', 'orders']) {
    await go(app, `#/${screen}`);
    await page
      .locator('header')
      .getByText('by the clock of the recording computer')
      .first()
      .waitFor({ state: 'attached' });
  }
  await go(app, '#/inspector');
  await tab(app, 'Live').click();
  await expect.poll(() => head.getAttribute('title')).toBe('by this computer’s clock');
  const client = await logIn(app, 33_232);
  for (const [orderNo, time] of [
    ['T1', ',"timestamp":"20250318165359"'],
    ['T2', ''],
  ] as const)
    client.send(
      decimalFrame(
        `{"cmd":"productdone","vmc_no":33232,"order_no":"${orderNo}","ProductId":1,"isok":true${time}}`,
      ),
    );
  await go(app, '#/orders');
  const orders = page.getByRole('listbox', { name: 'Orders, newest first' });
  for (const [orderNo, whose] of [
    ['T1', 'by the machine’s clock'],
    ['T2', 'by this computer’s clock'],
  ] as const) {
    await orders.getByText(orderNo, { exact: true }).click();
    await page
      .getByRole('region', { name: new RegExp(orderNo) })
      .getByText(new RegExp(`^${whose}`))
      .waitFor();
  }
  client.socket.destroy();

  // A question about the capture closes with it, as when another window closes the capture: its frames can't be written any more.
  await tabNamed(app, /^day/).click();
  await go(app, '#/inspector');
  await hasOne(app, 'dooropen');
  await chooseMore(app, 'Export…');
  const dialog = page.getByRole('dialog', { name: 'Export frames' });
  await dialog.getByRole('radio', { name: 'The whole capture' }).waitFor();
  await closeCaptures(app);
  await dialog.waitFor({ state: 'detached' });
  // Live is shown at its last place.
  await orders.waitFor();
});
