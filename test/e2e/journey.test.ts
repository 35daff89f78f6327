/** A person's first hour with Crema, in the real app with real connections. */
import { accessibilityProblems } from '../builders/accessibility';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../builders/app';
import { screenNames } from '#shared/screens';
import { ownPort } from '../builders/ports';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { ariaKey } from '../../src/renderer/src/ui/keys';

const shared = sharedApp();

async function machine(app: TestApp, vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}

const errorFrame = (vmcNo: number, code: string): string =>
  decimalFrame(
    `{"cmd":"error","vmc_no":${vmcNo},"datetime":"20161212","error_code":"${code}","error_description":"x","isSet":true,"is_fatal_error":true,"is_persistence_error":true,}`,
  );

describe('the tour at the first start', () => {
  it('shows parts of the window by keyboard, removes its virtual machines, and is not offered again', async () => {
    const app = await shared();
    const { page } = app;
    const offer = page.getByRole('button', { name: 'Start the 2-minute tour' });
    await offer.focus();
    await page.keyboard.press('Enter');
    for (const [title, place] of [
      ['Problems at a glance', /^#\/machines$/],
      ['All machines, worst first', /^#\/machines$/],
      ['One machine', /^#\/machines\/9000\d\/overview$/],
      ['Everything that was sent', /^#\/inspector$/],
      ['Your first real machine', /^#\/connect$/],
    ] as const) {
      const step = page.getByRole('dialog', { name: title });
      await step.and(page.locator(':focus-within')).waitFor();
      // The next step needs a machine.
      await page.getByRole('list', { name: 'Machines by state' }).getByRole('link').first().waitFor();
      await expect.poll(() => page.evaluate(() => location.hash)).toMatch(place);
      expect(await accessibilityProblems(app), title).toEqual([]);
      await page.keyboard.press('Enter');
      await step.waitFor({ state: 'detached' });
    }
    const machines = (): Promise<number> =>
      page.evaluate(async () => {
        const snapshot = await window.crema.request('snapshot', undefined);
        return snapshot.ok ? snapshot.value.machines.length + snapshot.value.simulator.running : -1;
      });
    await expect.poll(machines).toBe(0);
    await page.getByText('No machine has connected yet').waitFor();
    await page.reload();
    await page.getByText('No machine has connected yet').waitFor();
    expect(await offer.count()).toBe(0);

    // A person can still ask for it where no machine is shown, and leave it at any step.
    await page.evaluate(() => (location.hash = '#/machines'));
    await offer.click();
    const step = page.getByRole('dialog', { name: 'Problems at a glance' });
    await step.and(page.locator(':focus-within')).waitFor();
    await expect.poll(machines).toBeGreaterThan(3);
    await page.keyboard.press('Escape');
    await step.waitFor({ state: 'detached' });
    await expect.poll(machines).toBe(0);
    await offer.waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.evaluate(() => (location.hash = '#/connect'));
  });
});

describe('connecting', () => {
  it('an empty Crema shows the address and port to type, and a virtual machine connects at a click', async () => {
    const app = await shared();
    const { page } = app;
    await page.getByRole('heading', { name: 'Connect a machine' }).waitFor();
    await page.getByText(String(app.machinePort), { exact: true }).first().waitFor();
    await page
      .getByRole('link', { name: `Listening on 127.0.0.1:${app.machinePort}: this computer only` })
      .waitFor();
    await page.getByText('No machine has connected yet').waitFor();
    await page.locator('[data-fold="virtual"] button[aria-expanded]').click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: /Open machine 90001/ }).click();
    await page.getByRole('heading', { name: /90001/ }).first().waitFor();
    await page.getByRole('tab', { name: 'Frames', exact: true }).click();
    await page.getByText('login', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Stop virtual machines' }).click();
    await page.getByText(/virtual machine is running/).waitFor({ state: 'detached' });
  });
});

describe('a machine', () => {
  it('is shown as it connects, breaks, opens its door and leaves', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const client = await machine(app, 33232);
    await page.evaluate(() => {
      location.hash = '#/machines/33232/overview';
    });
    await page.getByRole('heading', { name: /33232/ }).first().waitFor();
    await page.getByText('1.2.8.8').first().waitFor();
    client.send(errorFrame(33232, 'ERROR:5300'));
    await page
      .getByText(/ERROR:5300/)
      .first()
      .waitFor();
    // The document's own trailing comma was repaired, and the page reports the repair.
    await page
      .getByText(/in fault|Can’t sell/i)
      .first()
      .waitFor();
    const findings = await page.evaluate(() => window.crema.request('watchMachine', { vmcNo: 33232 }));
    expect(findings).toMatchObject({
      ok: true,
      value: { state: { findings: { 'json.lenient': { times: 1 } } } },
    });
    client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"clearerror"}'));
    client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
    await page
      .getByText(/door open/i)
      .first()
      .waitFor();
    client.socket.destroy();
    await page
      .getByText(/offline/i)
      .first()
      .waitFor();
  });

  it('gets a name, and rejects wrong signs after one question', async () => {
    const app = await shared.asLeft();
    const client = await machine(app, 33240);
    await app.page.evaluate(() => {
      location.hash = '#/machines/33240/settings';
    });
    const name = app.page.getByRole('textbox', { name: 'Name' });
    await name.fill(' Lobby ');
    await name.press('Enter');
    await app.page.getByText('Refuse', { exact: true }).click();
    await app.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await expect
      .poll(() => app.page.getByRole('radio', { name: 'Depends on the code' }).isChecked())
      .toBe(true);
    await app.page.getByText('Refuse', { exact: true }).click();
    await app.page.getByRole('button', { name: 'Refuse wrong signs' }).click();
    await app.page.getByText('Without a stored code, no sign can be refused.').waitFor();
    const snapshot = await app.page.evaluate(() => window.crema.request('snapshot', undefined));
    const chosen = { name: 'Lobby', signPolicy: 'enforce', platform: null };
    expect(snapshot).toMatchObject({ ok: true, value: { configs: { 33240: chosen } } });
    client.socket.destroy();
  });
});

describe('for everyone', () => {
  it('the keys of each screen are listed, and lead there', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const clients = await Promise.all([machine(app, 33232), machine(app, 33233)]);
    const goesTo = (place: RegExp): Promise<void> =>
      expect.poll(() => page.evaluate(() => location.hash)).toMatch(place);
    await page.keyboard.press('Control+0');
    await page.getByRole('link', { name: 'Keyboard' }).click();
    await page
      .getByRole('table', { name: 'Everywhere' })
      .getByRole('row', { name: 'Ctrl+2 Show Machines' })
      .waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    for (const screen of screenNames) {
      await page.keyboard.press(ariaKey(screen));
      await goesTo(new RegExp(`^#/${screen}`));
    }
    await page.keyboard.press('Control+1');
    await goesTo(/^#\/connect$/);
    await page.keyboard.press('Control+2');
    await goesTo(/^#\/machines/);
    await page.getByText('33233').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await goesTo(/machines\/\d+/);
    for (const client of clients) client.socket.destroy();
  });

  it('no screen has an accessibility problem in light or dark, and all switch the language at once', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const client = await machine(app, 33235);
    client.send(errorFrame(33235, 'ERROR:5300'));
    const screen = (name: string) => page.locator(`main[data-screen="${name}"]`);
    const tab = (name: string) => page.getByRole('tab', { name, exact: true, selected: true });
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((wanted) => window.crema.request('setSettings', { theme: wanted }), theme);
      for (const [hash, shown] of [
        ['#/connect', screen('connect')],
        ['#/machines', screen('machines')],
        ['#/machines/33235/overview', tab('Overview')],
        ['#/machines/33235/frames', tab('Frames')],
        ['#/machines/33235/settings', tab('Settings')],
        ...['listen', 'notices', 'journal', 'products', 'computer', 'about', 'window'].map(
          (name) => [`#/settings/${name}`, page.locator(`#settings-${name}`)] as const,
        ),
      ] as const) {
        await page.evaluate((place) => {
          location.hash = place;
        }, hash);
        await shown.waitFor();
        expect(await accessibilityProblems(app), `${hash} in ${theme}`).toEqual([]);
      }
    }
    client.socket.destroy();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByText('中文', { exact: true }).click();
    await page.getByText('连接', { exact: true }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });
});

describe('the next start, with an occupied port', () => {
  const holder = createServer();
  afterAll(() => void holder.close());

  it('choices are remembered', async () => {
    const first = await shared.asLeft();
    // For port 0 the actual port is printed.
    for (const listener of ['machines', 'updates'])
      expect(first.lines).toContainEqual(
        expect.stringMatching(new RegExp(`^${listener}: listening on 127\\.0\\.0\\.1:[1-9]\\d*$`)),
      );
    await first.page.evaluate(() =>
      window.crema.request('setSettings', { theme: 'dark', language: 'zh-CN' }),
    );
    await first.page.evaluate(
      (port) => window.crema.request('listen', { which: 'machines', host: '127.0.0.1', port }),
      first.machinePort,
    );
    const port = await ownPort();
    if (!holder.listening) await once(holder.listen(port, '127.0.0.1'), 'listening');
    // It also restores the size at closing, even right after a resize.
    await first.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const resized = new Promise<void>((done) => window?.once('resize', () => done()));
      if (window?.getBounds().width === 1111) return;
      window?.setBounds({ width: 1111, height: 666 });
      return resized;
    });
    const second = await shared.restart({
      switches: [
        '--machine-listen',
        `127.0.0.1:${(holder.address() as AddressInfo).port}`,
        'crema://machine/5',
        'crema://errors/',
      ],
    });
    // The app shows the address given at its start.
    await second.page.waitForFunction(() => location.hash === '#/errors');
    const snapshot = await second.page.evaluate(() => window.crema.request('snapshot', undefined));
    expect(snapshot).toMatchObject({
      ok: true,
      value: {
        settings: {
          theme: 'dark',
          language: 'zh-CN',
          machineListen: { host: '127.0.0.1', port: first.machinePort },
        },
      },
    });
    const bounds = await second.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(bounds).toMatchObject({ width: 1111, height: 666 });
    await second.page.evaluate(() => window.crema.request('setSettings', { theme: 'system' }));
  });

  it('a port in use: the window opens, names the process and offers the next free port', async () => {
    const app = await shared.asLeft();
    await app.page.evaluate(async () => {
      await window.crema.request('setSettings', { language: 'en' });
      location.hash = '#/connect';
    });
    const { port } = holder.address() as AddressInfo;
    const told = new RegExp(`^machines: port ${port} on 127\\.0\\.0\\.1 is in use(.*); port \\d+ is free$`);
    const [, by = ''] = app.lines.flatMap((line) => told.exec(line) ?? []);
    expect(app.lines).toContainEqual(expect.stringMatching(told));
    expect(process.platform !== 'linux' || by.includes(`(process ${process.pid})`)).toBe(true);
    await app.page
      .getByText(new RegExp(`process ${process.pid}\\) uses port ${port} on 127\\.0\\.0\\.1`))
      .first()
      .waitFor();
    const offer = app.page.getByRole('button', { name: /^Listen on \d+$/ }).first();
    const offered = Number(/\d+/.exec((await offer.textContent()) ?? '')?.[0]);
    await offer.click();
    await app.page.getByRole('link', { name: `Listening on 127.0.0.1:${offered}` }).waitFor();
    const client = await RawClient.open(offered);
    client.send(decimalFrame('{"cmd":"hb","vmc_no":1}'));
    await client.expects(decimalFrame('{"cmd":"hb","vmc_no":1}'));
  });
});
