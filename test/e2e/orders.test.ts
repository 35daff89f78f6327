/** Orders in the real app: a bare TCP client asks for QR texts, a person answers and plays the payment. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { sharedApp } from '../builders/sharedApp';
import { machine } from '../builders/speaker';

const shared = sharedApp();
async function started(language: 'en' | 'zh-CN' = 'en'): Promise<TestApp> {
  const app = await shared(language);
  // Lists pause under the pointer, wherever the display has put it.
  await app.page.mouse.move(700, 4);
  return app;
}

const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);
const list = (app: TestApp): Locator => app.page.getByRole('listbox', { name: 'Orders, newest first' });
const line = (app: TestApp, text: string): Locator => list(app).getByRole('option').filter({ hasText: text });
const detail = (app: TestApp, orderNo: string): Locator =>
  app.page.getByRole('region', { name: `Order number ${orderNo}` });
const steps = async (app: TestApp, orderNo: string): Promise<string[]> =>
  (
    await detail(app, orderNo).getByRole('list', { name: 'History' }).getByRole('listitem').allInnerTexts()
  ).map((text) => text.split('\n')[0] ?? '');

/** One confirmation, then the result is sent. */
async function play(app: TestApp, orderNo: string, paid: boolean): Promise<void> {
  const pane = detail(app, orderNo);
  if (!paid) await pane.getByText('Not paid', { exact: true }).click();
  await pane.getByRole('button', { name: 'Run payment rehearsal' }).click();
  await app.page.getByRole('button', { name: paid ? 'Report as paid' : 'Report as not paid' }).click();
  // Away from the list, which pauses under the pointer.
  await app.page.mouse.move(700, 4);
}

