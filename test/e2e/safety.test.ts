/**
 * Links and files opened while Crema runs: another start hands them over, and the window shows them. Also attempts to
 * break out of the window, each way once. In the real app.
 */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { TestApp } from '../builders/app';
import { exportTo, go, jobs, logIn, tab } from '../builders/captureScreens';
import { decimalFrame } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
/** Started with a file that is not a capture. */
const shared = sharedApp(async () => {
  const file = folder('broken.pcap');
  await writeFile(file, 'no capture');
  // With the processes that users have.
  return { switches: [file], ownProcesses: true };
});

/** Starts it again with the same data folder, as a desktop opens a file or link. */
async function again(
  app: TestApp,
  args: readonly string[],
  switches: readonly string[] = [],
): Promise<{ code: number | null; out: string; err: string }> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = process.env['CREMA_ELECTRON'] ?? '';
  const child = spawn(electron, [
    ...root,
    '--log-level=3',
    '--disable-gpu',
    '.',
    '--data-dir',
    app.dataDirectory,
    ...switches,
    '--',
    ...args,
  ]);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, out, err };
}

const hash = ({ page }: TestApp): Promise<string> => page.evaluate(() => location.hash);

describe('opened from outside', () => {
  it('the first start opens its argument; the open window follows links to a machine and to a frame; a hostile link has no effect: no place, no switch, no file', async () => {
    const app = await shared();
    // An invalid file is reported like a file chosen in the window.
    await app.page.getByText('broken.pcap').first().waitFor();
    const client = await logIn(app, 33232);
    client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
    const rescue = folder('rescue');
    const hostile = [
      'crema://app/index.html#/connect',
      'crema://machine/1" --data-dir "/tmp/elsewhere',
      `crema://machine/1 --rescue=${rescue}`,
      'crema://frame/../machine/1',
      'crema://settings/theme/dark',
      'crema://machine/1?cmd=reboot',
      'crema://errors\n--help',
    ];
    // Each link is checked by itself: one start with eight links equals eight starts.
    const link = await again(app, ['crema://machine/33232', ...hostile]);
    expect(link).toMatchObject({
      code: 0,
      err: expect.stringContaining('its window comes to the front') as string,
    });
    for (const one of hostile) expect(link.err).toContain(`the link ${JSON.stringify(one)} leads nowhere`);
    await app.page.waitForFunction(() => location.hash === '#/machines/33232/overview');
    await app.page.getByRole('heading', { name: /33232/ }).first().waitFor();

    const frames = await app.page.evaluate(() =>
      window.crema.request('frames', {
        filter: { vmcNo: 33232, dir: 'in', cmd: 'machinestatus', text: '' },
        place: { before: null },
        limit: 1,
      }),
    );
    const id = frames.ok ? (frames.value.rows[0]?.id ?? 0) : 0;
    expect(id).toBeGreaterThan(0);
    // So far none of the other links led anywhere.
    expect(await hash(app)).toBe('#/machines/33232/overview');
    expect(existsSync(rescue)).toBe(false);
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await again(app, [`crema://frame/${id}`]);
    await app.page.waitForFunction(() => location.hash === '#/inspector');
    await app.page.getByRole('region', { name: new RegExp(`^Frame ${id}\\b`) }).waitFor();
    client.socket.destroy();
  });

  it('a capture opens in the open window, by its path and by its URL; an invalid file is refused', async () => {
    const app = await shared.asLeft();
    await go(app, '#/inspector');
    const file = folder('lobby.jsonl');
    await exportTo(app, file, 'JSONL');
    await jobs(app).getByText('lobby.jsonl exported').waitFor();
    await go(app, '#/settings');
    await again(app, [file, pathToFileURL(file).href]);
    await app.page.waitForFunction(() => location.hash === '#/inspector');
    await tab(app, 'lobby.jsonl').nth(1).waitFor();
    const wrong = await again(app, [folder('none.pcap')], ['--machine-listen', '127.0.0.1:port']);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('Neither a switch nor a file to open');
    expect(wrong.err).toMatch(/--machine-listen takes HOST:PORT .* not "127\.0\.0\.1:port"/);
  });
});

