/**
 * Unexpected values in the real app: each costs its line or its part of the window, and is logged. A supply value that is
 * not a measurement is never shown as one, and missing data are named where they are needed.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { closeCaptures, go, line, list, logIn, openFile, tab } from '../builders/captureScreens';
import { pcapng, TcpScript } from '../builders/packets';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';
import { oddCommand, oddLinks, oddOrder, oddState, unknownCommand } from '../fixtures/oddValues';

const clients: RawClient[] = [];
const folder = useFolder();
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const shared = sharedApp();
async function started(
  begin: () => Promise<TestApp> = shared,
): Promise<{ readonly app: TestApp; readonly log: () => string }> {
  const app = await begin();
  let written = '';
  const note = (chunk: Buffer): void => void (written += chunk.toString());
  const stderr = app.electron.process().stderr;
  stderr?.on('data', note);
  onTestFinished(() => void stderr?.off('data', note));
  return { app, log: () => written };
}

const lastBatch = ({ page }: TestApp): Promise<number> =>
  page.evaluate(async () => {
    const reply = await window.crema.request('snapshot', undefined);
    return reply.ok ? reply.value.seq : 0;
  });

let told = 0;
/**
 * Sends the window a batch that main never sends. Batches are numbered: this one follows the last of main's and precedes the next. If main
 * sends one meanwhile, the window may have skipped this one, so it is sent again.
 */
async function tell(app: TestApp, part: object): Promise<void> {
  const seq = await lastBatch(app);
  await send(app, seq, part);
  if ((await lastBatch(app)) !== seq) await tell(app, part);
}

async function send({ electron }: TestApp, seq: number, part: object): Promise<void> {
  told += 1;
  await electron.evaluate(
    ({ BrowserWindow }, batch) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('crema:feed', batch);
    },
    JSON.stringify({ seq: seq + told / (told + 1), ...part }),
  );
}

const copied = (app: TestApp): Promise<string> => copiedBy(app);

