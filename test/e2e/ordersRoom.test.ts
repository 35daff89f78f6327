/** The screen of orders in the real app: the course of an order, each mode of the payment rehearsal, and totals. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { machine, type Speaker } from '../builders/speaker';

let app: TestApp;
let client: Speaker;
beforeAll(async () => {
  // The language comes from the settings, so that a test can change it.
  app = await startApp({ size: { width: 1366, height: 768 }, language: null });
  await app.page.evaluate(() => window.crema.request('setSettings', { language: 'en' }));
  await app.page.mouse.move(700, 4);
  client = await machine(app, 33232, 'linux');
});
afterAll(() => app.close());

const go = (hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);
const line = (text: string): Locator =>
  app.page
    .getByRole('listbox', { name: 'Orders, newest first' })
    .getByRole('option')
    .filter({ hasText: text });
const detail = (orderNo: string): Locator =>
  app.page.getByRole('region', { name: `Order number ${orderNo}`, exact: true });
const steps = async (orderNo: string): Promise<string[]> =>
  (await detail(orderNo).getByRole('list', { name: 'History' }).getByRole('listitem').allInnerTexts()).map(
    (text) => text.split('\n')[0] ?? '',
  );
const openOrder = async (orderNo: string): Promise<Locator> => {
  await line(orderNo).click();
  await app.page.mouse.move(700, 4);
  return detail(orderNo);
};
const shut = async (): Promise<void> => {
  await app.page.getByRole('button', { name: 'Close order' }).click();
  await app.page.mouse.move(700, 4);
};
const made = (order_no: string, more: object = {}) => ({
  ProductName: 'Latte',
  ProductId: 810,
  ProductAmount: 1550,
  PayType: 'wx_pub',
  isok: true,
  order_no,
  ...more,
});
const banner = (): Locator => app.page.getByText('Payment rehearsal is on for machine 33232');
const choose = async (mode: string): Promise<void> => {
  await go('#/machines/33232/settings');
  await app.page.getByText(mode, { exact: true }).click();
  // Under the pointer the list of orders would pause.
  await app.page.mouse.move(700, 4);
};

it('every mode of the rehearsal works, is shown in a banner, and each step is a frame of the order', async () => {
  expect(await banner().count()).toBe(0);

  await choose('Approve');
  await banner().getByText('(Approve)').waitFor();
  client.asks('R-1');
  expect((await client.hears('qrcode_r', 'R-1'))['qrcode']).toMatch(/^CREMA TEST 33232 /);
  expect(await client.hears('pay_done', 'R-1')).toMatchObject({ paydone: true, product_amount: 1550 });
  client.says('paydone_r', { order_no: 'R-1', status: 1 });
  for (let times = 0; times < 4; times += 1) client.says('productdone', made('R-1'));
  client.says('upordrecipe', { order_no: 'R-1', timestamp: '20260318165359', recipe: { '10009': '12.50' } });
  await client.hears('upordrecipe_r', 'R-1');
  await go('#/orders');
  const first = await openOrder('R-1');
  await first.getByText('Consumed:').waitFor();
  expect(await steps('R-1')).toEqual([
    'Machine requested a QR code: any type (all)',
    'QR text sent',
    'Reported to the machine: paid, WeChat Pay (wx_pub) (rehearsal)',
    'Machine received the payment result',
    'Drink made',
    'Reported 4 times, counted once, last',
    expect.stringMatching(/^Consumed: .*12\.50$/),
  ]);
  const frames = first.getByRole('region', { name: 'Frames of this order' });
  await frames.getByRole('listitem').filter({ hasText: 'upordrecipe_r' }).waitFor();
  const listed = await frames.getByRole('listitem').allInnerTexts();
  expect(
    listed.map((text) => /[a-z_]+(?=\s*(?:sent|$))/.exec(text.replaceAll('\n', ' ').trim())?.[0]),
  ).toEqual([
    'qrcode',
    'qrcode_r',
    'pay_done',
    'paydone_r',
    'productdone',
    'productdone_r',
    'upordrecipe',
    'upordrecipe_r',
  ]);
  expect(listed[4]).toContain('sent 4 times, last at');
  await frames.getByRole('button', { name: 'Show each frame' }).click();
  // Two QR texts, four reports and their four answers, and five more.
  await expect.poll(() => frames.getByRole('listitem').count()).toBe(15);
  expect(await accessibilityProblems(app)).toEqual([]);
  await frames.getByRole('button', { name: 'pay_done', exact: false }).first().click();
  await app.page.waitForFunction(() => location.hash === '#/machines/33232/frames');
  await app.page
    .getByRole('region', { name: /^Frame \d+$/ })
    .getByText('paydone')
    .first()
    .waitFor();

  await choose('Decline');
  await banner().getByText('(Decline)').waitFor();
  client.asks('R-2');
  expect(await client.hears('pay_done', 'R-2')).toMatchObject({ paydone: false });

  await choose('Pay late');
  await app.page.getByRole('textbox', { name: 'Paid after' }).fill('1');
  await app.page.keyboard.press('Enter');
  await banner().getByText('(Pay late)').waitFor();
  client.asks('R-3');
  expect(await client.hears('pay_done', 'R-3')).toMatchObject({ paydone: true });

  await choose('No answer');
  await banner().getByText('(No answer)').waitFor();
  client.asks('R-4');
  client.says('productdone', made('R-4b', { PayType: 'cash' }));
  await client.hears('productdone_r', 'R-4b');
  expect(client.messages.some(({ order_no }) => order_no === 'R-4')).toBe(false);

  await choose('Manually');
  await banner().getByText('(Manually)').waitFor();
  client.asks('R-5');
  await go('#/orders');
  await (await openOrder('R-5')).getByText('Waiting for your QR text', { exact: true }).waitFor();
  expect(client.messages.some(({ order_no }) => order_no === 'R-5')).toBe(false);

  await app.page.getByRole('button', { name: 'Turn it off' }).click();
  await banner().waitFor({ state: 'detached' });
  await shut();
});

it('a template fills the QR text; a text that is too long is reported', async () => {
  await go('#/machines/33232/settings');
  const template = app.page.getByRole('textbox', { name: 'Template for QR texts' });
  await template.fill(`https://pay.example/{orderNo}/${'x'.repeat(120)}`);
  await app.page.keyboard.press('Enter');
  await app.page.getByText('over 128, the machine may not show the code').waitFor();
  await app.page.getByText('Unknown, stays as it is: {orderNo}').waitFor();
  await template.fill('https://pay.example/{machine}/{order}?a={amount}');
  await app.page.keyboard.press('Enter');
  await app.page.getByText('Example: https://pay.example/33232/594f').waitFor();
  client.asks('T-1');
  expect((await client.hears('qrcode_r', 'T-1'))['qrcode']).toBe('https://pay.example/33232/T-1?a=15.50');
  await go('#/orders');
  const pane = await openOrder('T-1');
  await pane.getByText('https://pay.example/33232/T-1?a=15.50').first().waitFor();
  await shut();
});

it('totals separate money, failures, unpaid orders and rehearsals, lead to their orders, and are saved as CSV', async () => {
  const other = await machine(app, 50112, 'android');
  other.says(
    'productdone',
    made('=M-1', { PayType: 'cash', ProductAmount: 1000, ProductId: 15, ProductName: '=Tea' }),
  );
  other.says(
    'productdone',
    made('M-2', { PayType: 'cash', ProductAmount: 500, isok: false, failreason: 'ERROR:5300' }),
  );
  // Stored for years.
  other.says(
    'productdone',
    made('M-3', { PayType: 'cash', timestamp: '20230318165359', historyOrder: true }),
  );
  await other.hears('productdone_r', 'M-3');
  const totals = app.page.getByRole('region', { name: 'Totals' });
  await go('#/orders');
  const fold = app.page.getByRole('button', { name: 'Totals' });
  expect(await fold.getAttribute('aria-expanded')).toBe('false');
  await fold.click();
  await totals.getByText('All', { exact: true }).click();
  const row = (name: string): Locator => totals.getByRole('row').filter({ hasText: name });
  await row('=Tea (15)').waitFor();
  const cells = async (name: string): Promise<string[]> => row(name).getByRole('cell').allInnerTexts();
  // Money, made, failed, not paid, rehearsal: none is open or free.
  expect(await cells('=Tea (15)')).toEqual(['¥10.00', '1', '', '', '']);
  expect(await cells('cash')).toEqual(['¥41.00', '3', '1', '', '']);
  expect(await cells('WeChat Pay (wx_pub)')).toEqual(['', '', '', '', '3']);
  expect(await cells('not reported')).toEqual(['', '', '', '3', '']);
  await totals.getByText('No money moved, and none is counted').first().waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  // A day leads to its orders.
  await totals.getByRole('button', { name: 'Mar 18, 2023' }).click();
  await line('R-1').waitFor({ state: 'detached' });
  const pane = await openOrder('M-3');
  expect((await steps('M-3')).slice(0, 2)).toEqual([
    'Sold, by the machine’s clock',
    expect.stringMatching(/^First reported \d+ d later: the machine had stored it$/),
  ]);
  await pane.getByText('stored by the machine for').waitFor();
  await shut();
  await app.page.getByRole('button', { name: 'Mar 18, 2023' }).first().click();
  await openOrder('M-2');
  expect((await steps('M-2')).at(-1)).toBe('Drink failed: no cups (ERROR:5300)');
  await shut();

  // An order that is searched for is listed, even if the list showed only another day and product.
  await go('#/machines/50112/orders');
  await totals.getByRole('button', { name: 'Mar 18, 2023' }).click();
  await totals.getByRole('button', { name: 'Latte (810)' }).click();
  await line('M-2').waitFor({ state: 'detached' });
  await line('M-3').waitFor();
  await app.page.keyboard.press('Control+k');
  const palette = app.page.getByRole('dialog', { name: 'Search everything' });
  await palette.getByRole('combobox').fill('=M-1');
  await palette
    .getByRole('option', { name: /=M-1.*50112/s })
    .first()
    .click();
  await line('=M-1').waitFor();
  await line('M-3').waitFor({ state: 'detached' });
  expect(await app.page.getByRole('button', { name: /Mar 18, 2023 · / }).count()).toBe(0);
  await go('#/orders');
  await line('R-1').waitFor();

  const file = join(app.dataDirectory, 'totals.csv');
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await totals.getByRole('button', { name: 'Export CSV' }).click();
  await totals.getByText('Saved: totals.csv').waitFor();
  const csv = await readFile(file, 'utf8');
  expect(csv.startsWith('\uFEFFTotals,Orders,Currency,From,To,Made,Made: amount,')).toBe(true);
  // Not a formula in a spreadsheet program.
  const today = new Date().toLocaleDateString('sv');
  expect(csv).toContain(`\r\nBy product,'=Tea (15),¥,,${today},1,10.00,0,0.00,`);
  expect(csv).toContain('\r\nBy day,"Mar 18, 2023",¥,2023-03-18,2023-03-18,1,');
  expect(csv).toContain(
    `\r\nBy payment type,WeChat Pay (wx_pub),¥,,${today},0,0.00,0,0.00,0,0.00,0,0.00,0,0.00,1,15.50,2,31.00\r\n`,
  );

  // With fewer days a line leads to the orders of those days; and they end at midnight, even without traffic.
  await totals.getByText('Today', { exact: true }).click();
  await totals.getByRole('button', { name: 'Latte (810)' }).click();
  await line('=M-1').waitFor({ state: 'detached' });
  await line('M-2').waitFor();
  expect(await line('M-3').count()).toBe(0);
  await app.page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 86_400_000;
  });
  await totals.getByText('No orders in this period').waitFor();
  await app.page.reload();
  await totals.getByText('All', { exact: true }).click();
  await line('R-1').waitFor();

  // Amounts of different currencies are never added: each line has one currency, and leads to its orders.
  await app.page.evaluate(() =>
    window.crema.request('setMachine', { vmcNo: 50112, patch: { currency: '€' } }),
  );
  await row('cash · €').waitFor();
  expect(await cells('cash · €')).toEqual(['€25.50', '2', '1', '', '']);
  expect(await cells('cash · ¥')).toEqual(['¥15.50', '1', '', '', '']);
  expect(await totals.getByText(/^[¥€]\d+\.\d\d$/).allInnerTexts()).toEqual(
    expect.arrayContaining(['¥15.50', '€25.50']),
  );
  await totals.getByRole('button', { name: 'cash · €' }).click();
  await line('R-1').waitFor({ state: 'detached' });
  expect(await line('M-').count()).toBe(3);
  expect(await line('¥').count()).toBe(0);
  await app.page.getByRole('button', { name: 'cash · €' }).first().click();
  await line('R-1').waitFor();

  // The same in Chinese.
  await app.page.evaluate(() => window.crema.request('setSettings', { language: 'zh-CN' }));
  await app.page.getByRole('region', { name: '汇总' }).getByText('不计入金额').first().waitFor();
  await app.page.evaluate(() =>
    window.crema.request('setMachine', { vmcNo: 50112, patch: { qrAnswers: 'decline' } }),
  );
  await app.page.getByText('1台机器正在模拟支付：机器 50112（支付失败）。').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
});
