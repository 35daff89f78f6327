/**
 * The real app in its own network namespace, in which connectNamespace.test.ts runs it. Cables are pairs of virtual adapters,
 * whose other ends are in a second namespace. Prints on stdout the step at which the walk of Connect stops while a cable is
 * plugged in, gets addresses, and carries a machine. Then prints the window's text while adapters are chosen, unplugged
 * and plugged in again.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { decimalFrame } from '../builders/server';

const [machine = '', folder = ''] = process.argv.slice(2);
const ip = (...args: readonly string[]): void => void execFileSync('ip', args);
const there = (...args: readonly string[]): void => ip('netns', 'exec', machine, 'ip', ...args);
const pictures = process.env['CREMA_PICTURES'];
const says = (what: string): void => void process.stdout.write(`${what}\n`);

function plugIn(name: string, host: string, other: string): void {
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-m`, 'netns', machine);
  there('link', 'set', `${name}-m`, 'up');
  there('addr', 'add', `${other}/24`, 'dev', `${name}-m`);
  ip('link', 'set', name, 'up');
  ip('addr', 'add', `${host}/24`, 'dev', name);
}

const machines: ChildProcess[] = [];
/** A machine on the other end of a cable, which logs in and stays. Without a number it sends nothing. */
function connects(vmcNo: number | null, host: string): void {
  const login = `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`;
  const hex = vmcNo === null ? '' : Buffer.from(decimalFrame(login)).toString('hex');
  const script = `require('node:net').connect(4567, '${host}', function () { this.write(Buffer.from('${hex}', 'hex')) }).resume().on('error', () => 0)`;
  machines.push(spawn('ip', ['netns', 'exec', machine, process.execPath, '-e', script], { stdio: 'ignore' }));
}

