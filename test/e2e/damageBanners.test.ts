/** What was damaged is said in the window with what was lost: rows of the journal, and settings by their names. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Locator } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { makeSettings, wholeSettings } from '../builders/damagedSettings';
import { freePorts, Served } from '../builders/served';
import { removed } from '../builders/removed';

const open: TestApp[] = [];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-banners-'));
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close({ keepData: true });
  await removed(folder);
});

async function started(): Promise<TestApp> {
  const app = await startApp({
    dataDirectory: folder,
    language: null,
    size: { width: 1366, height: 768 },
  });
  open.push(app);
  return app;
}
async function speaks({ page }: TestApp, language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((wanted) => window.crema.setSettings({ language: wanted }), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}
const saying = ({ page }: TestApp, text: string): Locator =>
  page.locator('[role="status"], [role="alert"]').filter({ hasText: text });

/** Rows of the journal that can't be read: a machine's state, and a mark. */
async function damageRows(): Promise<void> {
  const server = new Served('out/main', [`--data-dir=${folder}`, ...freePorts]);
  const client = await logIn({ machinePort: await server.port() }, 33_240);
  client.socket.destroy();
  await server.end('SIGTERM');
  const db = new DatabaseSync(join(folder, 'journal.sqlite'));
  db.exec(`UPDATE machines SET state = replace(state, '"vmcNo":', '"vmcNo";');
    INSERT INTO marks (entry, marked, note) VALUES (1, 3, 'x')`);
  db.close();
}
const rows = {
  en: ['Some records were damaged on the disk: 1 machine’s state', '1 mark'],
  'zh-CN': ['磁盘上有部分记录已损坏：1 台机器的状态', '1 个标记'],
} as const;

describe('damage', () => {
  const lost = {
    en: [
      'Some settings could not be read',
      'the address for machines',
      'machine 33232: name',
      'machine 44401: verification code',
      'The file is kept as',
      'Understood',
    ],
    'zh-CN': ['部分设置无法读取', '33232', '44401', '知道了'],
  } as const;
  it('of rows of the journal: of each kind how many; of settings: which names, codes and addresses were lost', async () => {
    await damageRows();
    const { settings, machines, secrets } = wholeSettings;
    // No dialog would have kept it: it is not lost, and nobody is to count on it.
    const rule = {
      id: 1,
      name: 'No upgrade',
      filter: 'cmd:',
      when: 'always',
      does: 'drop',
      answer: '',
      isOn: true,
    };
    const relay = { ...settings.relay, rules: [rule] };
    const damaged = {
      ...wholeSettings,
      settings: { ...settings, machineListen: { host: 'here', port: '9700' }, relay },
      machines: { ...machines, 33232: { name: 7, platform: 'linux' } },
      secrets: { ...secrets, 44401: 12 },
    };
    makeSettings(folder, { made: JSON.stringify(damaged) });
    const app = await started();
    const copy = readdirSync(folder).find((name) => name.startsWith('settings.damaged-')) ?? 'none';
    for (const language of ['zh-CN', 'en'] as const) {
      await speaks(app, language);
      const [first, ...others] = lost[language];
      const banner = saying(app, first);
      await banner.waitFor();
      const text = await banner.innerText();
      for (const what of others) expect(text).toContain(what);
      expect(text).toContain(join(folder, copy));
      const [states, marks] = rows[language];
      const ofRows = saying(app, states);
      await ofRows.waitFor();
      await expect.poll(() => ofRows.innerText()).toContain(marks);
      expect(await accessibilityProblems(app)).toEqual([]);
    }
    const banner = saying(app, lost.en[0]);
    await banner.getByRole('button').last().click();
    await banner.waitFor({ state: 'hidden' });
    // The machine is there all the same, on every screen the banner of its records.
    await go(app, '#/machines/33240/overview');
    await app.page.getByRole('heading', { name: /33240/ }).first().waitFor();
    const ofRows = saying(app, 'Some records were damaged on the disk');
    await ofRows.getByRole('button', { name: 'Understood' }).click();
    await ofRows.waitFor({ state: 'hidden' });
    await go(app, '#/relay');
    await app.page.locator('[data-rule="1"]').getByText('This rule does nothing').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  it('of the whole settings file: what that means is said', async () => {
    makeSettings(folder, { made: '{"settings":{"la' });
    const app = await started();
    await speaks(app, 'en');
    const banner = saying(app, 'The settings could not be read');
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(
      /Names and verification codes of machines, the addresses Crema listens on.*The file is kept as/s,
    );
  });
});
