/** A capture is sent again in the real app: as the machine to another server, as the server to a machine that is connected. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp } from '../builders/app';
import { exportTo, go, jobs, line, logIn, openFile, tab } from '../builders/captureScreens';
import { decimalFrame, startServer } from '../builders/server';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
const order = '594f803b380a41396ed63dca39503542';

it('a capture is sent to a server and to a machine, and what comes back stands beside what came back then', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crema-replay-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const app = await startApp({ size: { width: 1366, height: 768 } });
  ends.push(() => app.close());
  const { page } = app;
  const client = await logIn(app, 33_232);
  ends.push(() => client.socket.destroy());
  const says = (body: JsonObject): void =>
    client.send(decimalFrame(JSON.stringify({ vmc_no: 33_232, ...body })));
  says({ cmd: 'qrcode', qr_type: 'alipay', product_id: 810, Amount: 1000, order_no: order });
  await client.until(() => client.received.includes('qrcode_r'));
  await page.evaluate(() =>
    window.crema.sendFrame({
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
  const file = join(folder, 'day.jsonl');
  await exportTo(app, file, 'JSONL');
  await jobs(app).getByText('day.jsonl is written').waitFor();
  await openFile(app, file);
  await tab(app, 'day.jsonl').and(page.locator('[aria-current="true"]')).waitFor();

  const dialog = page.getByRole('dialog', { name: 'Send recorded frames again' });
  const server = await startServer();
  ends.push(() => server.stop());
  await page.getByRole('button', { name: 'Send again…' }).click();
  await dialog.getByText('4 frames, of 33232').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Address of the server' }).fill('nowhere at all');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByText('An IP address or a name.').waitFor();
  await dialog.getByRole('textbox', { name: 'Address of the server' }).fill('127.0.0.1');
  await dialog.getByRole('textbox', { name: 'Port' }).fill(String(server.port));
  await dialog.getByRole('textbox', { name: 'Machine number' }).fill('40001');
  await dialog.getByRole('radiogroup', { name: 'Pace' }).getByText('Step by step').click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByText('an order may be a real sale').waitFor();
  expect(server.entries).toEqual([]);
  await dialog.getByRole('button', { name: 'Send it' }).click();
  for (const cmd of ['login', 'qrcode', 'machinestatus']) {
    await dialog.getByText(`${cmd} is next`).waitFor();
    await dialog.getByRole('button', { name: 'Send the next now' }).click();
  }
  // The recorded server opened the door, which nobody does now. The last one is waited for as long as nobody sends it.
  await dialog.getByText('hb is next').waitFor();
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await dialog.getByText('Stopped').waitFor();
  const sent = dialog.getByRole('list', { name: 'What was sent and what came back' });
  await sent.getByText('order number').first().waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  const came = server.entries.flatMap((one) => (one.kind === 'frame' && one.dir === 'in' ? [one.text] : []));
  expect(came.map((text) => (JSON.parse(text) as JsonObject)['vmc_no'])).toEqual([40_001, 40_001, 40_001]);
  expect(came.join('\n')).not.toContain(order);
  await dialog.getByRole('checkbox', { name: 'Only what differs' }).check();
  await sent.locator('[data-outcome="missing"]').getByText('opendoor', { exact: true }).waitFor();
  await app.electron.evaluate(
    ({ dialog: dialogs }, chosen) => {
      dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    },
    join(folder, 'replay.csv'),
  );
  await dialog.getByRole('button', { name: 'Save as CSV…' }).click();
  await dialog.getByText('Saved as replay.csv.').waitFor();
  expect(await readFile(join(folder, 'replay.csv'), 'utf8')).toMatch(/opendoor,missing/);
  await dialog.getByRole('button', { name: 'Close and begin another' }).click();

  client.received = Buffer.alloc(0);
  await dialog.getByText('the server, to a machine').click();
  await dialog.getByText('1 frame, of 33232').waitFor();
  await dialog.getByText('3 answers of the recorded server stay away.').waitFor();
  expect(await dialog.getByRole('combobox', { name: 'Machine' }).inputValue()).toBe('33232');
  await dialog.getByRole('radiogroup', { name: 'Pace' }).getByText('60 times').click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.getByRole('alert').getByText('door').first().waitFor();
  expect(client.received.length).toBe(0);
  await dialog.getByRole('button', { name: 'Send it' }).click();
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
