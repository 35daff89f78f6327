/** The doctor of the real app: on the command line before there is a window, and in the window. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNames, type DoctorResult } from '#shared/doctor';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, ownDisplay, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { factsOf } from '../builders/doctor';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
let folder = '';
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-doctor-e2e-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Of whoever runs this: as root there is no sandbox. */
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
  it('ends before there is a window, and neither a data folder nor anything in a home is made', async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_CACHE_HOME: join(home, 'cache') };
    const { code, out } = await doctor(['--json'], env);
    const results = JSON.parse(out) as readonly DoctorResult[];
    expect([...new Set(results.map(({ check }) => check))]).toEqual(checkNames);
    expect(amiss(results)).toEqual(isRoot ? ['sandbox root'] : []);
    expect(code).toBe(results.some(({ level }) => level === 'warning') ? 1 : 0);
    expect(factsOf(home)?.slice(1)).toEqual([]);
    const data = join(folder, 'data');
    await doctor(['--data-dir', data], env);
    expect(existsSync(data)).toBe(false);
  });

  it('beside a Crema that is open with the folder: it takes nothing from it, and is no second start of it', async () => {
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
    expect(results.find(({ check }) => check === 'machinePort')?.code).toBe('ours');
    expect(results.find(({ check }) => check === 'journal')?.level).toBe('ok');
    expect(await windows()).toBe(1);
    expect(
      await app.electron.evaluate(() => (globalThis as { secondInstance?: boolean }).secondInstance ?? false),
    ).toBe(false);
  });
});

describe('"Check this computer" in the window', () => {
  async function checked(app: TestApp, button: string, last: string): Promise<void> {
    await go(app, '#/settings');
    const start = app.page.getByRole('button', { name: button });
    await start.focus();
    await app.page.keyboard.press('Enter');
    await app.page.getByText(last).waitFor({ timeout: 60_000 });
  }

  it('by the keyboard: the same lines as on a terminal, read aloud, and copied as text', async () => {
    const app = await shared();
    const { page } = app;
    await checked(app, 'Check this computer', 'Firewall: If machines');
    await page.getByRole('button', { name: 'Check again' }).waitFor();
    const panel = page.getByRole('region', { name: 'This computer' });
    const lines = await panel.getByRole('listitem').allInnerTexts();
    expect(lines.length).toBeGreaterThanOrEqual(checkNames.length);
    expect(await panel.getByRole('img', { name: 'fine' }).count()).toBeGreaterThanOrEqual(
      checkNames.length - 2,
    );
    await panel.getByText(`Port for machines: 127.0.0.1:${app.machinePort} is held by the Crema`).waitFor();
    expect(await panel.getByText('Records: They can be opened and are whole').count()).toBe(1);
    expect(await accessibilityProblems(app)).toEqual([]);
    const copy = panel.getByRole('button', { name: 'Copy as text' });
    await copy.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => copiedBy(app)).toMatch(/^✓ Runtime: [\s\S]*\n✓ Firewall: /);
    expect((await copiedBy(app)).split('\n')).toEqual(lines.map((line) => line.replace(/\s+/, ' ')));
  });

  it('in Chinese', async () => {
    const app = await shared('zh-CN');
    await checked(app, '检查本机', '防火墙：');
    const panel = app.page.getByRole('region', { name: '本机' });
    await panel.getByText('机器服务自检：登录和心跳均得到应答。').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
  });
});
