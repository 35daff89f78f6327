/** A relay as a person runs it: switched on with machines there, a rule, a frame held, changed and dropped, one put in, and the real server gone. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { RealServer, waiting } from '../builders/relayed';
import { decimalFrame, RawClient } from '../builders/server';

const vmcNo = 33_232;
const says = (body: object): string => decimalFrame(JSON.stringify(body));
const login = says({ cmd: 'login', vmc_no: vmcNo, timestamp: 20150624, sign: 'x', version: '1.2.8.8' });

let app: TestApp;
const pictures = process.env['CREMA_PICTURES'];
let taken = 0;

/** In both languages, and free of problems for those who can't see it. */
async function looked(name: string): Promise<void> {
  expect(await accessibilityProblems(app)).toEqual([]);
  if (pictures === undefined) return;
  for (const language of ['en', 'zh-CN'] as const) {
    await app.page.evaluate((to) => window.crema.setSettings({ language: to }), language);
    await app.page.locator(`html[lang="${language}"]`).waitFor();
    taken += 1;
    await app.page.screenshot({ path: join(pictures, `${taken} ${name} ${language}.png`) });
  }
  await app.page.evaluate(() => window.crema.setSettings({ language: 'en' }));
  await app.page.locator('html[lang="en"]').waitFor();
}