describe('an order', () => {
  it('of a linux machine is answered at once, paid by hand and followed until the drink is made', async () => {
    const app = await started();
    await go(app, '#/orders');
    await app.page.getByText('No order yet').waitFor();
    await app.page.getByText('nothing is charged').waitFor();
    const client = await machine(app, 33232, 'linux');
    client.asks('A-1');
    expect((await client.hears('qrcode_r', 'A-1'))['qrcode']).toMatch(/^CREMA TEST 33232 /);
    await line(app, 'A-1').click();
    const pane = detail(app, 'A-1');
    await pane.getByText('Waiting for payment').waitFor();
    await pane.getByText('is not a payment address').waitFor();
    // No message has shown yet that it displays the code.
    await pane.getByText('turn “QR reverse scan” off in its menu').waitFor();
    expect(await line(app, 'A-1').innerText()).toContain('waiting for payment');

    await pane.getByLabel('Amount (yuan)').fill('1O.00');
    await pane.getByText('Such as 10.00').waitFor();
    await pane.getByLabel('Amount (yuan)').fill('15.50');
    await play(app, 'A-1', true);
    expect(await client.hears('pay_done', 'A-1')).toEqual({
      cmd: 'pay_done',
      vmc_no: 33232,
      product_amount: 1550,
      order_no: 'A-1',
      paydone: true,
      paytype: 'wx_pub',
    });
    await pane.getByText('Waiting for the drink').waitFor();
    client.says('paydone_r', { order_no: 'A-1' });
    await pane.getByText('Machine received the payment result', { exact: true }).waitFor();
    await pane.getByText('confirmed').waitFor();
    for (let times = 0; times < 2; times += 1)
      client.says('productdone', {
        ProductName: 'Hot milk',
        ProductId: 810,
        ProductAmount: 1550,
        PayType: 'wx_pub',
        isok: true,
        order_no: 'A-1',
      });
    await pane.getByText('Reported 2 times').waitFor();
    expect(await steps(app, 'A-1')).toEqual([
      'Machine requested a QR code: any type (all)',
      'QR text sent',
      'Reported to the machine: paid, WeChat Pay (wx_pub) (rehearsal)',
      'Machine received the payment result',
      'Drink made',
      'Reported 2 times, counted once, last',
    ]);
    expect(await line(app, 'A-1').innerText()).toMatch(/^\s*Rehearsal: made\s/);
    // A finished order can't be paid again.
    expect(await pane.getByRole('button', { name: 'Run payment rehearsal' }).count()).toBe(0);

    // The last step's frame is one click away.
    await pane.getByRole('listitem').filter({ hasText: 'Drink made' }).getByRole('button').click();
    await app.page.waitForFunction(() => location.hash === '#/machines/33232/frames');
    await app.page
      .getByRole('region', { name: /^Frame \d+$/ })
      .getByText('isok')
      .first()
      .waitFor();
  });

  it('is answered by hand if the machine is set so, and reported as unpaid', async () => {
    const app = await started();
    const client = await machine(app, 33233, 'linux');
    await go(app, '#/machines/33233/settings');
    await app.page.getByText('Manually', { exact: true }).click();
    await go(app, '#/machines/33233/orders');
    await app.page.getByText('QR requests wait for your answer.').waitFor();
    client.asks('B-1', { qr_type: 'alipay' });
    await line(app, 'B-1').click();
    const pane = detail(app, 'B-1');
    await pane.getByText('Waiting for your QR text', { exact: true }).waitFor();
    expect(client.messages.some(({ cmd }) => cmd === 'qrcode_r')).toBe(false);

    const text = pane.getByRole('textbox', { name: 'QR text' });
    expect(await text.inputValue()).toBe('CREMA TEST 33233 alipay 15.50 B-1');
    await text.fill('');
    await pane.getByText('Enter a text for the QR code.').waitFor();
    await text.fill('x'.repeat(801));
    await pane.getByText('At most 800 characters are sent.').waitFor();
    expect(await pane.getByRole('button', { name: 'Send QR text' }).isDisabled()).toBe(true);
    await text.fill('x'.repeat(129));
    await pane.getByText('129 characters: over 128, the machine may not show the code.').waitFor();
    await text.fill('https://example.org/pay?1');
    await pane.getByRole('button', { name: 'Send QR text' }).click();
    expect(await client.hears('qrcode_r', 'B-1')).toEqual({
      cmd: 'qrcode_r',
      vmc_no: 33233,
      qr_type: 'alipay',
      qrcode: 'https://example.org/pay?1',
      order_no: 'B-1',
    });
    await pane.getByText('QR text sent', { exact: true }).waitFor();
    // The input is still there.
    expect(await text.inputValue()).toBe('https://example.org/pay?1');

    await play(app, 'B-1', false);
    expect(await client.hears('pay_done', 'B-1')).toMatchObject({ paydone: false, paytype: 'alipay' });
    await pane.getByText('The order was reported to the machine as not paid.').waitFor();
    expect(await line(app, 'B-1').innerText()).toMatch(/^\s*Rehearsal: not paid\s/);
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  it('of an android machine is paid while the machine polls its state', async () => {
    const app = await started();
    const client = await machine(app, 50112, 'android');
    client.asks('C-1');
    await go(app, '#/orders');
    await line(app, 'C-1').click();
    await detail(app, 'C-1').getByText('Waiting for payment').waitFor();
    // Without a result the question gets no answer.
    client.says('checkorder', { order_no: 'C-1', product_id: 810 });
    await play(app, 'C-1', true);
    await client.hears('pay_done', 'C-1');
    expect(client.messages.some(({ cmd }) => cmd === 'checkorder_r')).toBe(false);
    // The machine missed the message and asks again.
    client.forgets();
    client.says('checkorder', { order_no: 'C-1', product_id: 810 });
    expect(await client.hears('checkorder_r', 'C-1')).toMatchObject({
      paydone: true,
      paytype: 'wx_pub',
      Amount: 1550,
    });
    client.says('productdone', {
      ProductId: 810,
      ProductAmount: 1550,
      PayType: 'wx_pub',
      isok: false,
      failreason: 'ERROR:6D00',
      order_no: 'C-1',
    });
    await detail(app, 'C-1')
      .getByText('Drink failed: a part failed while making a drink (ERROR:6D00)')
      .waitFor();
    expect(await line(app, 'C-1').innerText()).toMatch(/^\s*Rehearsal: failed\s/);
  });

  it('waits for an offline machine for a minute, and can be withdrawn', async () => {
    const app = await started();
    const client = await machine(app, 33234, 'linux');
    client.asks('D-1');
    client.says('productdone', {
      ProductName: 'Tea',
      ProductAmount: 300,
      PayType: 'cash',
      isok: true,
      order_no: 'D-0',
    });
    await client.hears('productdone_r', 'D-0');
    client.hangsUp();
    await go(app, '#/orders');
    await line(app, 'D-0').getByText('made, payment not via Crema').waitFor();
    await line(app, 'D-1').click();
    const pane = detail(app, 'D-1');
    await pane
      .getByText('The machine is offline. Crema sends this when it connects, within 1 min.')
      .waitFor();
    await play(app, 'D-1', true);
    await pane.getByText('queued', { exact: true }).waitFor();
    await pane.getByRole('button', { name: 'Withdraw' }).click();
    await pane.getByText('withdrawn').first().waitFor();
    expect((await steps(app, 'D-1')).at(-1)).toBe('Waiting for payment');

    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('/');
    await app.page.keyboard.type('tea cash');
    await line(app, 'D-1').waitFor({ state: 'detached' });
    await line(app, 'D-0').waitFor();
    await app.page.keyboard.type(' nothing');
    await app.page.getByText('No order matches').waitFor();
    await app.page.getByRole('button', { name: 'Clear search' }).last().click();
    await line(app, 'D-1').waitFor();
  });
});

it('the orders have no accessibility problem, empty and opened, light and dark', async () => {
  const app = await started('zh-CN');
  const problems = async (): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await app.page.evaluate((wanted) => window.crema.request('setSettings', { theme: wanted }), theme);
      await app.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
      await app.page.waitForFunction(() => document.getAnimations().length === 0);
      expect(await accessibilityProblems(app), theme).toEqual([]);
    }
  };
  const client = await machine(app, 33235, 'linux');
  await go(app, '#/machines/33235/orders');
  await app.page.getByText('还没有订单').waitFor();
  await problems();
  client.asks('E-1');
  await client.hears('qrcode_r', 'E-1');
  await app.page.getByRole('option').filter({ hasText: 'E-1' }).click();
  await app.page.getByText('模拟支付', { exact: true }).waitFor();
  await problems();
});
