/** Rules of the relay that change or delay frames, in the window and on the wire. */
import { expect, it } from 'vitest';
import { go } from '../builders/captureScreens';
import { frame } from '../builders/frames';
import { RealServer, waiting } from '../builders/relayed';
import { RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const vmc_no = 33_250;

it('a person adds them, and rules and rows show what happened, in both languages', async () => {
  const real = await RealServer.start();
  const app = await shared();
  const { page } = app;
  await page.evaluate(
    (upstream) =>
      window.crema.request('setRelay', {
        relay: {
          isOn: true,
          upstream,
          ofMachines: [],
          serveMeanwhile: false,
          rules: [
            {
              id: 1,
              name: 'Own',
              filter: 'cmd:strange',
              when: 'always',
              does: 'answer',
              answer: '',
              isOn: true,
            },
          ],
        },
      }),
    real.target,
  );
  await go(app, '#/relay');
  const rule = (id: number) => page.locator(`[data-rule="${id}"]`);
  const dialog = page.getByRole('dialog');
  const save = dialog.getByRole('button', { name: 'Save', exact: true });
  const choose = async (action: string): Promise<void> => {
    await dialog.getByLabel('Action').click();
    await page.getByRole('option', { name: action, exact: true }).click();
  };
  await rule(1).waitFor();
  await page.getByRole('button', { name: 'New rule' }).click();
  await dialog.getByLabel('Name').fill('Price');
  await dialog.getByLabel('Frames').fill('cmd:qrcode');
  await choose('Change a field');
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel('Field').fill('Amount..1');
  await dialog.getByText('Names and numbers with points between them, such as supply.1').waitFor();
  await dialog.getByLabel('Field').fill('Amount');
  await dialog.getByLabel('New value').fill('1,5');
  await dialog.getByText('A number such as 500 or 1.5').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel('New value').fill('150');
  await dialog.getByText('Only the login is signed.').waitFor();
  await save.click();
  await dialog.waitFor({ state: 'detached' });
  await rule(2).waitFor();
  await page.getByRole('button', { name: 'New rule' }).click();
  await dialog.getByLabel('Name').fill('Slow');
  await dialog.getByLabel('Frames').fill('cmd:productdone');
  await choose('Delay');
  await dialog.getByLabel('Delay in ms').fill('60001');
  await dialog.getByText('1 to 60,000').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel('Delay in ms').fill('60000');
  await save.click();
  await dialog.waitFor({ state: 'detached' });
  await rule(3).waitFor();

  const machine = await RawClient.open(app.machinePort);
  const says = (body: Parameters<typeof frame>[0]): void => machine.send(frame(body));
  says({ cmd: 'login', vmc_no, timestamp: '20150624', sign: 'x', version: '1' });
  const server = await real.end();
  says({ cmd: 'strange', vmc_no });
  says({ cmd: 'qrcode', vmc_no, order_no: '7', product_id: 3, Amount: 900, qr_type: 'all' });
  says({ cmd: 'qrcode', vmc_no, order_no: '8', product_id: 3, qr_type: 'all' });
  await expect.poll(() => server.text, waiting).toContain('"order_no":"8"');
  says({ cmd: 'productdone', vmc_no, order_no: '7', product_id: 3, isok: true });
  says({ cmd: 'hb', vmc_no });
  expect(server.text).toContain('"Amount":150');
  await rule(1).getByText('A frame without an answer of Crema is forwarded. 1 forwarded unchanged').waitFor();
  await rule(2).getByText('change Amount to 150').waitFor();
  await rule(2).getByText('1 forwarded unchanged').waitFor();
  await rule(3).getByText('2 frames wait').waitFor();
  await shared('zh-CN');
  await go(app, '#/relay');
  await rule(1).getByText('Crema 没有应答的数据帧照常转发。 1次未执行，原样转发').waitFor();
  await rule(2).getByText('将 Amount 改为 150').waitFor();
  await rule(3).getByText('延时60,000毫秒').waitFor();
  await rule(3).getByText('2帧等待中').waitFor();
  expect(server.text).not.toContain('productdone');
  await rule(3).getByRole('switch').click({ force: true });
  await expect.poll(() => server.text, waiting).toContain('"cmd":"hb"');
  await rule(3).getByText('帧等待中').waitFor({ state: 'detached' });

  await shared();
  await go(app, '#/inspector');
  for (const [cmd, text] of [
    ['strange', 'Rule 1 applies, but Crema has no answer to this frame, so it was forwarded'],
    ['qrcode', 'Not forwarded: rule 2 sent the changed frame instead, which is recorded separately'],
  ] as const) {
    await page.locator('[data-frame][data-dir]', { hasText: cmd }).first().click();
    await page.getByText(text).first().waitFor();
  }
});
