/**
 * The real app in a network namespace of its own: run by connectNamespace.test.ts inside of it. Says on stdout at which step the walk of
 * Connect stops while a cable (a pair of virtual adapters, whose other end is in another namespace) is plugged in, gets addresses, and
 * a machine comes through it.
 */
import { execFileSync } from 'node:child_process';
import { startApp } from '../builders/app';
import { go } from '../builders/captureScreens';

const [machine = '', folder = ''] = process.argv.slice(2);
const host = '10.77.0.1';
const ip = (...args: readonly string[]): void => void execFileSync('ip', args);
const there = (...args: readonly string[]): void => ip('netns', 'exec', machine, 'ip', ...args);
const pictures = process.env['CREMA_PICTURES'];

ip('link', 'set', 'lo', 'up');
const app = await startApp({
  dataDirectory: folder,
  size: { width: 1366, height: 768 },
  switches: ['--machine-listen', `${host}:4567`],
});
try {
  const { page } = app;
  await go(app, '#/connect');
  const seen = async (what: string, step: string, code: string): Promise<void> => {
    const line = page.locator(`[data-step="${step}"][data-code="${code}"]`);
    await line.waitFor({ timeout: 30_000 });
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/ns ${step} ${code}.png` });
    process.stdout.write(`${what}: ${await line.getAttribute('data-state')} ${step} ${code}\n`);
  };
  const listen = (at: string, port = 4567): Promise<unknown> =>
    page.evaluate((to) => window.crema.listen({ which: 'machines', ...to }), { host: at, port });
  await seen('no adapter', 'adapter', 'none');
  await listen('0.0.0.0', 80);
  await seen('a port for administrators', 'listening', 'denied');
  await listen(host);
  ip('link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', machine);
  ip('link', 'set', 'cable', 'up');
  await seen('the other end is off', 'adapter', 'noLink');
  there('link', 'set', 'eth0', 'up');
  ip('addr', 'add', '10.99.0.1/24', 'dev', 'cable');
  await seen('another address', 'adapter', 'gone');
  ip('addr', 'del', '10.99.0.1/24', 'dev', 'cable');
  ip('addr', 'add', '169.254.7.7/16', 'dev', 'cable');
  await listen('0.0.0.0');
  await seen('a self-given address', 'adapter', 'selfGiven');
  ip('addr', 'add', `${host}/24`, 'dev', 'cable');
  await listen(host);
  await seen('our own address', 'selfTest', 'answered');
  // Something on this computer keeps even that from it.
  const route = ['local', host, 'dev', 'cable', 'table', 'local'];
  ip('route', 'del', ...route);
  await page.getByRole('button', { name: 'Test our own address' }).click();
  await seen('our own address is kept from us', 'selfTest', 'failed');
  ip('route', 'add', ...route);
  await page.getByRole('button', { name: 'Test again' }).click();
  await seen('nothing comes', 'arrives', 'nothing');
  await listen('127.0.0.1');
  await seen('loopback only', 'reachable', 'loopback');
  await listen(host);
  there('addr', 'add', '10.77.0.2/24', 'dev', 'eth0');
  const script = `require('node:net').connect(4567, '${host}').on('close', () => process.exit())`;
  execFileSync('sh', ['-c', `ip netns exec ${machine} ${process.execPath} -e "${script}" & true`], {
    stdio: 'ignore',
  });
  await seen('a machine through the cable', 'adapter', 'proved');
  await seen('it says nothing', 'bytes', 'none');
} finally {
  await app.close();
}
