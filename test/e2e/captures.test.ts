/** Files of frames, out and in again, in the real app: what was seen live is seen the same in the file. */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';

const open: TestApp[] = [];
const clients: RawClient[] = [];
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-captures-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const app of open.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function started(): Promise<TestApp> {
  const app = await startApp({ size: { width: 1366, height: 768 } });
  open.push(app);
  await go(app, '#/inspector');
  return app;
}
const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);

async function linux(app: TestApp, vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}

/** A login, an error, an open door, an order and six supplies, with Crema's answers. */
async function conversation(app: TestApp): Promise<RawClient> {
  const client = await linux(app, 33232);
  client.send(
    decimalFrame(
      '{"cmd":"error","vmc_no":33232,"error_code":"ERROR:5300","error_description":"no cup","isSet":true,"isFatal":true}',
    ),
  );
  client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
  client.send(
    decimalFrame(
      '{"cmd":"qrcode","vmc_no":33232,"qr_type":"alipay","product_id":810,"Amount":1000,"order_no":"8741"}',
    ),
  );
  await client.until(() => client.received.includes('"qrcode_r"'));
  for (let n = 1; n <= 6; n += 1) client.send(supply(n));
  await line(app, 'coffee beans 6').waitFor();
  return client;
}
const supply = (n: number): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":33232,"status":"supply","supply":{"10009":"${n}"}}`);

const list = ({ page }: TestApp): Locator => page.getByRole('listbox', { name: 'Frames, oldest first' });
const line = (app: TestApp, text: string): Locator => list(app).locator('[data-frame]', { hasText: text });
const tab = ({ page }: TestApp, name: string): Locator =>
  page
    .getByRole('navigation', { name: 'Live and opened captures' })
    .getByRole('button', { name, exact: true });
const banner = ({ page }: TestApp, text: string): Locator => page.getByRole('status').getByText(text);
const jobs = ({ page }: TestApp): Locator =>
  page.getByRole('region', { name: 'Files being read and written' });

/** The lines as a person reads them. */
const shown = (app: TestApp): Promise<string[]> =>
  list(app).locator('[data-frame][data-dir]').allInnerTexts();

