/**
 * A whole day of a linux machine and of an android machine, played by a program that shares no code with Crema
 * (test/peers/day.mjs). Afterwards journal, histories and window match the machines' own log.
 */
import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { CommandName } from '#shared/commands/index';
import type { Args, Reply } from '#shared/contract/requests/index';
import type { Command } from '#shared/model/command';
import type { FrameRow, JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { afterEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { TestApp } from '../builders/app';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

const files = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Line {
  readonly said?: string;
  readonly heard?: string;
  readonly wantsPayment?: string;
  readonly ready?: string;
  readonly did?: string;
  readonly fetched?: { readonly status: number; readonly bytes: number };
}

/** One machine's program and its output. */
class Day {
  readonly lines: Line[] = [];
  readonly #process: ChildProcess;
  readonly ended: Promise<void>;

  constructor(platform: Platform, port: number, vmcNo: number) {
    const program = join(import.meta.dirname, '..', 'peers', 'day.mjs');
    this.#process = spawn(process.execPath, [program, platform, String(port), String(vmcNo)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.ended = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('no output');
    createInterface({ input: stdout }).on('line', (line) => this.lines.push(JSON.parse(line) as Line));
    ends.push(() => this.#process.kill());
  }

  tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  async until(fits: (line: Line) => boolean, times = 1): Promise<Line> {
    const end = Date.now() + 20_000;
    for (;;) {
      const found = this.lines.filter(fits);
      const last = found[times - 1];
      if (last !== undefined) return last;
      if (Date.now() > end) throw new Error(`in vain; last: ${JSON.stringify(this.lines.slice(-5))}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function give(app: TestApp, vmcNo: number, name: CommandName, input: JsonObject): Promise<Command> {
  // As text, because the compiler would expand the recursive JSON type.
  const args = JSON.stringify({ vmcNo, name, input });
  const reply = await app.page.evaluate(
    (text) => window.crema.request('command', JSON.parse(text) as Args<'command'>),
    args,
  );
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

/** Waits for a step that proves nothing (by default `cameBack`, a login without a restart), then stops waiting. */
async function givenUp(app: TestApp, command: Command, step = 'cameBack'): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await stepsOf(app, command)).includes(step)) {
    if (Date.now() > end) throw new Error(`${command.name}: no ${step}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await app.page.evaluate((args) => window.crema.request('cancelCommand', args), { id: command.id });
  await outcome(app, command, 'expired');
}

async function stepsOf(app: TestApp, { vmcNo, id }: Command): Promise<readonly string[]> {
  const reply = await app.page.evaluate(
    (n) => window.crema.request('commands', { vmcNo: n, before: null, limit: 100 }),
    vmcNo,
  );
  const found = reply.ok ? reply.value.find((command) => command.id === id) : undefined;
  return found?.steps.map(({ what }) => what) ?? [];
}

/** Waits until the command has ended and gives its outcome. */
async function outcome(
  app: TestApp,
  given: Command,
  state: Command['state'] | null = null,
): Promise<Command> {
  const end = Date.now() + 20_000;
  for (;;) {
    const reply = await app.page.evaluate(
      (vmcNo) => window.crema.request('commands', { vmcNo, before: null, limit: 100 }),
      given.vmcNo,
    );
    const command = reply.ok ? reply.value.find(({ id }) => id === given.id) : undefined;
    if (command !== undefined && command.endedAt !== null) {
      if (command.state !== state) throw new Error(`${given.name} is ${command.state}, not ${state}`);
      return command;
    }
    if (Date.now() > end) throw new Error(`${given.name} has not ended: ${JSON.stringify(command)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Every frame of a machine, oldest first, page by page. */
async function framesOf(app: TestApp, vmcNo: number): Promise<readonly FrameRow[]> {
  const rows: FrameRow[] = [];
  let before: number | null = null;
  do {
    const args: Args<'frames'> = {
      filter: { vmcNo, dir: null, cmd: null, text: '' },
      place: { before },
      limit: 40,
    };
    const reply: Reply<'frames'> = await app.page.evaluate((a) => window.crema.request('frames', a), args);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    rows.push(...reply.value.rows);
    before = reply.value.next;
  } while (before !== null);
  return rows.toReversed();
}

async function zip(directory: string, name: string): Promise<string> {
  const file = new ZipFile();
  file.addBuffer(randomBytes(200_000), 'app/program.bin');
  file.end();
  const path = join(directory, name);
  await pipeline(file.outputStream, createWriteStream(path));
  return path;
}

const verificationCode = 'q7w8e9r0';

const shared = sharedApp(undefined, async ({ page }) => {
  // A code for another machine: a code for this machine would add findings to its logins.
  await page.evaluate(
    (code) => window.crema.request('setMachineCode', { vmcNo: 99_001, code }),
    verificationCode,
  );
});
const machines = [
  ['linux', 33_232],
  ['android', 44_401],
] as const;
/** The state of each machine after its day. */
const told: {
  readonly vmcNo: number;
  readonly state: unknown;
  readonly ids: readonly number[];
  readonly talk: string;
}[] = [];

describe('the day of a machine', () => {
  it.each(machines)(
    'matches the window and the journal: %s',
    async (platform, vmcNo) => {
      const app = await shared();
      const day = new Day(platform, app.machinePort, vmcNo);

      // The morning: two orders wait for their payment.
      for (const times of [1, 2]) {
        const { wantsPayment } = await day.until((line) => line.wantsPayment !== undefined, times);
        const orderNo = wantsPayment ?? '';
        const paid = await give(app, vmcNo, 'payResult', {
          orderNo,
          amount: 1000,
          paid: true,
          payType: 'wx_pub',
        });
        await outcome(app, paid, 'confirmed');
      }
      await day.until((line) => line.ready !== undefined);

      // Noon: every kind of command. The door opens only after the reports that follow a login.
      await app.page.waitForTimeout(platform === 'linux' ? 21_000 : 7_000);
      await outcome(app, await give(app, vmcNo, 'openDoor', { spelling: 'opendoor' }), 'confirmed');
      // android has no query command.
      if (platform === 'linux')
        for (const name of ['queryStatus', 'querySupplies'] as const)
          await outcome(app, await give(app, vmcNo, name, {}), 'confirmed');
      // Without its notice nothing shows that it reconnected because of the command.
      else await givenUp(app, await give(app, vmcNo, 'sync', {}), 'reportedUnnoticed');
      // An order that may have begun before the login proves nothing.
      if (platform === 'android') await app.page.waitForTimeout(4_000);
      const drink = { productId: 101, strength: 2, milk: 1, sugar: 0 };
      await outcome(app, await give(app, vmcNo, 'makeDrink', drink), 'confirmed');
      const rinsed = platform === 'linux' ? 'unconfirmable' : 'confirmed';
      await outcome(app, await give(app, vmcNo, 'rinse', {}), rinsed);
      const rebooted = await give(app, vmcNo, 'reboot', {});
      // Without its notice nothing shows that android read the command. linux is back at once, and its head has no counter.
      await givenUp(app, rebooted, platform === 'android' ? 'startedSometime' : 'cameBack');
      const priced = await give(app, vmcNo, 'setPrices', {
        prices: [{ productId: 101, price: 1500, type: 0 }],
      });
      await day.until((line) => line.heard?.includes('"login_r"') === true, platform === 'linux' ? 3 : 4);
      day.tell('order 101');
      await outcome(app, priced, 'confirmed');
      const discounted = await give(app, vmcNo, 'setDiscount', { percent: 80 });
      await day.until((line) => line.heard?.includes('"login_r"') === true, platform === 'linux' ? 4 : 5);
      day.tell('order 101');
      // One product alone proves no discount.
      await givenUp(app, discounted, 'amountSeen');

      // The evening: an upgrade, and an error that stays for the night.
      const file = await zip(files(), 'jetinno-3.0.1.zip');
      await app.electron.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, file);
      const chosen = await app.page.evaluate(() => window.crema.request('choosePackage', { expected: '' }));
      if (!chosen.ok || chosen.value === null) throw new Error('not chosen');
      const { id: packageId } = chosen.value;
      await app.page.evaluate((args) => window.crema.request('changePackage', args), {
        id: packageId,
        patch: { platform, androidType: platform === 'android' ? ('app' as const) : null },
      });
      const upgraded = await outcome(app, await give(app, vmcNo, 'upgrade', { packageId }), 'confirmed');
      expect(upgraded.steps.map(({ what }) => what)).toContain('downloadEnded');
      const { fetched } = await day.until((line) => line.fetched !== undefined);
      expect(fetched).toEqual({ status: 200, bytes: chosen.value.size });
      const stateNow = async () => {
        const watched = await app.page.evaluate(
          (n) => window.crema.request('watchMachine', { vmcNo: n }),
          vmcNo,
        );
        return watched.ok ? watched.value?.state : undefined;
      };
      // An error that android cleared ends only after the time in which it could be set again.
      await expect.poll(async () => (await stateNow())?.errors, { timeout: 10_000 }).toEqual([]);
      day.tell('error');
      await day.until((line) => line.did === 'error');
      day.tell('end');
      await day.ended;
      await app.page.waitForTimeout(300);

      // The journal: every frame in both directions, in the machine's own order.
      const rows = await framesOf(app, vmcNo);
      const said = day.lines.flatMap((line) => line.said ?? []);
      const heard = day.lines.flatMap((line) => line.heard ?? []);
      expect(rows.filter(({ dir }) => dir === 'in').map(({ text }) => text)).toEqual(
        said.map((t) => t.slice(0, 240)),
      );
      expect(rows.filter(({ dir }) => dir === 'out').map(({ text }) => text)).toEqual(
        heard.map((t) => t.slice(0, 240)),
      );
      const byId = new Map(rows.map((row) => [row.id, row]));

      // The state.
      const state = await stateNow();
      expect(state).toMatchObject({
        platform,
        link: { status: 'offline', reason: 'machineClosed' },
        door: { value: 'closed' },
        cupBlocked: null,
        login: { version: '3.0.1' },
        errors: [{ code: 'ERROR:5300' }],
      });

      // The histories, each line with a frame behind it.
      const faults = await app.page.evaluate(
        (n) => window.crema.request('faults', { vmcNo: n, activeOnly: false, before: null, limit: 50 }),
        vmcNo,
      );
      expect(faults.ok && faults.value.map(({ code, clearedBy }) => [code, clearedBy])).toEqual([
        ['ERROR:5300', null],
        ['WARNING:10009', 'clearerror'],
        ['ERROR:5300', platform === 'linux' ? 'machine' : 'clearerror'],
      ]);
      const orders = await app.page.evaluate(
        (n) => window.crema.request('orders', { vmcNo: n, before: null, limit: 50 }),
        vmcNo,
      );
      // Machines write whole seconds, so the order of sales within a second is unknown.
      const sales = orders.ok ? orders.value.toSorted((a, b) => b.entry - a.entry) : [];
      expect(sales.map((order) => [order.state, order.productId, order.amount])).toEqual([
        ['requested', 101, 1200],
        ['requested', 101, 1500],
        ['made', 101, 1000],
        ['failed', 102, 1200],
        ['made', 101, 1000],
      ]);
      const history = await app.page.evaluate(
        (n) => window.crema.request('commands', { vmcNo: n, before: null, limit: 100 }),
        vmcNo,
      );
      const commands = history.ok ? history.value : [];
      expect(commands.length).toBe(platform === 'linux' ? 11 : 10);
      const evidence = commands.flatMap(({ steps }) => steps.flatMap(({ what, entry }) => ({ what, entry })));
      for (const { what, entry } of evidence) {
        if (entry === null || what === 'connectionClosed') continue;
        expect(byId.get(entry)?.dir).toBe(what === 'sent' ? 'out' : 'in');
      }

      const talk = day.lines.map((line) => line.said ?? line.heard ?? '').join('\n');
      told.push({ vmcNo, state, ids: rows.map(({ id }) => id), talk });
    },
    90_000,
  );

  it('is the same after a restart, and the window confirms it; the log contains no private data', async () => {
    expect(told).toHaveLength(machines.length);
    const app = await shared.restart();
    const names = await readdir(join(app.dataDirectory, 'logs'));
    const log = await Promise.all(
      names.map((name) => readFile(join(app.dataDirectory, 'logs', name), 'utf8')),
    );
    expect(log.join('')).toContain(' info server: machines: listening on ');
    expect(log.join('')).not.toContain(verificationCode);
    for (const { vmcNo, state, ids, talk } of told) {
      const secrets = new Set(
        [...talk.matchAll(/"(?:order_no|qrcode|sign)":"([^"]{4,})"/g)].map(([, one = '']) => one),
      );
      expect(secrets.size).toBeGreaterThan(5);
      for (const secret of secrets) expect(log.join('')).not.toContain(secret);
      const again = await app.page.evaluate((n) => window.crema.request('watchMachine', { vmcNo: n }), vmcNo);
      expect(again.ok && again.value?.state).toEqual(state);
      expect((await framesOf(app, vmcNo)).map(({ id }) => id)).toEqual(ids);
      await app.page.evaluate((n) => (window.location.hash = `#/machines/${n}/overview`), vmcNo);
      await app.page
        .getByRole('heading', { name: new RegExp(String(vmcNo)) })
        .first()
        .waitFor();
      await app.page.getByText('ERROR:5300').first().waitFor();
      await app.page.getByText('3.0.1').first().waitFor();
    }
  });
});