/** Counts all connections and packets to one port of this computer. */
async function listening(): Promise<{
  readonly port: number;
  readonly heard: { connections: number; packets: number };
  readonly close: () => void;
}> {
  const heard = { connections: 0, packets: 0 };
  const server = createServer((socket) => {
    heard.connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket('udp4', () => (heard.packets += 1));
  await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    datagrams.close();
  };
  return { port, heard, close };
}

/** Runs code in the page from a timer, where no debugger exempts it from the page's policy. */
async function inPage(app: TestApp, code: string): Promise<unknown> {
  return app.page.evaluate(async (text) => {
    const script = document.createElement('div');
    script.dataset['code'] = text;
    return new Promise((resolve) => {
      setTimeout(() => {
        try {
          // oxlint-disable-next-line no-eval -- trying it is the point
          resolve(`ran: ${String((0, eval)(text))}`);
        } catch (error) {
          resolve(error instanceof Error ? error.name : 'threw');
        }
      }, 0);
    });
  }, code);
}

describe('against attempts to break out', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await shared.asLeft();
  });

  describe('the window', () => {
    it('has no Node, and one function for all requests', async () => {
      const found = await app.page.evaluate(() => ({
        node: ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron'].filter(
          (name) => name in globalThis,
        ),
        api: Object.keys(window.crema).toSorted(),
        frozen: (() => {
          try {
            (window as unknown as { crema: unknown }).crema = {};
            return Object.keys(window.crema).length > 0;
          } catch {
            return true;
          }
        })(),
      }));
      expect(found.node).toEqual([]);
      expect(found.api).toEqual(['onAction', 'onFeed', 'pathOf', 'request']);
      expect(found.frozen).toBe(true);
    });

    it('is sandboxed and isolated', async () => {
      const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
          getLastWebPreferences: () => Record<string, unknown>;
        };
        const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
          contents.getLastWebPreferences();
        return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
      });
      expect(preferences).toEqual({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      });
    });

    it('evaluates no text as code', async () => {
      expect(await inPage(app, '1 + 1')).toBe('EvalError');
    });

    it('runs no inline script and no script from elsewhere', async () => {
      const ran = await app.page.evaluate(async () => {
        const inline = document.createElement('script');
        inline.textContent = 'document.documentElement.dataset.broken = "inline"';
        document.head.append(inline);
        const foreign = document.createElement('script');
        foreign.src = 'data:text/javascript,document.documentElement.dataset.broken="foreign"';
        document.head.append(foreign);
        const handler = document.createElement('img');
        handler.setAttribute('onerror', 'document.documentElement.dataset.broken = "handler"');
        handler.src = 'nowhere.png';
        document.body.append(handler);
        await new Promise((resolve) => setTimeout(resolve, 300));
        inline.remove();
        foreign.remove();
        handler.remove();
        return document.documentElement.dataset['broken'] ?? null;
      });
      expect(ran).toBeNull();
    });

    it('reaches no network, and neither does a page without a policy', async () => {
      const outside = await listening();
      onTestFinished(outside.close);
      const tries = `(async (port) => {
        const url = 'http://127.0.0.1:' + port + '/';
        const socket = await new Promise((resolve) => {
          try {
            const one = new WebSocket(url.replace('http', 'ws'));
            one.onopen = () => resolve('open');
            one.onerror = () => resolve('failed');
          } catch (error) {
            resolve(error.name);
          }
        });
        const image = await new Promise((resolve) => {
          const one = new Image();
          one.onload = one.onerror = () => resolve('done');
          one.src = url;
        });
        const fetched = await fetch(url, { mode: 'no-cors' }).then(() => 'fetched', () => 'failed');
        const server = '127.0.0.1:' + port;
        const call = new RTCPeerConnection({
          iceServers: [
            { urls: 'stun:' + server },
            { urls: 'turn:' + server + '?transport=tcp', username: 'a', credential: 'b' },
          ],
        });
        const candidates = [];
        const gathered = new Promise((resolve) => {
          call.onicecandidate = ({ candidate }) =>
            candidate === null ? resolve() : candidates.push(candidate.candidate);
        });
        call.createDataChannel('out');
        await call.setLocalDescription(await call.createOffer());
        await gathered;
        return { socket, image, fetched, candidates };
      })(${outside.port})`;
      const nothing = { socket: 'failed', image: 'done', fetched: 'failed', candidates: [] };
      // From a timer, as \`inPage\`: the page's policy holds there.
      const own = await app.electron.evaluate(
        ({ BrowserWindow }, code) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<unknown>,
        tries,
      );
      const foreign = await app.electron.evaluate(async ({ BrowserWindow }, code) => {
        const window = new BrowserWindow({ show: false });
        await window.loadURL('data:text/html,<p>foreign</p>');
        const answer: unknown = await window.webContents.executeJavaScript(code);
        window.destroy();
        return answer;
      }, tries);
      expect(outside.heard).toEqual({ connections: 0, packets: 0 });
      expect({ own, foreign }).toEqual({ own: nothing, foreign: nothing });
    });

    it('opens no other window and goes nowhere else', async () => {
      const url = app.page.url();
      const opened = await app.page.evaluate(() => window.open('https://example.invalid/') === null);
      expect(opened).toBe(true);
      await app.page.evaluate(() => {
        const link = document.createElement('a');
        link.href = 'https://example.invalid/';
        link.target = '_blank';
        document.body.append(link);
        link.click();
        link.target = '';
        link.click();
        link.remove();
        location.href = 'file:///etc/hostname';
      });
      await app.page.waitForTimeout(300);
      expect(app.page.url()).toBe(url);
      expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
        1,
      );
      expect(await app.page.evaluate(() => document.documentElement.dataset['ready'])).toBe('true');
    });

    it('does not become an empty page either', async () => {
      const url = app.page.url();
      await app.page.evaluate(() => {
        document.documentElement.dataset['mine'] = 'yes';
        setTimeout(() => (location.href = 'about:blank'), 0);
        setTimeout(() => window.open('about:blank', '_self'), 0);
        setTimeout(() => location.replace('about:srcdoc'), 0);
      });
      await app.page.waitForTimeout(300);
      expect(app.page.url()).toBe(url);
      expect(await app.page.evaluate(() => document.documentElement.dataset['mine'])).toBe('yes');
    });

    it('gets only the page’s files from our own scheme', async () => {
      const seen: string[] = [];
      app.electron.process().stderr?.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      const statuses = await app.electron.evaluate(async ({ net }) => {
        const paths = ['index.html', 'nothing.html', '%', '%zz.html', '%E4%BD.js', '..%2f..%2fpackage.json'];
        return Promise.all(paths.map(async (path) => (await net.fetch(`crema://app/${path}`)).status));
      });
      expect(statuses).toEqual([200, 404, 400, 400, 400, 404]);
      expect(seen.join('')).toBe('');
    });

    it('gets no permission', async () => {
      const answers = await app.page.evaluate(async () => {
        const outcome = async (ask: () => Promise<unknown>) =>
          Promise.race([
            ask().then(
              (value) => String(value),
              () => 'denied',
            ),
            new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), 3_000)),
          ]);
        return {
          notification: await outcome(async () => Notification.requestPermission()),
          camera: await outcome(async () => navigator.mediaDevices.getUserMedia({ video: true })),
          place: await outcome(
            async () =>
              new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
          ),
          clipboard: await outcome(async () => navigator.clipboard.readText()),
        };
      });
      expect(answers).toEqual({
        notification: 'denied',
        camera: 'denied',
        place: 'denied',
        clipboard: 'denied',
      });
    });
  });

  describe('requests to the main process', () => {
    it('with wrong arguments are refused and change nothing', async () => {
      const replies = await app.page.evaluate(async () => {
        const { request } = window.crema as unknown as {
          readonly request: (...asked: readonly unknown[]) => Promise<unknown>;
        };
        return Promise.all([
          request('listen', { which: 'machines', host: 'example.org', port: 9700 }),
          request('listen', { which: 'machines', host: '0.0.0.0', port: 70_000 }),
          request('listen', { which: 'everything', host: '127.0.0.1', port: 0 }),
          request('setSettings', { theme: 'pink' }),
          request('setSettings', { theme: 'dark', machineListen: { host: '0.0.0.0', port: 1 } }),
          request('watchMachine', '33232'),
          request('watchMachine'),
          request('setMachineCode', { vmcNo: 33232, code: 'short' }),
          request('frame', { id: 1.5 }),
          request('snapshot', { extra: true }),
          request('noSuchRequest', undefined),
          request('__proto__', undefined),
          request('snapshot', undefined, 1),
          request('frame', { id: 1 }, 'x'),
        ]);
      });
      for (const reply of replies)
        expect(reply).toMatchObject({ ok: false, error: { code: 'badArguments' } });
      const snapshot = await app.page.evaluate(() => window.crema.request('snapshot', undefined));
      expect(snapshot).toMatchObject({
        ok: true,
        value: { settings: { theme: 'system', machineListen: null } },
      });
    });

    it('from a foreign page are refused, even with our preload script', async () => {
      const preload = join(process.cwd(), 'out', 'preload', 'index.cjs');
      const reply = await app.electron.evaluate(async ({ BrowserWindow }, script) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload: script, sandbox: true, contextIsolation: true },
        });
        await window.loadURL('data:text/html,<p>foreign</p>');
        const answer: unknown = await window.webContents.executeJavaScript(
          "window.crema.request('snapshot')",
        );
        window.destroy();
        return answer;
      }, preload);
      expect(reply).toMatchObject({ ok: false, error: { code: 'foreignSender' } });
    });

    it('unknown channels have no listener', async () => {
      const outcome = await app.page.evaluate(() => 'invoke' in window.crema || 'send' in window.crema);
      expect(outcome).toBe(false);
      // The first stored setting opens the settings file, whose library listens to any page.
      await app.page.evaluate(() => window.crema.request('setSettings', { theme: 'system' }));
      const channels = await app.electron.evaluate(({ ipcMain }) => ipcMain.eventNames());
      expect(channels).not.toContain('electron-store-get-data');
    });
  });
});

it('a signal to all of its processes, as from a closed terminal, ends it in order', async () => {
  const { electron, dataDirectory } = await shared.asLeft();
  const child = electron.process();
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  process.kill(-(child.pid ?? 0), 'SIGHUP');
  expect(await ended).toBe(0);
  // No note is kept about stopped processes, nor about an unclean end.
  expect(await readdir(join(dataDirectory, 'crashes'))).toEqual([]);
});
