/**
 * Support tools in the real app. The support file is previewed before it is saved, and has no private data of this run.
 * The doctor runs on the command line before a window exists, and in the window.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { checkNames, type DoctorResult } from '#shared/doctor';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, newDataFolder, ownDisplay, type TestApp } from '../builders/app';
import { go, logIn, openFile, tab } from '../builders/captureScreens';
import { factsOf } from '../builders/doctor';
import { openStore } from '../builders/journal';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

/** The previous run has left a note about a crash. */
const shared = sharedApp(async () => {
  const dataDirectory = await newDataFolder();
  const note = { what: 'server', at: 1_764_000_000_000, again: true, seen: false, reason: 'a bug' };
  await mkdir(join(dataDirectory, 'crashes'), { recursive: true });
  await writeFile(join(dataDirectory, 'crashes', '1764000000000-server.json'), JSON.stringify(note));
  return { dataDirectory, switches: ['--simulate', '3'] };
});
const clients: RawClient[] = [];
const folder = useFolder('all');
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const dialogOf = ({ page }: TestApp): Locator => page.getByRole('dialog', { name: 'Support file' });

/** By the button in the settings. Waits until the whole file is collected. */
async function opened(app: TestApp): Promise<Locator> {
  await go(app, '#/settings/computer');
  await app.page.getByRole('button', { name: 'Save support file…' }).click();
  const dialog = dialogOf(app);
  await dialog
    .getByRole('row', { name: /^Total/ })
    .or(dialog.locator('tfoot'))
    .first()
    .waitFor();
  return dialog;
}
async function putFramesIn(dialog: Locator): Promise<void> {
  await dialog.getByRole('checkbox', { name: 'All machines' }).check();
  await dialog.getByRole('button', { name: 'Add frames' }).click();
  await dialog.getByRole('button', { name: 'Add again' }).waitFor();
}
/** By hand, except for the system's dialog. */
async function saveTo({ electron }: TestApp, dialog: Locator, path: string): Promise<void> {
  await electron.evaluate(({ dialog: system }, chosen) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
  await dialog.getByRole('button', { name: 'Save as…' }).click();
}

/** Every member, as another program reads it. */
function unzipped(zip: string): ReadonlyMap<string, Buffer> {
  const script =
    'import base64, json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({n: base64.b64encode(z.read(n)).decode() for n in z.namelist()}))';
  const out = execFileSync('python3', ['-c', script, zip], { maxBuffer: 1e9 }).toString();
  const members = JSON.parse(out) as Readonly<Record<string, string>>;
  return new Map(Object.entries(members).map(([name, text]) => [name, Buffer.from(text, 'base64')]));
}

const codes = ['q7w8e9r0', 'Zx81Kl2m'];
const orders = ['594f803b380a41396ed63dca39503542', '1732579200000000001', 'A-17-9c31-x2'];
const payments = ['weixin://wxpay/bizpayurl?pr=Zq81kLm', 'https://qr.alipay.com/bax0333 付款'];

/** A short day: orders of both platforms, payments, codes, a broken frame, and errors that a person saw. */
async function traffic(app: TestApp): Promise<void> {
  const { page } = app;
  const client = await logIn(app, 33_232);
  clients.push(client);
  for (const [index, code] of codes.entries())
    await page.evaluate(
      ([vmcNo, secret]) => window.crema.request('setMachineCode', { vmcNo, code: secret }),
      [33_232 + index, code] as const,
    );
  await page.evaluate(
    (code) => window.crema.request('setMachine', { vmcNo: 33_232, patch: { name: `Lobby ${code}` } }),
    codes[0],
  );
  for (const order of orders) {
    const number = /^\d+$/.test(order) ? order : `"${order}"`;
    client.send(
      decimalFrame(
        `{"cmd":"qrcode","vmc_no":33232,"qr_type":"wx_pub","product_id":8,"Amount":900,"order_no":${number}}`,
      ),
    );
    await client.until(() => String(client.received).split('qrcode_r').length > orders.indexOf(order) + 1);
    for (const payment of payments) {
      const text = JSON.stringify({
        cmd: 'qrcode_r',
        vmc_no: 33_232,
        qr_type: 'wx_pub',
        qrcode: payment,
        order_no: order,
      });
      await page.evaluate(
        (body) =>
          window.crema.request('sendFrame', {
            vmcNo: 33_232,
            content: { as: 'text', text: body, head: 'machine' },
          }),
        text,
      );
    }
    client.send(
      decimalFrame(
        `{"cmd":"productdone","vmc_no":33232,"ProductId":8,"isok":false,"failreason":"order ${order} was not taken","order_no":${number}}`,
      ),
    );
    await client.until(
      () => String(client.received).split('productdone_r').length > orders.indexOf(order) + 1,
    );
  }
  client.send(decimalFrame(`{"cmd":"facepay","vmc_no":33232,"auth":"${codes[1]}","order_no":"${orders[2]}"`));
  client.send(
    decimalFrame(`{"cmd":"upordrecipe","vmc_no":33232,"order_no":"${orders[0]}","recipe":{"10009":"12.50"}}`),
  );
  await client.until(() => client.received.includes('upordrecipe_r'));
  await page.evaluate(
    (text) => window.crema.request('reportProblem', { where: 'order', detail: text }),
    `${orders.join(' ')} ${codes.join(' ')}`,
  );
}

/** Saves again from the collected data; then none of them are kept. */
async function leavesPartsOut(app: TestApp, dialog: Locator): Promise<void> {
  await dialog.getByRole('checkbox', { name: 'Include: Log' }).uncheck();
  await saveTo(app, dialog, folder('nowhere', 'x.zip'));
  await dialog.getByRole('alert').filter({ hasText: 'The file can’t be written' }).waitFor();
  const zip = folder('without.zip');
  await saveTo(app, dialog, zip);
  await dialog.getByRole('status').filter({ hasText: zip }).waitFor();
  const members = unzipped(zip);
  expect([...members.keys()].filter((name) => name.startsWith('log/'))).toEqual([]);
  expect(JSON.parse(String(members.get('manifest.json')))).toMatchObject({ leftOutByChoice: ['log'] });
  expect((await readdir(folder())).filter((name) => name.includes('.part'))).toEqual([]);
  // Closing the dialog discards the collected data.
  await app.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  const reply = await app.page.evaluate(() => window.crema.request('supportSave', { without: [] }));
  expect(reply).toMatchObject({ ok: false, error: { code: 'supportGone' } });
}

describe('the support file', () => {
  it('contains no private data of the run, in any member, and its frames open again; a person excludes parts, a refused path loses nothing, and closing leaves nothing', async () => {
    const app = await shared();
    await traffic(app);
    // The virtual machines have sent enough.
    await app.page.evaluate(() => window.crema.request('simulate', { count: 0, platform: 'mixed' }));
    const dialog = await opened(app);
    // The dialog lists the members with their sizes before saving.
    for (const part of [
      'Versions of Crema',
      'Settings, without secrets',
      'Adapters',
      'Facts about the records',
      'Free disk space',
      'Results of “Check this computer”',
      'Log',
    ])
      expect(await dialog.getByRole('row').filter({ hasText: part }).last().innerText()).toMatch(
        /\d (?:B|KiB|MiB)$/,
      );
    await putFramesIn(dialog);
    await dialog.getByRole('row').filter({ hasText: 'all machines, last 2 h' }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    const zip = folder('support.zip');
    await saveTo(app, dialog, zip);
    await dialog.getByRole('status').filter({ hasText: zip }).waitFor();
    const members = unzipped(zip);
    expect([...members.keys()]).toEqual(
      expect.arrayContaining([
        'manifest.json',
        'versions.json',
        'settings.json',
        'network.json',
        'journal.json',
        'disk.json',
        'doctor.json',
        'log/crema.log',
        'frames/frames.jsonl',
      ]),
    );
    expect(JSON.parse(String(members.get('settings.json')))).toMatchObject({
      machines: { 33232: { code: expect.stringMatching(/keyStore|memory/) as string } },
    });

    await leavesPartsOut(app, dialog);
    // Crema opens its frames, whose texts and bytes contain nothing more.
    const again = folder('frames.jsonl');
    await writeFile(again, members.get('frames/frames.jsonl') ?? '');
    await go(app, '#/inspector');
    await openFile(app, again);
    await tab(app, 'frames.jsonl').waitFor();
    const reread = await app.page.evaluate(async () => {
      const filter = { vmcNo: 33_232, dir: null, cmd: null, text: '' };
      const page = { filter, place: { before: null }, limit: 200 };
      const frames = await window.crema.request('frames', page, 1);
      const texts: string[] = [];
      for (const { id } of frames.ok ? frames.value.rows : []) {
        const frame = await window.crema.request('frame', { id }, 1);
        if (frame.ok)
          texts.push(
            String.fromCharCode(...frame.value.bytes),
            frame.value.fullText,
            JSON.stringify(frame.value.json),
          );
      }
      return texts;
    });
    expect(reread.length).toBeGreaterThan(60);
    expect(reread.join('\n')).toContain('"cmd":"upordrecipe"');

    const store = openStore(join(app.dataDirectory, 'journal.sqlite'));
    const said = store
      .entriesAfter(0, 100_000)
      .flatMap((entry) => (entry.kind === 'frame' ? [Buffer.from(entry.bytes).toString('utf8')] : []))
      .join('\n');
    store.close();
    const secrets = new Set([
      ...codes,
      ...payments,
      ...orders,
      ...[...said.matchAll(/"(?:order_no|qrcode|sign)"\s*:\s*"?([^",}]{6,})/g)].map(([, secret = '']) =>
        secret.trim(),
      ),
    ]);
    // Including the texts of the virtual machines.
    expect(secrets.size).toBeGreaterThan(codes.length + payments.length + orders.length + 3);
    const all = new Map([...members].map(([name, bytes]) => [name, bytes.toString('utf8')]));
    all.set('read again', reread.join('\n'));
    for (const secret of secrets)
      for (const [name, text] of all) expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
  });

  it('is reached from a crash note, by keys, in both languages', async () => {
    const app = await shared('zh-CN');
    const { page } = app;
    await page.getByRole('button', { name: '查看经过' }).click();
    await page
      .getByRole('dialog', { name: '事情经过' })
      .getByRole('button', { name: '保存支持文件…' })
      .press('Enter');
    const dialog = page.getByRole('dialog', { name: '支持文件' });
    await dialog
      .getByRole('row')
      .filter({ hasText: '意外停止的说明' })
      .filter({ hasText: '2个文件' })
      .waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});

/** Depends on the user of this run: as root there is no sandbox. */
const isRoot = process.getuid?.() === 0;
const anyPorts = ['--machine-listen', '127.0.0.1:0', '--update-listen', '127.0.0.1:0'];

async function doctor(
  switches: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const executable = process.env['CREMA_ELECTRON'] ?? '';
  const root = isRoot ? ['--no-sandbox'] : [];
  const child = spawn(
    executable,
    [...root, '--log-level=3', '--disable-gpu', '.', '--doctor', ...anyPorts, ...switches],
    { env: { ...ownDisplay(), ...env } },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}
const amiss = (results: readonly DoctorResult[]): readonly string[] =>
  results
    .filter(({ level, check }) => level !== 'ok' && check !== 'adapters')
    .map(({ check, code }) => `${check} ${code}`);

describe('--doctor', () => {
  it('ends before there is a window, and creates no data folder and no file in a home folder', async () => {
    const home = folder('home');
    mkdirSync(home);
    const env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_CACHE_HOME: join(home, 'cache') };
    const data = folder('doctor-data');
    // For the folder in the home: packaged.test.ts.
    const { code, out } = await doctor(['--json', '--data-dir', data], env);
    const results = JSON.parse(out) as readonly DoctorResult[];
    expect([...new Set(results.map(({ check }) => check))]).toEqual(checkNames);
    expect(amiss(results)).toEqual(isRoot ? ['sandbox root'] : []);
    expect(code).toBe(results.some(({ level }) => level === 'warning') ? 1 : 0);
    expect(factsOf(home)?.slice(1)).toEqual([]);
    expect(existsSync(data)).toBe(false);
  });

  it('beside a running Crema on the same folder: takes nothing from it, and is not a second start', async () => {
    const app = await shared();
    const windows = (): Promise<number> =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    await app.electron.evaluate(({ app: running }) => {
      running.on('second-instance', () => Object.assign(globalThis, { secondInstance: true }));
    });
    const { out } = await doctor([
      '--json',
      '--data-dir',
      app.dataDirectory,
      '--machine-listen',
      `127.0.0.1:${app.machinePort}`,
    ]);
    const results = JSON.parse(out) as readonly DoctorResult[];
    expect(results.find(({ check }) => check === 'machinePort')?.code).toBe('oursHere');
    expect(results.find(({ check }) => check === 'journal')?.level).toBe('ok');
    expect(await windows()).toBe(1);
    expect(
      await app.electron.evaluate(() => (globalThis as { secondInstance?: boolean }).secondInstance ?? false),
    ).toBe(false);
  });
});

it('"Check this computer" in the window, by the keyboard: the same lines as on a terminal, read aloud, and copied as text, in both languages', async () => {
  const app = await shared();
  const { page } = app;
  await go(app, '#/settings/computer');
  const start = page.getByRole('button', { name: 'Check this computer' });
  await start.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Firewall: If machines').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Check again' }).waitFor();
  const panel = page.getByRole('region', { name: 'This computer' });
  const lines = await panel.getByRole('listitem').allInnerTexts();
  expect(lines.length).toBeGreaterThanOrEqual(checkNames.length);
  expect(await panel.getByRole('img', { name: 'OK' }).count()).toBeGreaterThanOrEqual(checkNames.length - 4);
  await panel
    .getByText(
      `Port for machines: Crema is listening on 127.0.0.1:${app.machinePort}: only this computer can reach it.`,
    )
    .waitFor();
  expect(await panel.getByText('Records: The records are intact').count()).toBe(1);
  const copy = panel.getByRole('button', { name: 'Copy as text' });
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => copiedBy(app)).toMatch(/^✓ Runtime: [\s\S]*\n✓ Firewall: /);
  expect((await copiedBy(app)).split('\n')).toEqual(lines.map((line) => line.replace(/\s+/, ' ')));
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.evaluate(() => window.crema.request('setSettings', { language: 'zh-CN' }));
  await page
    .getByRole('region', { name: '本机' })
    .getByText('机器服务自检：登录和心跳均得到应答。')
    .waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
});