it('passes a machine on, and lets a person into the conversation', { timeout: 120_000 }, async () => {
  const real = await RealServer.start();
  app = await startApp({ size: { width: 1366, height: 768 }, language: null });
  const { page, machinePort } = app;
  const machines: RawClient[] = [];
  const connected = async (): Promise<RawClient> => {
    const one = await RawClient.open(machinePort);
    machines.push(one);
    one.send(login);
    return one;
  };
  try {
    await page.evaluate(() => window.crema.setSettings({ language: 'en' }));
    const before = await connected();
    await before.until(() => before.received.includes('login_r'));
    await go(app, 'relay');
    await page.getByText('Off: Crema itself is the server of every machine.').waitFor();
    await looked('off');

    // Switched on: asked once, and what it means for the machine that is there.
    await page.getByLabel('Address or name').first().fill('127.0.0.1');
    await page.getByLabel('Port', { exact: true }).first().fill(String(machinePort));
    await page.getByLabel('Machine number').fill('33233');
    // Whoever looks something up elsewhere finds what was typed.
    await go(app, 'machines');
    await page.getByLabel('Machine number').waitFor({ state: 'detached' });
    await go(app, 'relay');
    expect(await page.getByLabel('Address or name').first().inputValue()).toBe('127.0.0.1');
    expect(await page.getByLabel('Port', { exact: true }).first().inputValue()).toBe(String(machinePort));
    expect(await page.getByLabel('Machine number').inputValue()).toBe('33233');
    await page.getByRole('button', { name: 'Pass machines on' }).click();
    const asked = page.getByRole('dialog', { name: 'Pass machines on' });
    await asked.getByText('1 machine is connected. It is let go').waitFor();
    await looked('asked');
    await asked.getByRole('button', { name: 'Pass machines on' }).click();
    // Crema is no real server.
    await page.getByText('is where Crema itself waits for machines').waitFor();
    await page.getByLabel('Port', { exact: true }).first().fill(String(real.target.port));
    await page.getByRole('button', { name: 'Pass machines on' }).click();
    await asked.getByRole('button', { name: 'Pass machines on' }).click();
    await before.until(() => before.closed);
    await page.locator('[data-relay="on"]').waitFor();

    const machine = await connected();
    const server = await real.end();
    await expect.poll(() => server.text, waiting).toBe(login);
    expect(machine.received.length).toBe(0);
    await page.getByText('1 connection is passed on').waitFor();
    await page.getByRole('status').getByText('Relay: machines are passed on').waitFor();

    // A rule that is ready, and one of one's own.
    await page.getByRole('button', { name: 'Never let an upgrade through' }).click();
    await page.locator('[data-rule="1"][data-on]').waitFor();
    server.socket.write(says({ cmd: 'upgrade', vmc_no: vmcNo, dir: 'http://x' }));
    await page.locator('[data-rule="1"] [data-hits="1"]').waitFor();
    await page.getByRole('button', { name: 'New rule' }).click();
    const dialog = page.getByRole('dialog', { name: 'New rule' });
    await dialog.getByLabel('Which frames').fill('cmd:');
    expect(await dialog.getByRole('button', { name: 'Keep' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Which frames').fill('cmd:productdone');
    await dialog.getByLabel('What becomes of them').click();
    await page.getByRole('option', { name: 'Held back until a person decides' }).click();
    await looked('rule');
    // Left by mistake nothing is lost, left on purpose nothing stays.
    const newRule = async (): Promise<string> => {
      await page.getByRole('button', { name: 'New rule' }).click();
      return dialog.getByLabel('Which frames').inputValue();
    };
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await newRule()).toBe('cmd:productdone');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await page.locator('[data-rule="2"]').waitFor();
    expect(await newRule()).toBe('');
    await dialog.getByLabel('Which frames').fill('cmd:hb');
    // The cross of the dialog has the same name.
    await dialog.getByText('Cancel', { exact: true }).click();
    expect(await newRule()).toBe('');
    await dialog.getByText('Cancel', { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });

    // Two are held: one goes on changed, one goes no further.
    for (const order_no of ['1', '2', '3', '4', '5', '6'])
      machine.send(says({ cmd: 'productdone', vmc_no: vmcNo, order_no, product_id: 3, isok: true }));
    await page.locator('[data-held="6"]').waitFor();
    await looked('held');
    await page.locator('[data-held="1"]').getByRole('button', { name: 'Change productdone 33232' }).click();
    const change = page.getByRole('dialog', { name: 'Change what was held back' });
    const changed = JSON.stringify({ cmd: 'productdone', vmc_no: vmcNo, order_no: '9' });
    await change.getByLabel('Body (JSON)').fill(changed);
    await page.keyboard.press('Escape');
    await change.waitFor({ state: 'detached' });
    await page.locator('[data-held="1"]').getByRole('button', { name: 'Change productdone 33232' }).click();
    expect(await change.getByLabel('Body (JSON)').inputValue()).toBe(changed);
    await looked('change');
    await change.getByRole('button', { name: 'Send instead' }).click();
    await page.locator('[data-held="1"]').waitFor({ state: 'detached' });
    // By keyboard: the focus goes on to the one that is next.
    const dropOf = (key: number) =>
      page.locator(`[data-held="${key}"]`).getByRole('button', { name: 'Drop productdone 33232' });
    await dropOf(2).focus();
    for (const key of [3, 4]) {
      await page.keyboard.press('Enter');
      await expect.poll(() => dropOf(key).evaluate((one) => one === document.activeElement)).toBe(true);
    }
    await page.keyboard.press('Enter');
    await dropOf(4).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pass all on' }).click();
    await page.getByText('Nothing is held back.').waitFor();
    const done = (order_no: string): string =>
      says({ cmd: 'productdone', vmc_no: vmcNo, order_no, product_id: 3, isok: true });
    await expect.poll(() => server.text, waiting).toBe(login + decimalFrame(changed) + done('5') + done('6'));

    // One of ours goes to either end, and the inspector says whose they are.
    for (const [to, cmd] of [
      ['machine', 'products'],
      ['server', 'hb'],
    ] as const) {
      const text = JSON.stringify({ cmd, vmc_no: vmcNo });
      const sent = await page.evaluate(
        (args) =>
          window.crema.sendFrame({
            vmcNo: args.vmcNo,
            content: { as: 'text', text: args.text, head: 'machine' },
            ...(args.to === 'server' && { to: args.to }),
          }),
        { vmcNo, to, text },
      );
      expect(sent).toMatchObject({ ok: true });
    }
    await machine.until(() => machine.received.includes('products'));
    expect(machine.received.includes('upgrade')).toBe(false);
    await expect.poll(() => server.text, waiting).toContain('"cmd":"hb"');
    await go(app, 'inspector');
    await page.getByText('passed on to 127.0.0.1').first().waitFor();
    await looked('inspector');

    // One is held and looked at when its connection ends.
    await go(app, 'relay');
    machine.send(done('7'));
    await page.locator('[data-held="7"]').getByRole('button', { name: 'Change productdone 33232' }).click();
    machine.socket.resetAndDestroy();
    await change.getByText('It is not held back any more').waitFor();
    expect(await change.getByRole('button', { name: 'Send instead' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    const again = await connected();
    await real.end(1);

    // A payment that a person would play here is no rehearsal, and that is said.
    again.send(says({ cmd: 'qrcode', vmc_no: vmcNo, order_no: '55', product_id: 3, qr_type: 'all' }));
    await go(app, 'orders');
    await page.locator('[data-stage="requested"]').first().click();
    await page.getByText('which plays no rehearsal').waitFor();
    // Nor does a mode of it say that no money moves.
    await page.evaluate((n) => window.crema.setMachine({ vmcNo: n, patch: { qrAnswers: 'approve' } }), vmcNo);
    await page.getByText('money may move: 33232.').waitFor();
    await looked('payment');
    await page.evaluate((n) => window.crema.setMachine({ vmcNo: n, patch: { qrAnswers: 'auto' } }), vmcNo);
    await go(app, 'relay');

    // The real server goes: what Crema serves meanwhile is said loudly.
    await page.getByLabel('Serve machines while their server').click();
    await expect.poll(() => page.getByLabel('Serve machines while their server').isChecked()).toBe(true);
    await real.stop();
    await again.until(() => again.closed);
    const meanwhile = await connected();
    await meanwhile.until(() => meanwhile.received.includes('login_r'));
    meanwhile.send(says({ cmd: 'productdone', vmc_no: vmcNo, order_no: '77', product_id: 3, isok: true }));
    await page.getByRole('alert').getByText('Crema serves 1 machine itself').waitFor();
    await looked('meanwhile');
    await go(app, 'orders');
    await page.getByText('server not told').first().waitFor();
    await looked('order');

    // Switched off on the banner.
    await page.getByRole('button', { name: 'Stop passing on' }).click();
    await page
      .getByRole('dialog', { name: 'Stop passing on' })
      .getByRole('button', { name: 'Stop passing on' })
      .click();
    await meanwhile.until(() => meanwhile.closed);
    await page.getByText('Relay: machines are passed on').waitFor({ state: 'detached' });
  } finally {
    for (const { socket } of machines) socket.destroy();
    await app.close();
  }
});
