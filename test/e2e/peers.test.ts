/**
 * Independent peers in the real app. An android machine in another language (test/peers/ritual.py): window and journal
 * claim only what it did. A real server to which a person relays machines: a rule, a frame held, changed and dropped,
 * a frame inserted, and the server gone.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { Args } from '#shared/contract/requests/index';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { RealServer, waiting } from '../builders/relayed';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();

const vmcNo = 44_401;
const code = 'ERROR:5C05';
const root = join(import.meta.dirname, '../..');

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

/** The other program: one line in, one line out. */
class Machine {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(port: number) {
    const program = join(root, 'test/peers/ritual.py');
    this.#process = spawn('python3', [program, String(port), String(vmcNo)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('no output');
    const lines: Interface = createInterface({ input: stdout });
    this.#answers = lines[Symbol.asyncIterator]();
    ends.push(() => this.#process.kill());
  }

  async does(act: string, ...rest: readonly (string | number)[]): Promise<unknown> {
    this.#process.stdin?.write(`${[act, ...rest].join(' ')}\n`);
    const next = await this.#answers.next();
    if (next.done === true) throw new Error(`${act}: the machine's program has ended`);
    return (JSON.parse(next.value) as { readonly got: unknown }).got;
  }
}

async function give(app: TestApp, name: CommandName, input: JsonObject = {}): Promise<Command> {
  const args = JSON.stringify({ vmcNo, name, input });
  const reply = await app.page.evaluate(
    (text) => window.crema.request('command', JSON.parse(text) as Args<'command'>),
    args,
  );
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

const state = async (app: TestApp) => {
  const watched = await app.page.evaluate((n) => window.crema.request('watchMachine', { vmcNo: n }), vmcNo);
  return watched.ok ? watched.value?.state : undefined;
};
const commandNow = async (app: TestApp, { id }: Command): Promise<Command | undefined> => {
  const reply = await app.page.evaluate(
    (n) => window.crema.request('commands', { vmcNo: n, before: null, limit: 50 }),
    vmcNo,
  );
  return reply.ok ? reply.value.find((one) => one.id === id) : undefined;
};
const stepsOf = async (app: TestApp, command: Command) =>
  (await commandNow(app, command))?.steps.map(({ what }) => what);
const linux = 33_232;
const says = (body: object): string => decimalFrame(JSON.stringify(body));
const login = says({ cmd: 'login', vmc_no: linux, timestamp: 20150624, sign: 'x', version: '1.2.8.8' });

const pictures = process.env['CREMA_PICTURES'];
let taken = 0;

/** In both languages, and without accessibility problems. */
async function looked(app: TestApp, name: string): Promise<void> {
  expect(await accessibilityProblems(app)).toEqual([]);
  if (pictures === undefined) return;
  for (const language of ['en', 'zh-CN'] as const) {
    await app.page.evaluate((to) => window.crema.request('setSettings', { language: to }), language);
    await app.page.locator(`html[lang="${language}"]`).waitFor();
    taken += 1;
    await app.page.screenshot({ path: join(pictures, `${taken} ${name} ${language}.png`) });
  }
  await app.page.evaluate(() => window.crema.request('setSettings', { language: 'en' }));
  await app.page.locator('html[lang="en"]').waitFor();
}

it('relays a machine, and lets a person change the conversation', { timeout: 120_000 }, async () => {
  const real = await RealServer.start();
  const app = await shared();
  const { page, machinePort } = app;
  const machines: RawClient[] = [];
  const connected = async (): Promise<RawClient> => {
    const one = await RawClient.open(machinePort);
    machines.push(one);
    one.send(login);
    return one;
  };
  try {
    const before = await connected();
    await before.until(() => before.received.includes('login_r'));
    await go(app, 'relay');
    await page.getByText('Off: Crema is the server of all machines.').waitFor();
    await looked(app, 'off');

    // Switching on asks once, with the consequences for the connected machine.
    await page.getByLabel('Address or name').first().fill('127.0.0.1');
    await page.getByLabel('Port', { exact: true }).first().fill(String(machinePort));
    await page.getByLabel('Machine number').fill('33233');
    // The input survives a visit to another screen.
    await go(app, 'machines');
    await page.getByLabel('Machine number').waitFor({ state: 'detached' });
    await go(app, 'relay');
    expect(await page.getByLabel('Address or name').first().inputValue()).toBe('127.0.0.1');
    expect(await page.getByLabel('Port', { exact: true }).first().inputValue()).toBe(String(machinePort));
    expect(await page.getByLabel('Machine number').inputValue()).toBe('33233');
    await page.getByRole('button', { name: 'Start relay' }).click();
    const asked = page.getByRole('dialog', { name: 'Start relay' });
    await asked.getByText('1 machine is connected. It is disconnected').waitFor();
    await looked(app, 'asked');
    await asked.getByRole('button', { name: 'Start relay' }).click();
    // Crema is not a real server.
    await page.getByText('is Crema’s own listening address').waitFor();
    await page.getByLabel('Port', { exact: true }).first().fill(String(real.target.port));
    await page.getByRole('button', { name: 'Start relay' }).click();
    await asked.getByRole('button', { name: 'Start relay' }).click();
    await before.until(() => before.closed);
    await page.locator('[data-relay="on"]').waitFor();

    const machine = await connected();
    const server = await real.end();
    await expect.poll(() => server.text, waiting).toBe(login);
    expect(machine.received.length).toBe(0);
    await page.getByText('1 connection is forwarded').waitFor();
    await page.getByRole('status').getByText('Relay: machines are forwarded').waitFor();

    // A preset rule, and a rule of one's own.
    await page.getByRole('button', { name: 'Add rule: Block upgrades' }).click();
    await page.locator('[data-rule="1"][data-on]').getByText('Block upgrades', { exact: true }).waitFor();
    server.socket.write(says({ cmd: 'upgrade', vmc_no: linux, dir: 'http://x' }));
    await page.locator('[data-rule="1"] [data-hits="1"]').waitFor();
    await page.getByRole('button', { name: 'New rule' }).click();
    const dialog = page.getByRole('dialog', { name: 'New rule' });
    // Without a filter the rule drops everything: Enter and the first click only ask.
    await dialog.getByLabel('Frames').press('Enter');
    await dialog.getByRole('button', { name: 'Save for all frames' }).waitFor();
    await dialog.getByLabel('Frames').press('Enter');
    expect(await page.locator('[data-rule="2"]').count()).toBe(0);
    await dialog.getByLabel('Frames').fill('cmd:');
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Frames').fill('cmd:productdone');
    await dialog.getByLabel('Action').click();
    await page.getByRole('option', { name: 'Hold until a person decides' }).click();
    await looked(app, 'rule');
    // Leaving by mistake keeps the input; leaving on purpose discards it.
    const newRule = async (): Promise<string> => {
      await page.getByRole('button', { name: 'New rule' }).click();
      return dialog.getByLabel('Frames').inputValue();
    };
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await newRule()).toBe('cmd:productdone');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.locator('[data-rule="2"]').waitFor();
    expect(await newRule()).toBe('');
    await dialog.getByLabel('Frames').fill('cmd:hb');
    // The cross of the dialog has the same name.
    await dialog.getByText('Cancel', { exact: true }).click();
    expect(await newRule()).toBe('');
    await dialog.getByText('Cancel', { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });

    // Two are held: one is changed and forwarded, one is dropped.
    for (const order_no of ['1', '2', '3', '4', '5', '6'])
      machine.send(says({ cmd: 'productdone', vmc_no: linux, order_no, product_id: 3, isok: true }));
    await page.locator('[data-held="6"]').waitFor();
    await looked(app, 'held');
    await page.locator('[data-held="1"]').getByRole('button', { name: 'Edit productdone 33232' }).click();
    const change = page.getByRole('dialog', { name: 'Edit a held frame' });
    const changed = JSON.stringify({ cmd: 'productdone', vmc_no: linux, order_no: '9' });
    await change.getByLabel('Body (JSON)').fill(changed);
    await page.keyboard.press('Escape');
    await change.waitFor({ state: 'detached' });
    await page.locator('[data-held="1"]').getByRole('button', { name: 'Edit productdone 33232' }).click();
    expect(await change.getByLabel('Body (JSON)').inputValue()).toBe(changed);
    await looked(app, 'change');
    await change.getByRole('button', { name: 'Send instead' }).click();
    await page.locator('[data-held="1"]').waitFor({ state: 'detached' });
    // By keyboard: the focus moves to the next.
    const dropOf = (key: number) =>
      page.locator(`[data-held="${key}"]`).getByRole('button', { name: 'Drop productdone 33232' });
    await dropOf(2).focus();
    for (const key of [3, 4]) {
      await page.keyboard.press('Enter');
      await expect.poll(() => dropOf(key).evaluate((one) => one === document.activeElement)).toBe(true);
    }
    await page.keyboard.press('Enter');
    await dropOf(4).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Forward all' }).click();
    await page.getByText('No held frames.').waitFor();
    const done = (order_no: string): string =>
      says({ cmd: 'productdone', vmc_no: linux, order_no, product_id: 3, isok: true });
    await expect.poll(() => server.text, waiting).toBe(login + decimalFrame(changed) + done('5') + done('6'));

    // One of our messages goes to each end, and the inspector names its sender.
    for (const [to, cmd] of [
      ['machine', 'products'],
      ['server', 'hb'],
    ] as const) {
      const text = JSON.stringify({ cmd, vmc_no: linux });
      const sent = await page.evaluate(
        (args) =>
          window.crema.request('sendFrame', {
            vmcNo: args.vmcNo,
            content: { as: 'text', text: args.text, head: 'machine' },
            ...(args.to === 'server' && { to: args.to }),
          }),
        { vmcNo: linux, to, text },
      );
      expect(sent).toMatchObject({ ok: true });
    }
    await machine.until(() => machine.received.includes('products'));
    expect(machine.received.includes('upgrade')).toBe(false);
    await expect.poll(() => server.text, waiting).toContain('"cmd":"hb"');
    await go(app, 'inspector');
    await page.getByText('forwarded to 127.0.0.1').first().waitFor();
    await looked(app, 'inspector');

    // One is held and opened when its connection ends.
    await go(app, 'relay');
    machine.send(done('7'));
    await page.locator('[data-held="7"]').getByRole('button', { name: 'Edit productdone 33232' }).click();
    machine.socket.resetAndDestroy();
    await change.getByText('The frame is no longer held').waitFor();
    expect(await change.getByRole('button', { name: 'Send instead' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    const again = await connected();
    await real.end(1);

    // A payment played here would be real, and the page warns about it.
    again.send(says({ cmd: 'qrcode', vmc_no: linux, order_no: '55', product_id: 3, qr_type: 'all' }));
    await go(app, 'orders');
    // Lines under the pointer stay in their places.
    await page.mouse.move(700, 4);
    await page.locator('[data-stage="requested"]').first().click();
    await page.getByText('so nothing here is a rehearsal').waitFor();
    // Nor does a mode claim that no money moves.
    await page.evaluate(
      (n) => window.crema.request('setMachine', { vmcNo: n, patch: { qrAnswers: 'approve' } }),
      linux,
    );
    await page.getByRole('button', { name: 'Rehearsal: 1', exact: true }).click();
    await page.getByRole('paragraph').getByText('money may move: 33232.').waitFor();
    await looked(app, 'payment');
    await page.keyboard.press('Escape');
    await page.evaluate(
      (n) => window.crema.request('setMachine', { vmcNo: n, patch: { qrAnswers: 'auto' } }),
      linux,
    );
    await go(app, 'relay');

    // The real server goes: a prominent banner reports what Crema serves meanwhile.
    await page.getByLabel('Answer machines while their server').click();
    await expect.poll(() => page.getByLabel('Answer machines while their server').isChecked()).toBe(true);
    await real.stop();
    await again.until(() => again.closed);
    const meanwhile = await connected();
    await meanwhile.until(() => meanwhile.received.includes('login_r'));
    meanwhile.send(says({ cmd: 'productdone', vmc_no: linux, order_no: '77', product_id: 3, isok: true }));
    await page.getByRole('alert').getByText('Crema answers 1 machine itself').waitFor();
    await looked(app, 'meanwhile');
    await go(app, 'orders');
    await page.getByText('server not notified').first().waitFor();
    await looked(app, 'order');

    // Switched off in the banner.
    await page.getByRole('button', { name: 'Stop relay' }).click();
    await page
      .getByRole('dialog', { name: 'Stop relay' })
      .getByRole('button', { name: 'Stop relay' })
      .click();
    await meanwhile.until(() => meanwhile.closed);
    await page.getByText('Relay: machines are forwarded').waitFor({ state: 'detached' });
  } finally {
    for (const { socket } of machines) socket.destroy();
  }
});

describe.skipIf(!hasPython)('an android machine', () => {
  it('its ritual, stored orders, a cleared fault, a dropped link, a notice and a late proof: no further claims', async () => {
    const app = await shared();
    const { page } = app;
    const machine = new Machine(app.machinePort);

    // The ritual, then a fault.
    await machine.does('login');
    await machine.does('ritual');
    await machine.does('fault', code);
    await go(app, `#/machines/${vmcNo}/overview`);
    await page.getByRole('heading', { name: String(vmcNo), level: 1 }).waitFor();
    await expect
      .poll(async () => (await state(app))?.errors.map((error) => error.code).toSorted())
      .toEqual([code, 'WARNING:10009']);
    await page.getByText(code).first().waitFor();

    // Seventy stored orders, twice: seventy, a week old.
    await machine.does('orders', 2);
    await go(app, '#/orders');
    const listed = async () => {
      const reply = await page.evaluate(
        (n) => window.crema.request('orders', { vmcNo: n, before: null, limit: 200 }),
        vmcNo,
      );
      return reply.ok ? reply.value : [];
    };
    await expect.poll(async () => (await listed()).length).toBe(70);
    const orders = await listed();
    expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(70);
    expect(orders.filter((order) => order.state === 'made')).toHaveLength(60);
    expect(orders.every(({ at }) => at < Date.now() - 6 * 86_400_000)).toBe(true);
    expect(orders.every(({ doneTimes }) => doneTimes === 2)).toBe(true);

    // Cleared and set again within a moment: the fault does not disappear. One fault, with one duration.
    const since = (await state(app))?.errors.find((error) => error.code === code)?.since;
    expect(since).toEqual(expect.any(Number));
    await machine.does('clearAndSet', code);
    await machine.does('hear', 2);
    expect((await state(app))?.errors.find((error) => error.code === code)).toMatchObject({
      since,
      ending: null,
    });
    const faults = await page.evaluate(() =>
      window.crema.request('faults', { vmcNo: null, activeOnly: false, before: null, limit: 50 }),
    );
    const mine = faults.ok ? faults.value.filter((fault) => fault.code === code) : [];
    expect(mine).toMatchObject([{ clearedAt: null }]);

    // A link that drops for five seconds while a reboot waits for its proof: no restart, and the fault keeps its colour.
    const reboot = await give(app, 'reboot');
    await machine.does('told', 'reboot');
    await machine.does('drop', 5);
    // The `clearerror` of its ritual is not a person's action.
    await machine.does('ritual');
    await expect.poll(() => stepsOf(app, reboot)).toEqual(['sent', 'connectionClosed', 'cameBack']);
    expect((await commandNow(app, reboot))?.state).toBe('sent');
    expect((await state(app))?.errors.find((error) => error.code === code)).toMatchObject({
      since,
      ending: null,
    });
    await go(app, `#/machines/${vmcNo}/overview`);
    // Closed, the line has its newest step only.
    await page.getByRole('region', { name: 'Running commands' }).hover();
    await page.getByText('reconnected; nothing shows a restart').waitFor();

    // Its notice reports acceptance, not completion.
    await page.evaluate(() =>
      window.crema.request('listen', { which: 'notices', host: '127.0.0.1', port: 0 }),
    );
    const snapshot = await page.evaluate(() => window.crema.request('snapshot', undefined));
    const notices = snapshot.ok ? snapshot.value.listeners.notices : null;
    if (notices?.status !== 'listening') throw new Error('no port for notices');
    const base = `http://127.0.0.1:${notices.port}`;
    expect(await machine.does('notify', base, reboot.sessionId)).toMatchObject({
      status: 200,
      body: expect.stringMatching(/./) as string,
    });
    await page.getByText('accepted by the machine, not completed yet').waitFor();
    expect((await commandNow(app, reboot))?.state).toBe('sent');
    await page.getByRole('button', { name: 'Stop waiting for result' }).click();
    await expect.poll(async () => (await commandNow(app, reboot))?.state).toBe('expired');

    // A proof after the end of the wait is accepted and marked as late.
    // The door of its ritual is closed. A door report within seconds of the ritual would prove nothing.
    await page.waitForTimeout(7_000);
    const door = await give(app, 'openDoor', { spelling: 'opendoor' });
    const opened = Date.now();
    await machine.does('told', 'opendoor');
    // An earlier report was sent before the machine received the command.
    await expect.poll(() => Date.now() - opened, { interval: 50 }).toBeGreaterThan(300);
    await page.evaluate((args) => window.crema.request('cancelCommand', args), { id: door.id });
    await expect.poll(async () => (await commandNow(app, door))?.state).toBe('expired');
    await machine.does('door', 'dooropen');
    await expect.poll(() => stepsOf(app, door)).toEqual(['sent', 'stoppedWaiting', 'late', 'doorOpened']);
    expect((await commandNow(app, door))?.state).toBe('confirmed');
    await go(app, `#/machines/${vmcNo}/commands`);
    const line = page
      .getByRole('listbox', { name: 'Commands, newest first' })
      .getByRole('option')
      .filter({ hasText: 'Open door' });
    await line.getByText('confirmed', { exact: true }).waitFor();
    await line.click();
    await page
      .getByText(/confirmed late, .* after the wait ended/)
      .first()
      .waitFor();

    // The exported journal: every stored order twice, each acknowledged.
    await app.close({ keepData: true });
    const out = execFileSync(
      process.execPath,
      [
        join(root, 'out/main/journalCli.js'),
        'query',
        '--filter',
        `cmd:productdone vmc:${vmcNo}`,
        '--data-dir',
        app.dataDirectory,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    expect(out.toString().trim().split('\n')).toHaveLength(140);
  });
});