/** As a person does, but for the system's own dialogs. */
async function openFile(app: TestApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await app.page.getByRole('button', { name: 'Open capture…' }).click();
}
async function exportTo(app: TestApp, path: string, format: string, what?: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
  await app.page.getByRole('button', { name: 'Export…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Export frames' });
  if (what !== undefined) await dialog.getByRole('radio', { name: what, exact: true }).check();
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  await dialog.getByRole('button', { name: 'Choose the file…' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('captures', () => {
  it('a conversation is exported and opened again: the same frames, the machine as it was, nothing to send', async () => {
    const app = await started();
    const { page } = app;
    const lobby = await conversation(app);
    const seen = await shown(app);
    expect(seen.length).toBeGreaterThan(10);
    const file = join(folder, 'lobby.pcapng');
    await exportTo(app, file, 'pcapng');
    await jobs(app).getByText('lobby.pcapng is written').waitFor();
    await jobs(app).getByText(`${seen.length} frames`).waitFor();
    await jobs(app).getByRole('button', { name: 'Dismiss' }).click();
    await jobs(app).waitFor({ state: 'hidden' });

    await openFile(app, file);
    await banner(app, 'Recording lobby.pcapng:').waitFor();
    await expect.poll(() => shown(app)).toEqual(seen);
    expect(await accessibilityProblems(app)).toEqual([]);

    // What passes now belongs to Live.
    lobby.send(supply(77));
    await linux(app, 44401);
    await page.keyboard.press('Control+2');
    const machines = page.getByRole('listbox', { name: 'Machines' });
    await machines.getByRole('option').first().waitFor();
    expect(await machines.getByRole('option').count()).toBe(1);
    await go(app, '#/machines/33232/overview');
    await page.getByText('coffee beans').first().waitFor();
    await page.getByText('No cups').first().waitFor();
    const door = page.getByRole('button', { name: 'Open door' });
    expect(await door.getAttribute('aria-disabled')).toBe('true');
    expect(await door.getAttribute('aria-description')).toBe(
      'A capture is a recording: nothing can be sent.',
    );
    // The clock stands still at the end of the recording.
    const sentence = page.locator('header').getByText('Can’t sell: no cups');
    const before = await sentence.innerText();
    await page.waitForTimeout(2_200);
    expect(await sentence.innerText()).toBe(before);
    expect(await accessibilityProblems(app)).toEqual([]);
    await go(app, '#/machines/33232/settings');
    await page.getByText('Nothing to set in a capture').waitFor();
    await go(app, '#/errors');
    await page.getByRole('option', { name: 'ERROR:5300' }).waitFor();
    await go(app, '#/orders');
    await page.getByRole('option', { name: '8741' }).waitFor();

    // A reload stays in the file.
    await page.reload();
    await page.waitForSelector('html[data-ready="true"]');
    await page.getByRole('option', { name: '8741' }).waitFor();
    expect(await tab(app, 'lobby.pcapng').getAttribute('aria-current')).toBe('true');

    await tab(app, 'Live').click();
    await banner(app, 'Recording lobby.pcapng:').waitFor({ state: 'hidden' });
    await go(app, '#/inspector');
    await line(app, 'coffee beans 77').waitFor();
    await go(app, '#/machines/33232/overview');
    expect(await page.getByRole('button', { name: 'Open door' }).getAttribute('aria-disabled')).toBeNull();
    expect(await machines.getByRole('option').count()).toBe(2);

    // Screens of this computer lead out of the file, closing its tab too.
    await tab(app, 'lobby.pcapng').click();
    await banner(app, 'Recording lobby.pcapng:').waitFor();
    await page.keyboard.press('Control+7');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await tab(app, 'Live').getAttribute('aria-current')).toBe('true');
    await tab(app, 'lobby.pcapng').click();
    await banner(app, 'Recording lobby.pcapng:').waitFor();
    await page.getByRole('button', { name: 'Close lobby.pcapng' }).click();
    await tab(app, 'lobby.pcapng').waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  it('JSONL goes out and in again; a file that can’t be read is refused in words, a broken one is read as far as it goes', async () => {
    const app = await started();
    await conversation(app);
    const seen = await shown(app);
    const file = join(folder, 'lobby.jsonl');
    await exportTo(app, file, 'JSONL');
    await jobs(app).getByText('lobby.jsonl is written').waitFor();
    await openFile(app, file);
    await banner(app, 'Recording lobby.jsonl:').waitFor();
    await expect.poll(() => shown(app)).toEqual(seen);

    // A capture can be exported like what is live.
    const copy = join(folder, 'copy.pcapng');
    await exportTo(app, copy, 'pcapng');
    await jobs(app).getByText('copy.pcapng is written').waitFor();
    const cut = join(folder, 'cut.pcapng');
    await writeFile(cut, (await readFile(copy)).subarray(0, -30));
    await openFile(app, cut);
    await banner(app, 'Recording cut.pcapng:').waitFor();
    await banner(app, 'The file ends in the middle of something').waitFor();

    const photo = join(folder, 'photo.pcapng');
    await writeFile(photo, Buffer.alloc(5_000, 0x89));
    await openFile(app, photo);
    await jobs(app).getByText('photo.pcapng was not opened.').waitFor();
    await jobs(app).getByText('This is no pcap or pcapng file.').waitFor();
    const notes = join(folder, 'notes.jsonl');
    await writeFile(notes, '{"hello": 1}\n');
    await openFile(app, notes);
    await jobs(app).getByText('No line of this file is a record of Crema.').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  it('what the filter shows and what is marked go out by themselves', async () => {
    const app = await started();
    const { page } = app;
    await conversation(app);
    const door = line(app, 'dooropen').first();
    const entry = Number(await door.getAttribute('data-frame'));
    await page.evaluate((id) => window.crema.setMark({ entry: id, marked: true, note: 'service' }), entry);
    const markedFile = join(folder, 'marked.csv');
    await exportTo(app, markedFile, 'CSV', 'Frames with a mark or a note');
    await jobs(app).getByText('marked.csv is written').waitFor();
    const [, marked, ...others] = (await readFile(markedFile, 'utf8')).split('\r\n');
    expect(marked).toContain('dooropen');
    expect(others).toEqual(['']);

    await page.keyboard.press('/');
    await page.keyboard.type('cmd:qrcode');
    await page.keyboard.press('Enter');
    await line(app, 'dooropen').first().waitFor({ state: 'hidden' });
    const filteredFile = join(folder, 'filtered.csv');
    // With a filter in force that is what is offered first.
    await exportTo(app, filteredFile, 'CSV');
    await jobs(app).getByText('filtered.csv is written').waitFor();
    const rows = (await readFile(filteredFile, 'utf8')).split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('qrcode');
  });

  it('a long one tells how far it is and can be cancelled', async () => {
    const app = await started();
    await conversation(app);
    const small = join(folder, 'small.jsonl');
    await exportTo(app, small, 'JSONL');
    await jobs(app).getByText('small.jsonl is written').waitFor();
    const large = join(folder, 'large.jsonl');
    const piece = (await readFile(small, 'utf8')).repeat(2_000);
    for (let n = 0; n < 15; n += 1) await appendFile(large, piece);
    await openFile(app, large);
    await jobs(app).getByText('Reading large.jsonl').waitFor();
    await jobs(app).getByRole('progressbar', { name: 'Progress of large.jsonl' }).waitFor();
    await jobs(app).getByRole('button', { name: 'Cancel' }).click();
    await jobs(app).getByText('Cancelled: large.jsonl was not opened.').waitFor();
    expect(await app.page.getByRole('navigation', { name: 'Live and opened captures' }).count()).toBe(0);
  });
});
