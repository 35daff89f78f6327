/** An android machine in another language (test/peers/ritual.py) does what real ones do; window and journal say no more than that. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { Args } from '#shared/contract/requests';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import { startApp, type TestApp } from '../builders/app';

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

/** The other program: one line in, one line back. */
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
    (text) => window.crema.command(JSON.parse(text) as Args<'command'>),
    args,
  );
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

const state = async (app: TestApp) => {
  const watched = await app.page.evaluate((n) => window.crema.watchMachine({ vmcNo: n }), vmcNo);
  return watched.ok ? watched.value?.state : undefined;
};
const commandNow = async (app: TestApp, { id }: Command): Promise<Command | undefined> => {
  const reply = await app.page.evaluate(
    (n) => window.crema.commands({ vmcNo: n, before: null, limit: 50 }),
    vmcNo,
  );
  return reply.ok ? reply.value.find((one) => one.id === id) : undefined;
};
const stepsOf = async (app: TestApp, command: Command) =>
  (await commandNow(app, command))?.steps.map(({ what }) => what);
const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);

describe.skipIf(!hasPython)('an android machine', () => {
  it('its ritual, stored orders, a cleared fault, a dropped link, a notice and a late proof: nothing more is claimed', async () => {
    const app = await startApp({ size: { width: 1366, height: 768 } });
    ends.push(() => app.close());
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
      const reply = await page.evaluate(() => window.crema.orders({ vmcNo: null, before: null, limit: 200 }));
      return reply.ok ? reply.value : [];
    };
    await expect.poll(async () => (await listed()).length).toBe(70);
    const orders = await listed();
    expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(70);
    expect(orders.filter((order) => order.state === 'made')).toHaveLength(60);
    expect(orders.every(({ at }) => at < Date.now() - 6 * 86_400_000)).toBe(true);
    expect(orders.every(({ doneTimes }) => doneTimes === 2)).toBe(true);

    // Cleared and set again within a moment: never away. One fault, with one duration.
    const since = (await state(app))?.errors.find((error) => error.code === code)?.since;
    expect(since).toEqual(expect.any(Number));
    await machine.does('clearAndSet', code);
    await machine.does('hear', 2);
    expect((await state(app))?.errors.find((error) => error.code === code)).toMatchObject({
      since,
      ending: null,
    });
    const faults = await page.evaluate(() =>
      window.crema.faults({ vmcNo: null, activeOnly: false, before: null, limit: 50 }),
    );
    const mine = faults.ok ? faults.value.filter((fault) => fault.code === code) : [];
    expect(mine).toMatchObject([{ clearedAt: null }]);

    // A link that drops for five seconds while a reboot waits for its proof: no restart, and the fault keeps its colour.
    const reboot = await give(app, 'reboot');
    await machine.does('told', 'reboot');
    await machine.does('drop', 5);
    // Its clearerror is nobody clearing anything.
    await machine.does('ritual');
    await expect.poll(() => stepsOf(app, reboot)).toEqual(['sent', 'connectionClosed', 'cameBack']);
    expect((await commandNow(app, reboot))?.state).toBe('sent');
    expect((await state(app))?.errors.find((error) => error.code === code)).toMatchObject({
      since,
      ending: null,
    });
    await go(app, `#/machines/${vmcNo}/overview`);
    await page.getByText('connected again; nothing shows that it restarted').waitFor();

    // Its notice says that it took it; that is not done.
    await page.evaluate(() => window.crema.listen({ which: 'notices', host: '127.0.0.1', port: 0 }));
    const snapshot = await page.evaluate(() => window.crema.snapshot(undefined));
    const notices = snapshot.ok ? snapshot.value.listeners.notices : null;
    if (notices?.status !== 'listening') throw new Error('no port for notices');
    const base = `http://127.0.0.1:${notices.port}`;
    expect(await machine.does('notify', base, reboot.sessionId)).toMatchObject({
      status: 200,
      body: expect.stringMatching(/./) as string,
    });
    await page.getByText('accepted by the machine, not done yet').waitFor();
    expect((await commandNow(app, reboot))?.state).toBe('sent');
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect.poll(async () => (await commandNow(app, reboot))?.state).toBe('expired');

    // Proof that comes when nobody waits for it any more is taken, and said to be late.
    const door = await give(app, 'openDoor', { spelling: 'opendoor' });
    await machine.does('told', 'opendoor');
    await page.evaluate((args) => window.crema.cancelCommand(args), { id: door.id });
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
      .getByText(/its proof came late, .* after it was given up/)
      .first()
      .waitFor();

    // The journal, as it is exported: every stored order twice, each acknowledged.
    await app.close({ keepData: true });
    ends.splice(0, ends.length - 1);
    const out = execFileSync(
      process.execPath,
      [
        join(root, 'out/main/journalCli.js'),
        'query',
        '--filter',
        'cmd:productdone',
        '--data-dir',
        app.dataDirectory,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    expect(out.toString().trim().split('\n')).toHaveLength(140);
  });
});
