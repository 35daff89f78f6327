/** What is the same after Crema began anew, in the real app: orders, and names that people gave. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, expect, it } from 'vitest';
import type { TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { onRecord } from '../builders/counted';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const shared = sharedApp();
async function started(): Promise<TestApp> {
  const app = await shared();
  await app.page.mouse.move(700, 4);
  return app;
}
/** The same data, in the next run. */
async function restarted(): Promise<TestApp> {
  const app = await shared.restart();
  await app.page.mouse.move(700, 4);
  return app;
}

const vmcNo = 33_241;
async function machine(app: TestApp): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  client.send(
    decimalFrame(`{"cmd":"login","vmc_no":${vmcNo},"version":"3.4.4","io_version":"2.0","login_count":2}`),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}
const times = (client: RawClient, text: string): number =>
  client.received.toString('latin1').split(text).length - 1;

it('70 stored orders that are sent twice, with a restart of Crema between, are 70 orders everywhere; so is the name that a person gave to a code that no list has', async () => {
  const count = 70;
  const sells = async (app: TestApp): Promise<void> => {
    const client = await machine(app);
    for (let n = 0; n < count; n += 1)
      client.send(
        decimalFrame(
          `{"cmd":"productdone","vmc_no":${vmcNo},"order_no":"S${100 + n}","ProductId":101,"ProductAmount":1000,"isok":true,"PayType":"wx_pub","timestamp":"202503181${n % 10}5359"}`,
        ),
      );
    await client.until(() => times(client, '"productdone_r"') === count);
    client.socket.destroy();
  };
  const shown = async (app: TestApp): Promise<void> => {
    await go(app, '#/orders');
    const first = app.page.getByRole('listbox', { name: 'Orders, newest first' }).getByRole('option').first();
    await expect.poll(() => first.getAttribute('aria-setsize')).toBe(String(count));
    const reply = await app.page.evaluate(
      (number) => window.crema.orders({ vmcNo: number, before: null, limit: 500 }),
      vmcNo,
    );
    const orders = reply.ok ? reply.value : [];
    expect(orders).toHaveLength(count);
    expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(count);
    // As many as it remembers, each once.
    const detail = await app.page.evaluate((number) => window.crema.watchMachine({ vmcNo: number }), vmcNo);
    const known = detail.ok ? (detail.value?.state.orders ?? []) : [];
    expect(new Set(known.map(({ orderNo }) => orderNo)).size).toBe(50);
    expect(known).toHaveLength(50);
    await go(app, `#/machines/${vmcNo}/orders`);
    const own = app.page
      .getByRole('listbox')
      .getByRole('option', { name: /S1\d\d/ })
      .first();
    await expect.poll(() => own.getAttribute('aria-setsize')).toBe(String(count));
  };
  const code = 'ERROR:F7F7';
  const fails = async (app: TestApp): Promise<void> => {
    const client = await machine(app);
    client.send(
      decimalFrame(
        `{"cmd":"error","vmc_no":${vmcNo},"error_code":"${code}","isSet":true,"is_fatal_error":true}`,
      ),
    );
    await client.until(() => client.received.includes('"error_r"'));
  };
  const named = async (app: TestApp): Promise<void> => {
    const { page } = app;
    await go(app, '#/errors');
    const line = page.getByRole('listbox', { name: 'Errors, newest first' }).getByRole('option').first();
    await line.getByText('Grinder jam').waitFor();
    await go(app, `#/machines/${vmcNo}/overview`);
    await page.getByRole('list', { name: 'Errors' }).getByText('Grinder jam').waitFor();
    // The sentence of the machine, in the list and on its page.
    await expect.poll(() => page.getByText(/Grinder jam/).count()).toBeGreaterThan(1);
    await go(app, `#/machines/${vmcNo}/errors`);
    await page.getByRole('listbox').getByText('Grinder jam').first().waitFor();
    await go(app, '#/inspector');
    await page.locator('[data-frame]', { hasText: 'Grinder jam' }).first().waitFor();
  };

  const first = await started();
  await sells(first);
  await shown(first);
  await fails(first);
  await go(first, '#/errors');
  await first.page.getByRole('listbox', { name: 'Errors, newest first' }).getByText(code).click();
  await first.page.getByRole('button', { name: 'Correct or complete' }).click();
  await first.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Grinder jam');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await named(first);
  clients.splice(0).forEach((client) => client.socket.destroy());

  const second = await restarted();
  await shown(second);
  await sells(second);
  await shown(second);
  expect(await onRecord(second, 'finding:order.repeated')).toBe(count);
  await fails(second);
  await named(second);
  clients.splice(0).forEach((client) => client.socket.destroy());

  const third = await restarted();
  await shown(third);
  const db = new DatabaseSync(join(third.dataDirectory, 'journal.sqlite'), { readOnly: true });
  const rows = db.prepare('SELECT count(*) AS count, min(done_times) AS least FROM orders').get() as unknown;
  db.close();
  expect(rows).toEqual({ count, least: 2 });
});
