/** Tries to break out of the window, each way once, in the real app. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '#shared/contract/channels';
import { startApp, type TestApp } from '../builders/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  await app.close();
});

/** Runs code in the page from a timer, where no debugger exempts it from the page's policy. */
async function inPage(code: string): Promise<unknown> {
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

describe('the window', () => {
  it('has no Node and only the verbs of the contract', async () => {
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
    expect(found.api).toEqual([...verbs, 'onAction', 'onFeed', 'pathOf'].toSorted());
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
    expect(await inPage('1 + 1')).toBe('EvalError');
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

  it('reaches no network', async () => {
    const reached = await app.page.evaluate(async (port) => {
      try {
        await fetch(`http://127.0.0.1:${port}/`, { mode: 'no-cors' });
        return true;
      } catch {
        return false;
      }
    }, app.machinePort);
    expect(reached).toBe(false);
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
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
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

  it('asks our own scheme in vain for what is no file of the page', async () => {
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
      const crema = window.crema as unknown as Record<string, (args?: unknown) => Promise<unknown>>;
      return Promise.all([
        crema['listen']?.({ which: 'machines', host: 'example.org', port: 9700 }),
        crema['listen']?.({ which: 'machines', host: '0.0.0.0', port: 70_000 }),
        crema['listen']?.({ which: 'everything', host: '127.0.0.1', port: 0 }),
        crema['setSettings']?.({ theme: 'pink' }),
        crema['setSettings']?.({ theme: 'dark', machineListen: { host: '0.0.0.0', port: 1 } }),
        crema['watchMachine']?.('33232'),
        crema['watchMachine']?.(),
        crema['setMachineCode']?.({ vmcNo: 33232, code: 'short' }),
        crema['frame']?.({ id: 1.5 }),
        crema['snapshot']?.({ extra: true }),
      ]);
    });
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, error: { code: 'badArguments' } });
    const snapshot = await app.page.evaluate(() => window.crema.snapshot(undefined));
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
      const answer: unknown = await window.webContents.executeJavaScript('window.crema.snapshot()');
      window.destroy();
      return answer;
    }, preload);
    expect(reply).toMatchObject({ ok: false, error: { code: 'foreignSender' } });
  });

  it('unknown channels have no listener', async () => {
    const outcome = await app.page.evaluate(() => 'invoke' in window.crema || 'send' in window.crema);
    expect(outcome).toBe(false);
  });
});
