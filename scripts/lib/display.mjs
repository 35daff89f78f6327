import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print, Stop } from './progress.mjs';
import { onPath } from './run.mjs';

/** @typedef {{ env: { DISPLAY: string, XAUTHORITY: string, CREMA_VIRTUAL: string }, close: () => Promise<void> }} Display */

/** Is there no screen to open a window on? */
export const isDisplayMissing = () =>
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

/** A text of an Xauthority file: its length in 16 bits, big-endian, then its bytes. @param {Buffer} bytes */
const field = (bytes) => Buffer.concat([Buffer.from([0, bytes.length]), bytes]);

/**
 * An Xauthority file with one entry, of the family that fits any display (0xffff, then no address and no display number).
 * @param {Buffer} cookie 16 bytes
 */
export function xauthority(cookie) {
  const family = Buffer.from([0xff, 0xff]);
  const nothing = field(Buffer.alloc(0));
  return Buffer.concat([family, nothing, nothing, field(Buffer.from('MIT-MAGIC-COOKIE-1')), field(cookie)]);
}

/**
 * Starts a virtual display that only this person's processes can use. Close the apps on it first, or they crash.
 * Its own session keeps Ctrl-C at the terminal from ending it before the app. It ends with this process, even after a kill.
 * @returns {Promise<Display>}
 */
export async function openVirtualDisplay() {
  const folder = await mkdtemp(join(tmpdir(), 'crema-display-'));
  const authority = join(folder, 'Xauthority');
  await writeFile(authority, xauthority(randomBytes(16)), { mode: 0o600 });
  const xvfb = [
    'Xvfb',
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1440x900x24',
    '-nolisten',
    'tcp',
    '-auth',
    authority,
    // Without it, Xvfb resets when the last app ends. A reset silently breaks the connection of an app that starts just then.
    '-noreset',
  ];
  const [command = '', ...args] = onPath('setpriv') ? ['setpriv', '--pdeathsig', 'TERM', ...xvfb] : xvfb;
  const server = spawn(command, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const closed = new Promise((resolve) => server.once('close', resolve));
  let complaint = '';
  server.stderr?.on('data', (data) => (complaint += data));
  /** @type {string} */
  const number = await new Promise((resolve, reject) => {
    const failed = () => reject(new Stop(`The virtual display did not start: ${complaint || 'no Xvfb'}`));
    server.once('error', failed).once('exit', failed);
    // Xvfb writes its number when it is ready for connections.
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  print(`display: none here, so a virtual one (:${number}) is used; nothing will be seen on a screen`);
  return {
    env: { DISPLAY: `:${number}`, XAUTHORITY: authority, CREMA_VIRTUAL: 'yes' },
    close: async () => {
      server.kill();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
