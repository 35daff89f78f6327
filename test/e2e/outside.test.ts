/** Links and files opened while Crema runs: another start hands them over, and the window goes there. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { exportTo, go, jobs, logIn, tab } from '../builders/captureScreens';
import { decimalFrame } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const open: TestApp[] = [];
let folder = '';
/** Started with a file that is none. */
const shared = sharedApp(async () => {
  const file = join(folder, 'broken.pcap');
  await writeFile(file, 'no capture');
  return { switches: [file] };
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-outside-'));
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function started(switches: readonly string[]): Promise<TestApp> {
  const app = await startApp({ size: { width: 1366, height: 768 }, switches });
  open.push(app);
  return app;
}

/** Starts it again with the same data folder, as a desktop does that opens something. */
async function again(app: TestApp, args: readonly string[]): Promise<{ code: number | null; err: string }> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = process.env['CREMA_ELECTRON'] ?? '';
  const child = spawn(electron, [
    ...root,
    '--log-level=3',
    '--disable-gpu',
    '.',
    '--data-dir',
    app.dataDirectory,
    '--',
    ...args,
  ]);
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.resume();
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, err };
}

const hash = ({ page }: TestApp): Promise<string> => page.evaluate(() => location.hash);

describe('opened from outside', () => {
  it('the first start opens what it is given, too', async () => {
    const app = await shared();
    // A file that is none is told as one that was chosen in the window.
    await app.page.getByText('broken.pcap').first().waitFor();
    const other = await started(['crema://machine/5', 'crema://errors']);
    await other.page.waitForFunction(() => location.hash === '#/errors');
  });

  it('links lead to a machine, a frame and the errors, in the window that is open', async () => {
    const app = await shared();
    const client = await logIn(app, 33232);
    client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
    const link = await again(app, ['crema://machine/33232']);
    expect(link).toMatchObject({
      code: 0,
      err: expect.stringContaining('its window comes to the front') as string,
    });
    await app.page.waitForFunction(() => location.hash === '#/machines/33232/overview');
    await app.page.getByRole('heading', { name: /33232/ }).first().waitFor();

    const frames = await app.page.evaluate(() =>
      window.crema.frames({
        filter: { vmcNo: 33232, dir: 'in', cmd: 'machinestatus', text: '' },
        place: { before: null },
        limit: 1,
      }),
    );
    const id = frames.ok ? (frames.value.rows[0]?.id ?? 0) : 0;
    expect(id).toBeGreaterThan(0);
    await again(app, [`crema://frame/${id}`]);
    await app.page.waitForFunction(() => location.hash === '#/inspector');
    await app.page.getByRole('region', { name: new RegExp(`^Frame ${id}\\b`) }).waitFor();

    await again(app, ['crema://errors/']);
    await app.page.waitForFunction(() => location.hash === '#/errors');
    client.socket.destroy();
  });

  it('a hostile link does nothing: no place, no switch, no file', async () => {
    const app = await shared();
    await go(app, '#/settings');
    const rescue = join(folder, 'rescue');
    const links = [
      'crema://app/index.html#/connect',
      'crema://machine/1" --data-dir "/tmp/elsewhere',
      `crema://machine/1 --rescue=${rescue}`,
      'crema://frame/../machine/1',
      'crema://settings/theme/dark',
      'crema://machine/1?cmd=reboot',
      'crema://errors\n--help',
    ];
    // Each is looked at by itself, of one start as of seven.
    const { code, err } = await again(app, links);
    expect(code).toBe(0);
    for (const link of links) expect(err).toContain(`the link ${JSON.stringify(link)} leads nowhere`);
    expect(existsSync(rescue)).toBe(false);
    expect(await hash(app)).toBe('#/settings');
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('a capture opens in the window that is open, by its path and by its URL; what is none is refused', async () => {
    const app = await shared();
    const client = await logIn(app, 33233);
    await go(app, '#/inspector');
    const file = join(folder, 'lobby.jsonl');
    await exportTo(app, file, 'JSONL');
    await jobs(app).getByText('lobby.jsonl is written').waitFor();
    client.socket.destroy();
    await go(app, '#/settings');
    await again(app, [file, pathToFileURL(file).href]);
    await app.page.waitForFunction(() => location.hash === '#/inspector');
    await tab(app, 'lobby.jsonl').nth(1).waitFor();
    expect(await again(app, [join(folder, 'none.pcap')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Neither a switch nor a file to open') as string,
    });
  });
});
