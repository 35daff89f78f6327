/** The button that gives machines back to their real server, in both languages. */
import { expect, it } from 'vitest';
import { go, logIn } from '../builders/captureScreens';
import { RealServer, waiting } from '../builders/relayed';
import { sharedApp } from '../builders/sharedApp';
import { decimalFrame } from '../builders/server';

const shared = sharedApp();
const [idle, selling] = [33_260, 33_261];

it('gives back those without an open order, and names the others', { timeout: 120_000 }, async () => {
  const real = await RealServer.start();
  const { target } = real;
  await real.stop();
  const app = await shared();
  const { page } = app;
  await page.evaluate(
    (upstream) =>
      window.crema.request('setRelay', {
        relay: { isOn: true, upstream, ofMachines: [], serveMeanwhile: true, rules: [] },
      }),
    target,
  );
  const machines = [await logIn(app, idle), await logIn(app, selling)] as const;
  machines[1].send(
    decimalFrame(
      `{"cmd":"qrcode","vmc_no":${selling},"order_no":"9","product_id":3,"amount":500,"qr_type":"all"}`,
    ),
  );
  await machines[1].until(() => machines[1].received.includes('qrcode_r'));
  await go(app, '#/relay');
  await page.getByText('2 machines are answered by Crema').waitFor();
  const again = await RealServer.start({ port: target.port });
  // The person decides without proof.
  again.isAlive = false;
  await page.getByRole('button', { name: 'Retry now' }).click();
  await page.locator('[data-unproven]').waitFor();
  await shared('zh-CN');
  await go(app, '#/relay');
  await page.getByText('又可以连接').waitFor();
  await page.getByRole('button', { name: '立即交还' }).click();
  const asked = page.getByRole('dialog', { name: '立即交还' });
  await asked.getByText('没有未完成订单的机器会被断开').waitFor();
  await asked.getByRole('button', { name: '立即交还' }).click();
  await page.getByText('已交还1台机器。').waitFor();
  await page.getByText(`订单结束后交还：${selling}。`).waitFor();
  await machines[0].until(() => machines[0].closed);
  expect(machines[1].closed).toBe(false);
  await shared();
  await go(app, '#/relay');
  await page.getByText(`Given back after their open order: ${selling}.`).waitFor();
  machines[1].send(
    decimalFrame(
      `{"cmd":"productdone","vmc_no":${selling},"order_no":"9","product_id":3,"amount":500,"isok":true}`,
    ),
  );
  await machines[1].until(() => machines[1].closed);
  await expect.poll(() => page.getByText('answered by Crema').count(), waiting).toBe(0);
});
