/** Connect, see the fault, understand it, see it gone: in the real app, in both languages, and after a restart of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { decimalFrame, RawClient } from '../builders/server';

const open: TestApp[] = [];
const clients: RawClient[] = [];
let folder = '';
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const app of open.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

const vmc_no = 33_232;
const size = { width: 1366, height: 768 };
async function machine(app: TestApp): Promise<(body: object) => void> {
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  const says = (body: object): void => client.send(decimalFrame(JSON.stringify({ vmc_no, ...body })));
  says({ cmd: 'login', timestamp: '20150624', sign: 'x', version: '1.2.8.8', linuxDriverVersion: '1.3' });
  await client.until(() => client.received.includes('login_r'));
  return says;
}

it('a machine that can’t sell says why, what to do, and what the frame was; once mended it is over and stays on record', async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-diagnosis-'));
  const app = await startApp({ size, dataDirectory: folder });
  open.push(app);
  const { page } = app;
  const says = await machine(app);
  await go(app, `#/machines/${vmc_no}/overview`);
  const state = page.getByRole('region', { name: 'State', exact: true });
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
  await state.getByText('It has reported nothing that keeps it from selling.').waitFor();

  says({ cmd: 'error', error_code: 'ERROR:9998', isSet: true, is_fatal_error: true });
  says({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '-3', '10007': '100000' } });
  await state.locator('[data-answer="no"]').getByText('everything sold out (ERROR:9998)').waitFor();
  const soldOut = diagnosis.locator('[data-rule="soldOut"]');
  await soldOut.getByText('It says that everything is sold out.').waitFor();
  await soldOut.getByText('Refill, and reset the amounts in the machine’s menu.').waitFor();
  await diagnosis.locator('[data-rule="materialEmpty"]').getByText('coffee beans').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.getByRole('img', { name: 'Heartbeats of the last hour, minute by minute' }).waitFor();

  // The frame behind it.
  await soldOut.getByRole('button', { name: 'Show the frame' }).click();
  await page
    .getByRole('region', { name: /^Frame \d+$/ })
    .getByRole('treeitem', { name: /ERROR:9998/ })
    .waitFor();

  // Of the next start: this one was told its language.
  await page.evaluate(() => window.crema.setSettings({ language: 'zh-CN' }));

  says({ cmd: 'error', error_code: 'ERROR:9998', isSet: false });
  says({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '200' } });
  await soldOut.waitFor({ state: 'detached' });
  await state.locator('[data-answer="yes"]').waitFor();
  await diagnosis.locator('[data-rule="materialEmpty"]').waitFor({ state: 'detached' });
  const clock = diagnosis.locator('[data-rule="clockWrong"]');
  await clock.waitFor();
  await diagnosis.getByRole('button', { name: 'Earlier' }).click();
  const earlier = diagnosis.getByRole('list', { name: 'Earlier' });
  await earlier.getByText('It says that everything is sold out.').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  // What was found survives a restart; what is known last is visibly old.
  clients[0]?.socket.destroy();
  await state.getByText(/^Last known, as of /).waitFor();
  await state.locator('[data-answer="unknown"]').waitFor();
  open.length = 0;
  await app.close({ keepData: true });
  const next = await startApp({ size, dataDirectory: folder, language: null });
  open.push(next);
  await go(next, `#/machines/${vmc_no}/overview`);
  const again = next.page.getByRole('region', { name: '诊断' });
  await again
    .locator('[data-rule="clockWrong"]')
    .getByText(/机器日期为 2015-06-24/)
    .waitFor();
  await again.getByRole('button', { name: '以往' }).click();
  await again.getByRole('list', { name: '以往' }).getByText('机器上报全部售罄。').waitFor();
  await next.page.getByText(/^以下为截至 /).waitFor();
  expect(await accessibilityProblems(next)).toEqual([]);
});