ip('link', 'set', 'lo', 'up');
there('link', 'set', 'lo', 'up');
const first = '10.77.0.1';
const app = await startApp({
  dataDirectory: folder,
  size: { width: 1366, height: 768 },
  language: null,
  switches: ['--machine-listen', `${first}:4567`],
});
try {
  const { page } = app;
  const look = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    for (const language of ['zh-CN', 'en'] as const) {
      await page.evaluate((to) => window.crema.request('setSettings', { language: to }), language);
      await page.locator(`html[lang="${language}"]`).waitFor();
      await page.screenshot({ path: `${pictures}/adapters ${name} ${language}.png` });
    }
  };
  const card = (host: string) => page.locator(`[data-address="${host}"]`);
  const seen = async (what: string, text: string): Promise<void> => {
    await page.getByText(text, { exact: false }).first().waitFor({ timeout: 30_000 });
    says(what);
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  await page.evaluate(() => window.crema.request('setSettings', { language: 'en' }));
  await page.locator('html[lang="en"]').waitFor();
  await go(app, '#/connect');
  for (const name of ['steps', 'addresses', 'directLink'])
    await page.locator(`[data-fold="${name}"] button[aria-expanded]`).click();
  // As if Crema had listened for longer than a machine takes to start.
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 120_000;
  });

  // The walk, with one cable.
  const listen = (at: string, port = 4567): Promise<unknown> =>
    page.evaluate((to) => window.crema.request('listen', { which: 'machines', ...to }), { host: at, port });
  const stopsAt = async (what: string, step: string, code: string): Promise<void> => {
    const line = page.locator(`[data-step="${step}"][data-code="${code}"]`);
    await line.waitFor({ timeout: 30_000 });
    await look(`${step} ${code}`);
    says(`${what}: ${await line.getAttribute('data-state')} ${step} ${code}`);
  };
  await stopsAt('no adapter', 'adapter', 'none');
  await listen('0.0.0.0', 80);
  await stopsAt('a port for administrators', 'listening', 'denied');
  await listen(first);
  ip('link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'cable-m', 'netns', machine);
  ip('link', 'set', 'cable', 'up');
  await stopsAt('the other end is off', 'adapter', 'noLink');
  there('link', 'set', 'cable-m', 'up');
  ip('addr', 'add', '10.99.0.1/24', 'dev', 'cable');
  await stopsAt('another address', 'adapter', 'gone');
  ip('addr', 'del', '10.99.0.1/24', 'dev', 'cable');
  ip('addr', 'add', '169.254.7.7/16', 'dev', 'cable');
  await listen('0.0.0.0');
  await stopsAt('a self-given address', 'adapter', 'selfGiven');
  ip('addr', 'add', `${first}/24`, 'dev', 'cable');
  await listen(first);
  await stopsAt('our own address', 'selfTest', 'answered');
  // Another program on this computer blocks the step too.
  const route = ['local', first, 'dev', 'cable', 'table', 'local'];
  ip('route', 'del', ...route);
  await page.getByRole('button', { name: 'Test this computer’s address' }).click();
  await stopsAt('our own address is kept from us', 'selfTest', 'failed');
  ip('route', 'add', ...route);
  await page.getByRole('button', { name: 'Test again' }).click();
  await stopsAt('nothing comes', 'arrives', 'nothing');
  await listen('127.0.0.1');
  await stopsAt('loopback only', 'reachable', 'loopback');
  await listen(first);
  there('addr', 'add', '10.77.0.2/24', 'dev', 'cable-m');
  connects(null, first);
  await stopsAt('a machine through the cable', 'adapter', 'proved');
  await stopsAt('it says nothing', 'bytes', 'none');

  // Two cables. The script may lack the privilege for low ports, and DHCP needs one.
  writeFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', '67');
  for (const one of machines.splice(0)) one.kill();
  ip('link', 'del', 'cable');
  await listen('127.0.0.1');
  plugIn('cable', first, '10.77.0.2');
  plugIn('radio', '10.78.0.1', '10.78.0.2');
  await card('10.77.0.1').locator('[data-kind="virtual"][data-link="up"]').waitFor();
  says('both adapters are listed');
  await card('10.77.0.1').getByRole('button', { name: 'Listen here' }).click();
  await press('Start listening');
  await card('10.77.0.1').and(page.locator('[data-here]')).waitFor();
  await card('10.78.0.1').getByRole('button', { name: 'Listen here too' }).click();
  await look('too');
  await press('Start listening');
  await card('10.78.0.1').and(page.locator('[data-here]')).waitFor();
  await seen('both are listened on', '10.77.0.1:4567 (cable), 10.78.0.1:4567 (radio)');
  // Adapters for machines come first.
  const downloadsAt = async (): Promise<readonly string[]> => {
    const listeners = await page.evaluate(() => window.crema.request('snapshot', undefined));
    if (!listeners.ok) throw new Error('no snapshot');
    const { updates } = listeners.value.listeners;
    return updates.status === 'listening' ? [updates, ...updates.others].map(({ host }) => host) : [];
  };
  const late = Date.now() + 30_000;
  while ((await downloadsAt()).length < 2 && Date.now() < late) await pause(50);
  says(`downloads at ${(await downloadsAt()).join(' and ')}`);
  connects(77, '10.77.0.1');
  await seen('a machine comes by the first', 'Latest: 77');
  await look('both');
  there('link', 'set', 'cable-m', 'down');
  await page.locator('[data-adapter="cable"] [data-link="down"]').waitFor({ timeout: 30_000 });
  await seen('its cable is pulled', 'The adapter cable (10.77.0.1) has no link.');
  await look('pulled');
  ip('addr', 'del', '10.77.0.1/24', 'dev', 'cable');
  there('link', 'set', 'cable-m', 'up');
  await seen('its address is gone', 'No adapter of this computer has the address 10.77.0.1.');
  connects(78, '10.78.0.1');
  await seen('a machine comes by the other', 'Latest: 78');
  await look('gone');
  ip('addr', 'add', '10.77.0.9/24', 'dev', 'cable');
  await seen('it is back with another address', 'It came back with 10.77.0.9 instead of 10.77.0.1.');
  await look('moved');
  await press('Wait for 10.77.0.1');
  await seen('it is waited for', 'No adapter of this computer has the address 10.77.0.1.');
  ip('addr', 'add', '10.77.0.1/24', 'dev', 'cable');
  await card('10.77.0.1').and(page.locator('[data-here]')).waitFor({ timeout: 30_000 });
  says('with its address it is taken up again');
  ip('link', 'del', 'cable');
  await seen('the adapter is gone', 'No adapter of this computer has the address 10.77.0.1.');
  plugIn('cable', '10.77.0.5', '10.77.0.2');
  await press('Listen on 10.77.0.5');
  await card('10.77.0.5').and(page.locator('[data-here]')).waitFor({ timeout: 30_000 });
  connects(79, '10.77.0.5');
  await seen('it is followed to its new address', 'Latest: 79');

  // One machine on one cable, without a DHCP server.
  for (const one of machines.splice(0)) one.kill();
  ip('link', 'del', 'cable');
  plugIn('cable', '169.254.7.7', '169.254.7.8');
  const panel = page.getByRole('region', { name: 'Direct link', exact: true });
  await panel.getByLabel('Adapter').selectOption('cable');
  await panel.getByText('192.168.10.2').waitFor({ timeout: 30_000 });
  says(`what to type is said: ${(await panel.locator('code').allInnerTexts()).join('; ')}`);
  await look('self-given');
  await panel.getByRole('button', { name: 'Wait for the address and listen' }).click();
  ip('addr', 'add', '192.168.10.1/24', 'dev', 'cable');
  await panel.getByText('Crema is listening there.').waitFor({ timeout: 30_000 });
  // The instructions for the machine remain.
  await panel.getByText('192.168.10.2').waitFor();
  says('with the fixed address it is listened there');
  await look('fixed');
  ip('addr', 'del', '192.168.10.1/24', 'dev', 'cable');
  await panel.getByRole('button', { name: 'Stop waiting' }).click({ timeout: 30_000 });
  await panel.getByText('From this computer (DHCP)').click();
  says(`or how to share: ${(await panel.locator('code').allInnerTexts()).join('; ')}`);
  await panel.getByRole('button', { name: 'Wait for the address and listen' }).click();
  await look('watching');
  // As NetworkManager does.
  ip('addr', 'add', '10.42.0.1/24', 'dev', 'cable');
  writeFileSync('/proc/sys/net/ipv4/conf/cable/forwarding', '1');
  const dhcp = createSocket('udp4');
  await new Promise<void>((done) => dhcp.bind(67, '0.0.0.0', done));
  await panel.getByText('This computer assigns addresses on cable.').waitFor({ timeout: 30_000 });
  says(`it became a gateway: ${await panel.locator('[data-cable] [data-copyable]').innerText()}`);
  await panel.getByText('Crema is listening there.').waitFor({ timeout: 30_000 });
  says('it is listened there');
  await look('shared');
  dhcp.close();
  there('addr', 'add', '10.42.0.12/24', 'dev', 'cable-m');
  await panel.getByRole('button', { name: 'Serve only the first machine that connects' }).click();
  await look('direct link asks');
  await page.getByRole('button', { name: 'Serve only the first machine that connects' }).last().click();
  await seen('the direct link is on', 'only the first machine that reports its number is served');
  connects(80, '10.42.0.1');
  await page.getByRole('heading', { name: '80' }).first().waitFor({ timeout: 30_000 });
  await seen('the window is about the machine that came', 'Direct link: only machine 80 is served.');
  await look('direct link');
  connects(81, '10.42.0.1');
  await go(app, '#/connect');
  await seen('another one is turned away and listed', 'machine 81 from 10.42.0.12');
  await look('turned away');
  await panel.getByRole('button', { name: 'Serve all machines' }).click();
  connects(82, '10.42.0.1');
  await seen('all are served again', 'Latest: 82');
} finally {
  for (const one of machines) one.kill();
  await app.close();
}
