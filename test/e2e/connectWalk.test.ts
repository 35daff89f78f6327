/** The "Nothing comes: find out why" walk in the real window, each case with real incoming data. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Maximum number of connected machines. */
const room = 24;
let app: TestApp;
let port = 0;
/** A port that another program uses. */
let used = 0;
const holders: Server[] = [];
afterAll(() => {
  for (const holder of holders) holder.close();
});
const shared = sharedApp(async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  holders.push(other);
  used = (other.address() as AddressInfo).port;
  return { switches: ['--machine-listen', `127.0.0.1:${used}`, '--connections', String(room)] };
});
const pictures = process.env['CREMA_PICTURES'];
let taken = 0;

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return;
  taken += 1;
  await app.page.screenshot({ path: join(pictures, `${String(taken).padStart(2, '0')} ${name}.png`) });
}

const stop = () => app.page.locator('[data-state="stop"]');

/** The walk stops only at this step. With `chinese` it is checked in both languages and for accessibility problems. */
async function stopsAt(step: string, code: string, english: string, chinese?: string): Promise<void> {
  await app.page.locator(`[data-step="${step}"][data-code="${code}"][data-state="stop"]`).waitFor();
  expect(await stop().count()).toBe(1);
  await stop().getByText(english).first().waitFor();
  await picture(`${step} ${code} en`);
  if (chinese === undefined) return;
  await speak('zh-CN');
  await stop().getByText(chinese).first().waitFor();
  await picture(`${step} ${code} zh`);
  expect(await accessibilityProblems(app)).toEqual([]);
  await speak('en');
}

async function speak(language: 'en' | 'zh-CN'): Promise<void> {
  await app.page.evaluate((to) => window.crema.request('setSettings', { language: to }), language);
  await app.page.locator(`html[lang="${language}"]`).waitFor();
}

async function listen(host: string, wanted: number): Promise<void> {
  const found = await app.page.evaluate(
    async (at) => {
      await window.crema.request('listen', { which: 'machines', ...at });
      const snapshot = await window.crema.request('snapshot', undefined);
      return snapshot.ok ? snapshot.value.listeners.machines : null;
    },
    { host, port: wanted },
  );
  expect(found).toMatchObject({ status: 'listening', host });
  port = found?.status === 'listening' ? found.port : 0;
}