describe('an unexpected value', () => {
  it('costs a frame its line, and in the detail the parts that show it', async () => {
    const { app, log } = await started();
    const { page } = app;
    await go(app, '#/inspector');
    const script = new TcpScript({});
    script.opens().says(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
    script.says(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
    const file = folder('late.pcapng');
    await writeFile(file, pcapng(script.packets));
    await openFile(app, file);
    await line(app, 'door opened').waitFor();
    // After reading, the tab shows only the file name.
    await tab(app, 'late.pcapng').waitFor();
    // A time beyond every date. No file can contain it, but another program may have left it in the journal.
    const captures = join(app.dataDirectory, 'captures');
    const journal = (await readdir(captures)).find((name) => name.endsWith('.sqlite'));
    const db = new DatabaseSync(join(captures, journal ?? ''));
    db.prepare('UPDATE entries SET at = ? WHERE id = (SELECT max(id) FROM entries WHERE kind = ?)').run(
      9e15,
      'frame',
    );
    db.close();
    await page.reload();

    const broken = list(app).getByRole('option').filter({ hasText: 'This line can’t be shown' });
    await broken.waitFor();
    expect(await broken.innerText()).toContain('Invalid time value');
    await line(app, 'heartbeat').waitFor();
    expect(await list(app).getByRole('option').count()).toBe(3);
    expect(await accessibilityProblems(app)).toEqual([]);
    await expect.poll(log).toMatch(/crema: window: line \d+ of “Frames, oldest first”: RangeError/);
    await broken.getByText('Copy the detail').click();
    await expect.poll(() => copied(app)).toMatch(/^RangeError: Invalid time value\n/);

    await broken.getByText('This line can’t be shown').click();
    const detail = page.getByRole('region', { name: /^Frame \d+$/ });
    await detail.getByRole('treeitem', { name: /dooropen/ }).waitFor();
    await detail.getByRole('alert').getByText('This part can’t be shown').waitFor();
    await expect.poll(log).toMatch(/crema: window: facts of frame \d+: RangeError/);
    // Another frame is tried again.
    await page.keyboard.press('k');
    await detail.getByRole('treeitem', { name: /hb/ }).waitFor();
    await detail.getByRole('alert').waitFor({ state: 'detached' });
    await closeCaptures(app);
  });

  it('costs a machine its line, and a screen its content until a retry', async () => {
    const { app, log } = await started();
    const { page } = app;
    clients.push(await logIn(app, 33232), await logIn(app, 44401));
    await go(app, '#/machines');
    const machines = page.getByRole('listbox', { name: 'Machines' });
    await machines.getByText('44401').waitFor();
    const row = await page.evaluate(async () => {
      const reply = await window.crema.request('snapshot', undefined);
      return reply.ok ? reply.value.machines.find(({ vmcNo }) => vmcNo === 33232) : undefined;
    });
    await expect
      .poll(async () => {
        await tell(app, { machines: { rows: [{ ...row, name: { of: 'another version' } }], removed: [] } });
        return machines.getByText('This line can’t be shown').count();
      })
      .toBe(1);
    await machines.getByText('44401').waitFor();
    await expect.poll(log).toContain('crema: window: line 33232 of “All machines”');
    // Main sends a known row again only in the members that change.
    await tell(app, { machines: { rows: [row] } });

    await expect
      .poll(async () => {
        await tell(app, { packages: null });
        await go(app, '#/upgrades');
        return page.getByRole('alert').getByText('This part can’t be shown').count();
      })
      .toBe(1);
    expect(await accessibilityProblems(app)).toEqual([]);
    await expect.poll(log).toContain('crema: window: screen upgrades: TypeError');
    await expect
      .poll(async () => {
        await tell(app, { packages: [] });
        await page.getByRole('button', { name: 'Try again' }).click();
        return page.getByRole('heading', { name: 'Upgrades' }).count();
      })
      .toBe(1);
  });

  it('costs a setting its place among the others', async () => {
    const { app, log } = await started(shared.asLeft);
    const { page } = app;
    await go(app, '#/settings/journal');
    const snapshot = await page.evaluate(() => window.crema.request('snapshot', undefined));
    const settings = snapshot.ok ? snapshot.value.settings : null;
    const broken = page.getByRole('alert').getByText('This part can’t be shown');
    await expect
      .poll(async () => {
        await tell(app, { settings: { ...settings, retention: null } });
        return broken.count();
      })
      .toBe(1);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.getByRole('heading', { name: 'Records' }).waitFor();
    await expect.poll(log).toContain('crema: window: setting retention: TypeError');
    await tell(app, { settings });
    await page.getByRole('button', { name: 'Try again' }).click();
    await broken.waitFor({ state: 'detached' });
  });

  it('costs an error, a supply and a finding of a machine each its own line', async () => {
    const { app, log } = await started(shared.asLeft);
    const { page } = app;
    clients.push(await logIn(app, 33232));
    await go(app, '#/machines/33232/overview');
    const broken = page.getByText('This line can’t be shown');
    await page.getByText('No supply report yet.').waitFor();
    await page.getByRole('button', { name: 'Connection', exact: true }).click();
    const detail = await page.evaluate(async () => {
      const reply = await window.crema.request('watchMachine', { vmcNo: 33232 });
      return reply.ok ? reply.value : null;
    });
    await expect
      .poll(async () => {
        await tell(app, { detail: { ...detail, state: { ...detail?.state, ...oddState } } });
        return broken.count();
      })
      .toBe(3);
    await page.getByText('ERROR:5301', { exact: true }).waitFor();
    await page.getByText('77', { exact: true }).waitFor();
    await page.getByText('JSON without a head').waitFor();
    await page.getByRole('button', { name: 'Connection', exact: true }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    for (const where of ['problem error ERROR:5300', 'supply 10', 'finding seq.gap'])
      await expect.poll(log).toContain(`crema: window: ${where}: `);
    await page.getByRole('listitem').filter({ has: broken }).getByRole('button').nth(1).click();
    await expect.poll(() => copied(app)).toMatch(/^TypeError: .*trim/);
  });

  it('costs a connection, a step of a command and a message of an order each its own line', async () => {
    const { app, log } = await started();
    const { page } = app;
    const broken = page.getByText('This line can’t be shown');
    await go(app, '#/connect');
    await expect
      .poll(async () => {
        await tell(app, { unnamed: oddLinks });
        return broken.count();
      })
      .toBe(1);
    await page.getByText('10.0.0.2').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await expect.poll(log).toContain('crema: window: connection 1: ');

    clients.push(await logIn(app, 33232));
    await go(app, '#/machines/33232/commands');
    const commands = page.getByRole('listbox', { name: 'Commands, newest first' });
    await page.getByText('No command yet').waitFor();
    await expect
      .poll(async () => {
        await tell(app, { commands: [oddCommand, unknownCommand] });
        return commands.getByText('This line can’t be shown').count();
      })
      .toBe(1);
    await expect.poll(log).toContain('crema: window: line 102 of “Commands, newest first”');
    await commands.locator('[data-command="101"]').click();
    const steps = page.getByRole('region').filter({ has: page.getByRole('heading', { name: 'Steps' }) });
    await steps.getByText('connection closed').waitFor();
    expect(await steps.getByText('This line can’t be shown').count()).toBe(1);
    await expect.poll(log).toContain('crema: window: step 1 of command 101: TypeError');

    await go(app, '#/machines/33232/orders');
    const orders = page.getByRole('listbox', { name: 'Orders, newest first' });
    await page.getByText('No order yet').waitFor();
    await expect
      .poll(async () => {
        await tell(app, { orders: [oddOrder] });
        return orders.getByRole('option').count();
      })
      .toBe(1);
    await orders.getByRole('option').click();
    const rehearsal = page.getByRole('region', { name: 'Payment rehearsal' });
    await rehearsal.getByRole('heading', { name: 'Rehearse the payment' }).waitFor();
    await expect
      .poll(async () => {
        await tell(app, { commands: [oddCommand, unknownCommand] });
        return rehearsal.getByText('This line can’t be shown').count();
      })
      .toBe(1);
    await rehearsal.getByText('connection closed').waitFor();
    await expect.poll(log).toContain('crema: window: step of command 101: TypeError');
    expect(await accessibilityProblems(app)).toEqual([]);
  });
});

it('too many connections are reported, for machines and for downloads, with the address that holds most', async () => {
  const { app } = await started(shared.asLeft);
  const { page } = app;
  const crowd = { places: 10_000, address: '192.0.2.66', held: 9_900, turnedAway: 12, at: Date.now() };
  const banner = page.getByRole('alert').filter({ hasText: 'All 10,000 connections were in use.' });
  await expect
    .poll(async () => {
      await tell(app, { crowd });
      return banner.count();
    })
    .toBe(1);
  await banner.getByText('192.0.2.66 used most of them (9,900). 12 connections were closed').waitFor();
  const packageCrowd = { ...crowd, places: 1_000, held: 1_000, turnedAway: 10 };
  const downloads = page
    .getByRole('alert')
    .filter({ hasText: 'All 1,000 connections for upgrade downloads were in use.' });
  await expect
    .poll(async () => {
      await tell(app, { packageCrowd });
      return downloads.count();
    })
    .toBe(1);
  await downloads.getByText('192.0.2.66 used most of them (1,000). 10 connections were closed').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await downloads.getByRole('button').click();
  await downloads.waitFor({ state: 'detached' });
  await banner.getByRole('button').click();
  await tell(app, { crowd: { ...crowd, turnedAway: 13, at: crowd.at + 1_000 } });
  await page.waitForTimeout(200);
  expect(await banner.count()).toBe(0);
});

async function supplied(): Promise<{ app: TestApp; client: RawClient }> {
  const app = await shared();
  const client = await logIn(app, 33_240);
  clients.push(client);
  await go(app, '#/machines/33240/overview');
  return { app, client };
}

const supply = (amounts: string): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":33240,"status":"supply","supply":${amounts}}`);

it('9999 and 100000 are not levels, a negative one is shown unchanged, in both languages', async () => {
  const { app, client } = await supplied();
  const { page } = app;
  client.send(supply('{"10009":"9999","10016":"100000","10007":"-5","10006":"420"}'));
  for (const [language, note, brew, ...said] of [
    ['en', 'not measured', 'Brew', 'not measured (9999)', 'not measured (100000)', '-5'],
    ['zh-CN', '未计量', '制作饮品', '未计量（9999）', '未计量（100000）', '-5'],
  ] as const) {
    await page.evaluate((wanted) => window.crema.request('setSettings', { language: wanted }), language);
    await page.locator(`html[lang="${language}"]`).waitFor();
    await go(app, '#/machines/33240/overview');
    const items = page.locator('li[title="10009"], li[title="10016"], li[title="10007"]');
    await expect.poll(() => items.count()).toBe(3);
    const texts = await items.locator('.tabular').allInnerTexts();
    expect(new Set(texts)).toEqual(new Set(said));
    // None of these values blocks a command.
    expect(await page.getByRole('button', { name: brew, exact: true }).getAttribute('title')).toBeNull();
    await go(app, '#/machines/33240/frames');
    // A port or a time may contain these digits too.
    const row = page.locator('[data-frame]', { hasText: 'machinestatus' });
    await row.filter({ hasText: '420' }).first().click();
    await expect.poll(() => page.getByRole('treeitem').filter({ hasText: note }).count()).toBe(2);
  }
});

it('an empty material is named, and the person may brew anyway', async () => {
  const { app, client } = await supplied();
  const brew = app.page.getByRole('button', { name: 'Brew', exact: true });
  for (const [material, name] of [
    ['10007', 'water'],
    ['10009', 'coffee beans'],
  ] as const) {
    client.send(supply(`{"10007":"9","10009":"9","${material}":"0"}`));
    await brew.click();
    const dialog = app.page.getByRole('dialog', { name: 'Brew' });
    await dialog.getByText(`Out of ${name}, by the count.`).waitFor();
    await dialog.getByRole('button', { name: 'Brew anyway' }).waitFor();
    await app.page.keyboard.press('Escape');
    client.send(supply('{"10007":"9","10009":"9"}'));
    await dialog.waitFor({ state: 'hidden' });
    await brew.click();
    await dialog.getByRole('button', { name: 'Brew', exact: true }).waitFor();
    await app.page.keyboard.press('Escape');
  }
});

it('an accepted reason holds only for the input that was sent', async () => {
  const { app, client } = await supplied();
  client.send(supply('{"10007":"9","10009":"9","10016":"0"}'));
  await app.page.getByRole('button', { name: 'Brew', exact: true }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Brew' });
  const product = dialog.getByLabel('Product id');
  const sends = async (): Promise<void> => dialog.getByRole('button', { name: /^Brew/ }).click();
  const named = dialog.getByText('Out of sugar, by the count.');
  const sent = (): Promise<number> =>
    app.page.evaluate(async () => {
      const reply = await window.crema.request('commands', { vmcNo: 33_240, before: null, limit: 50 });
      return reply.ok ? reply.value.length : -1;
    });
  const before = await sent();
  await product.fill('801');
  await sends();
  await named.waitFor();
  await product.fill('802');
  await sends();
  await dialog.getByRole('button', { name: 'Brew anyway' }).waitFor();
  await named.waitFor();
  expect(await sent()).toBe(before);
  await sends();
  await dialog.waitFor({ state: 'hidden' });
  expect(await sent()).toBe(before + 1);
});
