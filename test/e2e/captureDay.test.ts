/** In a capture it is the day of its last entry, in filters too, and every time says whose clock told it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startApp } from '../builders/app';
import { go, line, lineCount, logIn, openFile, tab } from '../builders/captureScreens';
import { pcapng, TcpScript } from '../builders/packets';
import { decimalFrame } from '../builders/server';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

it('a capture of another day', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crema-day-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const app = await startApp({ size: { width: 1366, height: 768 } });
  ends.push(() => app.close());
  const { page } = app;
  const noon = new Date(2023, 10, 14, 12).getTime();
  const script = new TcpScript({ time: (noon - 86_400_000) * 1000 }).opens();
  script.says(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  script.time = noon * 1000;
  script.says(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
  const file = join(folder, 'day.pcapng');
  await writeFile(file, pcapng(script.packets));
  await go(app, '#/inspector');
  await openFile(app, file);
  await line(app, 'dooropen').waitFor();
  await page.getByRole('status').getByText('by the clock of the computer that recorded it').waitFor();
  const head = page.getByRole('button', { name: 'Time', exact: true });
  expect(await head.getAttribute('title')).toContain('the computer that recorded it');

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
  // Every screen says by whose clock its times are; an order's is its machine's own.
  const screens = ['connect', 'machines', 'inspector', 'errors', 'orders', 'upgrades', 'settings'];
  for (const screen of ['machines', 'inspector', 'errors', 'orders']) {
    await go(app, `#/${screen}`);
    await page.locator('header').getByText('The recording’s clock').waitFor();
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
  for (const screen of screens) {
    await go(app, `#/${screen}`);
    const said = page.locator('header').getByText('This computer’s clock');
    expect(await said.getAttribute('title')).toContain('by this computer’s clock');
  }
  await go(app, '#/orders');
  const orders = page.getByRole('listbox', { name: 'Orders, newest first' });
  for (const [orderNo, whose] of [
    ['T1', 'by the machine’s own clock'],
    ['T2', 'by this computer’s clock'],
  ] as const) {
    await orders.getByText(orderNo, { exact: true }).click();
    await page
      .getByRole('region', { name: new RegExp(orderNo) })
      .getByText(new RegExp(`^${whose}`))
      .waitFor();
  }
  client.socket.destroy();
});