async function client(): Promise<RawClient> {
  const one = await RawClient.open(port);
  ends.push(() => one.socket.destroy());
  return one;
}
const login = (vmcNo: number | string): string =>
  decimalFrame(
    `{"cmd":"login","vmc_no":${JSON.stringify(vmcNo)},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
  );
async function left(one: RawClient): Promise<void> {
  one.socket.destroy();
  await one.until(() => one.closed);
}
const expected = () => app.page.getByLabel('Machine number (optional)');
const fold = (name: string) => app.page.locator(`[data-fold="${name}"]`);
const unfold = (name: string): Promise<void> =>
  fold(name).getByRole('button', { expanded: false }).first().click();
/** The window's clock. */
async function isLater(ms: number): Promise<void> {
  await app.page.evaluate((by) => {
    const kept = globalThis as { realNow?: () => number };
    const now = (kept.realNow ??= Date.now.bind(Date));
    Date.now = () => now() + by;
  }, ms);
}

describe('Connect, when no machine comes', () => {
  const folder = useFolder();

  it('stops at the first step that fails, and shows what arrived', { timeout: 400_000 }, async () => {
    app = await shared();
    const { page } = app;
    await go(app, '#/connect');
    await unfold('steps');
    await stopsAt('listening', 'inUse', `Port ${used} is used by another program`);

    await page.evaluate(() =>
      window.crema.request('listen', { which: 'machines', host: 'fe80::1', port: 4567 }),
    );
    await stopsAt('listening', 'other', 'Crema can’t listen on [fe80::1]:4567');

    await listen('127.0.0.1', 0);
    await stopsAt('reachable', 'loopback', 'Only this computer can reach the address');

    await listen('0.0.0.0', 0);
    await page.locator('[data-step="selfTest"][data-code="answered"]').waitFor();
    // A machine takes up to two minutes to start, so nothing is wrong yet.
    await page.getByText(/^Waiting for a machine… \d:\d\d$/).waitFor();
    expect(await stop().count()).toBe(0);
    expect(await page.locator('[data-check="ownAddress"][data-state="ok"]').count()).toBe(1);
    await isLater(120_000);
    await stopsAt('arrives', 'nothing', `No connection on port ${port} yet.`, `端口 ${port} 暂未收到连接`);
    expect(await stop().getByRole('listitem').count()).toBe(3);
    await isLater(0);
    await unfold('firewall');
    await fold('firewall').getByText(`sudo ufw allow ${port}/tcp`).waitFor();
    for (const system of ['Windows', 'macOS'])
      await fold('firewall').getByText(system, { exact: true }).click();
    await fold('firewall').getByText('socketfilterfw').waitFor();
    // A self-test is not a machine's connection, so it left no entry.
    await page.getByRole('button', { name: 'Test this computer’s address' }).click();
    await page.locator('[data-step="selfTest"][data-code="answered"]').waitFor();
    const snapshot = await page.evaluate(() => window.crema.request('snapshot', undefined));
    expect(snapshot.ok && snapshot.value.arrivals).toEqual([]);

    const mute = await client();
    await stopsAt('bytes', 'none', 'Connected, but no data received.');
    mute.send('hello?');
    await stopsAt('frames', 'none', '68 65 6C 6C 6F 3F', '68 65 6C 6C 6F 3F');
    await stop().getByText('hello?').waitFor();
    await left(mute);

    const browser = await client();
    browser.send('GET / HTTP/1.1\r\nHost: 192.168.1.20\r\n\r\n');
    await stopsAt('frames', 'http', 'a browser or another program');
    await left(browser);

    const secure = await client();
    secure.send(Uint8Array.of(22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3));
    await stopsAt('frames', 'tls', 'of TLS received. The sender is a browser or another program');
    await left(secure);

    const speaks = await client();
    speaks.send(decimalFrame('{"cmd":"hb"}'));
    await stopsAt('login', 'none', 'Frames arrive, but no login.');
    await stop().getByText('{"cmd":"hb"}').waitFor();

    const nameless = await client();
    nameless.send(login('abc'));
    await stopsAt('number', 'invalid', 'vmc_no is “abc”');
    await left(nameless);

    await expected().fill('7');
    speaks.send(login(33_232));
    await stopsAt('number', 'other', 'Machine 33232 connected. The expected number is 7.');
    await expected().fill('33232');
    await page.locator('[data-state="stop"]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Open machine 33232/ }).waitFor();

    await left(speaks);
    await stopsAt('stays', 'left', 'the machine closed the connection');
    await stop().getByText('"cmd":"login"').waitFor();

    await page.evaluate(() => window.crema.request('setMachineCode', { vmcNo: 33_232, code: 'abcdefgh' }));
    await page.evaluate(() =>
      window.crema.request('setMachine', { vmcNo: 33_232, patch: { signPolicy: 'enforce' } }),
    );
    const wrong = await client();
    wrong.send(login(33_232));
    await stopsAt('policy', 'sign', 'the sign does not match');
    await left(wrong);

    const many = await client();
    for (const vmcNo of [1, 2, 3, 4]) many.send(login(vmcNo));
    await many.until(() => many.closed);
    await expected().fill('');
    await stopsAt('policy', 'numbers', 'used too many machine numbers');
    await expected().fill('33232');

    await page.evaluate(() =>
      window.crema.request('setDirectLink', { link: { vmcNo: 5, tells: true }, host: null }),
    );
    const reserved = await client();
    reserved.send(login(33_232));
    await stopsAt('policy', 'reserved', 'the direct link serves another one');
    await left(reserved);
    await page.evaluate(() => window.crema.request('setDirectLink', { link: null, host: null }));

    // All places are taken: an unknown machine gives way to the next.
    const comes = async (vmcNo: number): Promise<RawClient> => {
      const one = await client();
      one.send(login(vmcNo));
      await one.until(() => one.received.includes('"login_r"'));
      return one;
    };
    const first = await comes(11);
    const [second, last] = [12, 11 + room];
    for (let vmcNo = second; vmcNo < last; vmcNo += 1) await comes(vmcNo);
    await expected().fill('11');
    await comes(last);
    await first.until(() => first.closed);
    await stopsAt('policy', 'crowded', 'all connections were in use', '连接数已满');

    // If a person has registered all of them, none gives way.
    await page.evaluate(
      async ([from, to]) => {
        for (let n = from; n <= to; n += 1)
          await window.crema.request('setMachine', { vmcNo: n, patch: { name: `M${n}` } });
      },
      [second, last] as const,
    );
    await expected().fill('11');
    const turnedAway = await client();
    await turnedAway.until(() => turnedAway.closed);
    await expected().fill('99');
    await stopsAt('policy', 'full', `all ${room} connections are in use`);

    // An earlier arrival does not explain why real machines can't connect.
    await expected().fill(String(last));
    await listen('127.0.0.1', 0);
    await page.locator('[data-step="reachable"][data-state="stop"]').waitFor();
    expect(await stop().locator('[data-conn]').count()).toBe(0);
  });

  it('the input for the machine is shown large with a QR code, and saved as PDF', async () => {
    const file = folder('sheet.pdf');
    app = await shared();
    const { page, electron } = app;
    await listen('127.0.0.1', 0);
    await go(app, '#/connect');
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await page.getByRole('button', { name: 'Show large' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Enter this in the machine' });
    const where = await dialog.locator('[data-qr]').getAttribute('data-qr');
    await dialog.getByRole('img', { name: `QR code with the text ${where}` }).waitFor();
    await picture('sheet en');
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.evaluate(() => window.crema.request('setSettings', { theme: 'dark' }));
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await page.emulateMedia({ media: 'print' });
    await picture('sheet print');
    // In a dark scheme the edge of the paper would be black.
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
    expect(await page.locator('#root').isVisible()).toBe(false);
    expect(await dialog.getByRole('button').count()).toBe(0);
    await page.emulateMedia({ media: null });
    await dialog.getByRole('button', { name: 'Save as PDF to print' }).click();
    await dialog.getByText('Saved: sheet.pdf').waitFor();
    const pdf = readFileSync(file).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    await speak('zh-CN');
    await page.getByRole('dialog', { name: '请在机器上填写' }).waitFor();
    await picture('sheet zh dark');
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await picture('connect zh dark');
    await callsMachine();
    await manyComeBack();
  });
});

/** An outbound connection, as to a serial server: entered, served, closed, connected again, and removed. */
async function callsMachine(): Promise<void> {
  const { page } = app;
  await speak('en');
  const calls: Socket[] = [];
  let hangsUp = false;
  const machine = createServer((socket) => {
    if (hangsUp) return void socket.destroy();
    calls.push(socket.on('error', () => undefined).resume());
    socket.write(login(33_299));
  });
  await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve));
  ends.push(() => machine.close());
  const at = (machine.address() as AddressInfo).port;
  for (const name of ['dials', 'directLink']) await unfold(name);
  const panel = page.getByRole('region', { name: 'Connect to a machine' });
  const host = panel.getByRole('textbox', { name: 'Address or name' });
  const typedPort = panel.getByRole('textbox', { name: 'Port' });
  const call = async (typed: string, number: number | string): Promise<void> => {
    await host.fill(typed);
    await typedPort.fill(String(number));
    await page.keyboard.press('Enter');
  };
  await call('not an address', at);
  await panel.getByText('Enter an IP address such as 192.168.1.50, or a name.').waitFor();
  await call('127.0.0.1', '70000');
  await panel.getByText('1 to 65535').waitFor();
  // The address is Crema's own. The input stays.
  await call('127.0.0.1', port);
  await panel.getByText('is Crema’s own listening address').waitFor();
  expect(await typedPort.inputValue()).toBe(String(port));
  // The input also stays while another screen is open.
  const direct = page.getByRole('region', { name: 'Direct link', exact: true });
  await direct.getByLabel('Number, if known').fill('33299');
  await direct.getByLabel('Reject other machines at login (ret 3)').check();
  await go(app, '#/machines');
  await host.waitFor({ state: 'detached' });
  await go(app, '#/connect');
  expect([await host.inputValue(), await typedPort.inputValue()]).toEqual(['127.0.0.1', String(port)]);
  expect(await direct.getByLabel('Number, if known').inputValue()).toBe('33299');
  expect(await direct.getByLabel('Reject other machines at login (ret 3)').isChecked()).toBe(true);
  expect(await accessibilityProblems(app)).toEqual([]);

  // A serial server accepts every connection, so an accepted connection does not prove a machine.
  const mute = createServer((socket) => void socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  ends.push(() => mute.close());
  const silent = (mute.address() as AddressInfo).port;
  await call('127.0.0.1', silent);
  const other = page.locator(`[data-dial="127.0.0.1:${silent}"]`);
  await other.getByText('no machine has reported its number').waitFor();
  await other.getByRole('button', { name: /^Remove/ }).click();
  await other.waitFor({ state: 'detached' });

  await call('127.0.0.1', at);
  const line = page.locator(`[data-dial="127.0.0.1:${at}"]`);
  await line.getByText('machine 33299, connected for').waitFor();
  await picture('dial connected en');
  await page.waitForFunction(() => document.body.innerText.includes('33299'));
  // The server closes repeatedly, until the next automatic call is some seconds away.
  hangsUp = true;
  calls[0]?.destroy();
  await line.getByText(/Reconnects in [67] s/).waitFor();
  hangsUp = false;
  await line.getByRole('button', { name: 'Connect now' }).click();
  await line.getByText('connected for').waitFor();
  expect(calls).toHaveLength(2);
  expect(await accessibilityProblems(app)).toEqual([]);
  await speak('zh-CN');
  await picture('dial connected zh');
  await line.getByRole('button', { name: /移除/ }).click();
  await line.waitFor({ state: 'detached' });
  await expect.poll(() => calls[1]?.destroyed).toBe(true);
}

/** As after a power cut, with the connection that was just opened: one event, in both languages, until a person has seen it. */
async function manyComeBack(): Promise<void> {
  const { page } = app;
  await speak('en');
  const all = async (): Promise<void> => {
    const clients = await Promise.all(Array.from({ length: 20 }, client));
    for (const [at, one] of clients.entries()) one.send(login(41_000 + at));
    await Promise.all(clients.map((one) => one.until(() => one.received.length > 0)));
    for (const one of clients) one.socket.destroy();
  };
  await all();
  const banner = page.getByRole('status').filter({ hasText: 'reconnected within' });
  expect(await banner.count()).toBe(0);
  await all();
  await banner.getByText(/^2[01] machines reconnected within \d+ s\.$/).waitFor();
  await picture('storm en');
  expect(await accessibilityProblems(app)).toEqual([]);
  await speak('zh-CN');
  await page.getByText(/^\d+秒内有2[01]台机器重连。$/).waitFor();
  await picture('storm zh');
  await page
    .getByRole('status')
    .filter({ hasText: '台机器重连' })
    .getByRole('button', { name: '知道了' })
    .click();
  await page.getByText(/台机器重连。$/).waitFor({ state: 'detached' });
}
