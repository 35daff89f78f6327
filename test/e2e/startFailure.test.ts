/** Failing starts of the real app: each reports its reason, in a window or on stderr, and ends with code 1. */
import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/main/lib/files/folderLock';
import { launchApp, startApp } from '../builders/app';
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const data = (): string => folder('data');
const ports = ['--machine-listen', '127.0.0.1:0', '--update-listen', '127.0.0.1:0'];

/** A copy of the built app in which this file of its main process has another content. */
function damagedApp(name: string, text: string): string {
  const app = folder('app');
  mkdirSync(app);
  for (const part of ['package.json', 'out/main', 'out/preload', 'out/renderer'])
    cpSync(part, join(app, part), { recursive: true });
  for (const part of ['node_modules', 'resources']) symlinkSync(resolve(part), join(app, part));
  writeFileSync(join(app, 'out', 'main', name), text);
  return app;
}

async function failing(
  app: string,
  ...switches: readonly string[]
): Promise<{
  readonly electron: ElectronApplication;
  readonly written: () => string;
  readonly code: Promise<number | null>;
}> {
  const electron = await launchApp(['--data-dir', data(), ...ports, ...switches], { folder: app });
  ends.push(() => electron.close().catch(() => undefined));
  let written = '';
  for (const stream of [electron.process().stdout, electron.process().stderr])
    stream?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const code = new Promise<number | null>((ended) => electron.process().once('exit', ended));
  return { electron, written: () => written, code };
}

describe('with a window', () => {
  it('a missing part of the program: the window reports it, and a signal ends it', async () => {
    const app = damagedApp('serverThread.js', 'import "./nowhere.js";\n');
    const { electron, written, code } = await failing(app, '--lang', 'zh-CN');
    const page = await electron.firstWindow();
    await page.getByRole('heading', { name: 'Crema 无法启动' }).waitFor();
    await page.getByText('nowhere.js').first().waitFor();
    await page.getByText('关闭此窗口后 Crema 将退出').waitFor();
    expect(electron.windows()).toHaveLength(1);
    expect(written()).toContain('crema: Crema could not start:');
    expect(written()).not.toContain('listening');
    // A signal also ends it.
    electron.process().kill('SIGTERM');
    expect(await code).toBe(1);
  });
});

describe('a start that is not over', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order and without a complaint at %s', async (signal) => {
    // The request to listen reaches the server's thread after that thread has closed its server.
    const app = damagedApp(
      'serverThread.js',
      `import { parentPort } from 'node:worker_threads';
       const on = parentPort.on.bind(parentPort);
       let held = null;
       parentPort.on = (what, heard) => on(what, (message) => {
         if (message.name === 'listen') {
           held = message;
           console.log('it was asked');
         } else heard(message);
         if (message.name === 'close' && held !== null) heard(held);
       });
       await import('./wholeServerThread.js');\n`,
    );
    copyFileSync('out/main/serverThread.js', join(app, 'out', 'main', 'wholeServerThread.js'));
    const { electron, written, code } = await failing(app);
    await expect.poll(written).toContain('it was asked');
    electron.process().kill(signal);
    expect(await code).toBe(0);
    expect(written()).not.toContain('could not start');
    const log = readFileSync(join(data(), 'logs', 'crema.log'), 'utf8');
    expect(log).not.toContain('start.failed');
  });
});

describe('an unavailable data folder', () => {
  it('is used by a server without a window: the window reports it, then the start ends with 1, and the server continues', async () => {
    mkdirSync(data());
    const holder = lockFolder(data());
    ends.push(() => holder?.release());
    const { electron, written, code } = await failing('.', '--lang', 'en');
    const page = await electron.firstWindow();
    await page.getByRole('heading', { name: 'Crema could not start' }).waitFor();
    await page.getByText(`Another process uses the data folder ${data()}. It may be`).waitFor();
    expect(electron.windows()).toHaveLength(1);
    expect(written()).not.toContain('listening');
    // That window is isolated like any other.
    const locks = await electron.evaluate(async ({ BrowserWindow, Menu }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents = window?.webContents;
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = (
        contents as unknown as { getLastWebPreferences: () => Record<string, unknown> }
      ).getLastWebPreferences();
      return {
        preferences: { sandbox, contextIsolation, nodeIntegration, webviewTag },
        webRtc: contents?.getWebRTCIPHandlingPolicy(),
        answers: (await contents?.executeJavaScript(
          `Promise.all([window.open('https://example.invalid/') === null, Notification.requestPermission()])`,
        )) as unknown,
        menu: Menu.getApplicationMenu() !== null && process.platform !== 'darwin',
      };
    });
    expect(locks).toEqual({
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
      },
      webRtc: 'disable_non_proxied_udp',
      answers: [true, 'denied'],
      menu: false,
    });
    expect(electron.windows()).toHaveLength(1);
    await page.close();
    expect(await code).toBe(1);
    // No window data were written there.
    expect(
      readdirSync(data()).filter((name) => !/^(crema\.lock|Singleton|DevTools|Crashpad)/.test(name)),
    ).toEqual([]);
  });

  it('is a file: without a display, only stderr and the code report it', async () => {
    writeFileSync(data(), 'a letter');
    const { written, code } = await withoutDisplay();
    expect(written).toContain(`crema: the data folder ${data()} can't be used`);
    expect(code).toBe(1);
    expect(readFileSync(data(), 'utf8')).toBe('a letter');
  });

  it('is in use by another Crema: stderr reports it, and the code is 0, also without a display', async () => {
    const first = await startApp({ dataDirectory: data(), switches: ports });
    ends.push(() => first.close({ keepData: true }));
    const { written, code } = await withoutDisplay();
    expect(written).toContain(`crema: Crema is already open with the data folder ${data()}`);
    expect(code).toBe(0);
  });
});

/** A start from a terminal without a display. */
async function withoutDisplay(): Promise<{ readonly written: string; readonly code: number | null }> {
  const electron = process.env['CREMA_ELECTRON'] ?? '';
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const child = spawn(electron, [...root, '--log-level=3', '.', '--data-dir', data(), ...ports], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let written = '';
  child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const code = await new Promise<number | null>((ended) => child.once('exit', ended));
  return { written, code };
}

describe('before a window is possible', () => {
  it('the reason is on stderr, and the code is 1', async (context) => {
    mkdirSync(data());
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,ro', 'none', data()], { stdio: 'ignore' });
    } catch {
      context.skip('a disk can be mounted by root on Linux only');
    }
    ends.push(() => execFileSync('umount', [data()]));
    // The folder of the records is not writable, and no other folder is either.
    const electron = process.env['CREMA_ELECTRON'] ?? '';
    const args = ['--log-level=3', '--disable-gpu', '.', '--data-dir', data(), ...ports];
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const log = folder('log');
    const child = spawn('sh', ['-c', '"$0" "$@" 2> "$LOG"', electron, ...root, ...args], {
      env: { ...process.env, TMPDIR: '/nowhere', LOG: log },
      stdio: 'ignore',
    });
    const code = await new Promise<number | null>((ended) => child.once('exit', ended));
    const written = readFileSync(log, 'utf8');
    expect(written).toMatch(/crema: Crema could not start: Error: ENOENT.*'\/nowhere\//);
    expect(code).toBe(1);
  });
});
