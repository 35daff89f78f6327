/** Captures that take a while to read, in the real app: looked at meanwhile, stopped, closed, written out, and on a full disk. */
import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  open as openHandle,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportPcapng } from '../../src/main/journal/files/out/exportPcapng';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import {
  banner,
  captureId,
  closeCaptures,
  exportTo,
  go,
  holdEnds,
  jobs,
  lineCount,
  list,
  logIn,
  openFile,
  tab,
  tabNamed,
} from '../builders/captureScreens';
import { manyEntries, peerOf } from '../builders/manyEntries';
import { sharedApp } from '../builders/sharedApp';

const ends: (() => unknown)[] = [];
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-captures-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await rm(folder, { recursive: true, force: true });
});

const shared = sharedApp();
/** With nothing open but what is live. */
async function started(): Promise<TestApp> {
  const app = await shared();
  await closeCaptures(app);
  await go(app, '#/inspector');
  return app;
}

/** Frames of a capture that is read in several steps; the tests keep it from being at its end. */
const many = 24_000;
/** How often one holds them that takes long enough to be stopped: it is never read to its end. */
const times = 25;

/** The same frames on connections of their own, of which the machines are in the network 10.`net`: what was read before is passed over, and soon. */
function elsewhere(capture: Buffer, net: number): Buffer {
  const copy = Buffer.from(capture);
  // Blocks begin with type and length; of a packet (6) the addresses stand at 40 and 44.
  for (let at = 0; at < copy.length; at += copy.readUInt32LE(at + 4)) {
    if (copy.readUInt32LE(at) !== 6) continue;
    for (const address of [at + 40, at + 44]) if (copy[address + 1] === 1) copy[address + 1] = net;
  }
  return copy;
}

describe('a long one', () => {
  let large = '';
  let longer = '';
  beforeAll(async () => {
    const folderOf = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `crema-${name}-`));
    large = join(await folderOf('large'), 'large.pcapng');
    longer = join(await folderOf('longer'), 'large.pcapng');
    const file = await openHandle(large, 'w');
    await exportPcapng(manyEntries(many), async (chunk) => void (await file.write(chunk)), { peerOf });
    await file.close();
    const once = await readFile(large);
    for (let net = 1; net <= times; net += 1) await appendFile(longer, elsewhere(once, net));
  });
  afterAll(async () => {
    for (const file of [large, longer]) await rm(join(file, '..'), { recursive: true, force: true });
  });

  const reading = (app: TestApp): Locator => banner(app, 'still being read');

  it('is open while it is read, grows at its end, and is whole in the end', async () => {
    const app = await started();
    const { page } = app;
    const letEnd = await holdEnds(app);
    await openFile(app, large);
    await reading(app).waitFor();
    await page.getByRole('progressbar', { name: 'Progress of large.pcapng' }).waitFor();
    await tabNamed(app, /large\.pcapng ?reading \d+ %/).waitFor();
    await list(app).locator('[data-frame]').first().waitFor();
    // The one that is shown says it all: not again at the foot of the window.
    expect(await jobs(app).isVisible()).toBe(false);
    await page.keyboard.press('/');
    await page.keyboard.type('vmc:33240');
    await page.keyboard.press('Enter');
    await letEnd();
    await tab(app, 'large.pcapng').waitFor({ timeout: 60_000 });
    await reading(app).waitFor({ state: 'hidden' });
    await banner(app, '1,000 machines · 1,000 connections').waitFor();
    // Nobody touched the list; it has filled the screen by itself, and End goes to the last of all.
    await expect.poll(() => lineCount(app)).toBeGreaterThan(20);
    await list(app).press('End');
    const newest = await page.evaluate(
      async (capture) => {
        const filter = { vmcNo: null, dir: null, cmd: null, text: 'vmc:33240' };
        const reply = await window.crema.frames({ capture, filter, place: { before: null }, limit: 1 });
        return reply.ok ? reply.value.rows[0]?.id : null;
      },
      await captureId(app, 'large.pcapng'),
    );
    await list(app).locator(`[data-frame="${newest}"]`).waitFor();
    await page.keyboard.press('Control+2');
    const machines = page.getByRole('listbox', { name: 'Machines' });
    expect(await machines.getByRole('option').first().getAttribute('aria-setsize')).toBe('1000');
    await go(app, '#/orders');
    await page.getByRole('option').first().waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  it('can be stopped: what was read stays, and says that it is not all', async () => {
    const app = await started();
    await openFile(app, longer);
    await reading(app).waitFor();
    await app.page.getByRole('button', { name: 'Stop reading' }).click();
    await banner(app, 'Reading was cancelled: this is only the beginning of the file.').waitFor();
    await tabNamed(app, /large\.pcapng ?not whole/).waitFor();
    await expect.poll(() => list(app).locator('[data-frame]').count()).toBeGreaterThan(5);
    expect(await jobs(app).isVisible()).toBe(false);
    expect(await accessibilityProblems(app)).toEqual([]);
    // What is there can go out.
    const part = join(folder, 'part.csv');
    await exportTo(app, part, 'CSV', 'The whole capture');
    await jobs(app).getByText('part.csv is written').waitFor();
    expect((await readFile(part, 'utf8')).split('\r\n').length).toBeGreaterThan(100);
  });

  it('tells how far it is at the foot of Live, with a way to stop it there too', async () => {
    const app = await started();
    await openFile(app, longer);
    await reading(app).waitFor();
    await tab(app, 'Live').click();
    await jobs(app).getByText('Reading large.pcapng').waitFor();
    await jobs(app)
      .getByText(/ MiB of .* · .* frames/)
      .waitFor();
    await jobs(app).getByRole('progressbar', { name: 'Progress of large.pcapng' }).waitFor();
    await jobs(app).getByRole('button', { name: 'Cancel' }).click();
    await tabNamed(app, /large\.pcapng ?not whole/).waitFor();
    await jobs(app).waitFor({ state: 'hidden' });
  });

  it('may be closed while it is read: nothing of it is left', async () => {
    const app = await started();
    await openFile(app, longer);
    await reading(app).waitFor();
    await app.page.getByRole('button', { name: 'Close large.pcapng' }).click();
    await tabNamed(app, /large/).waitFor({ state: 'hidden' });
    await expect.poll(() => readdir(join(app.dataDirectory, 'captures'))).toEqual([]);
    await reading(app).waitFor({ state: 'hidden' });
    await jobs(app).waitFor({ state: 'hidden' });
  });

  it('is written to the end though its tab is closed, and another is read meanwhile', async () => {
    const app = await started();
    await openFile(app, large);
    await tab(app, 'large.pcapng').waitFor({ timeout: 60_000 });
    const copy = join(folder, 'copy.pcapng');
    const letEnd = await holdEnds(app);
    await exportTo(app, copy, 'pcapng', 'The whole capture');
    await app.page.getByRole('button', { name: 'Close large.pcapng' }).click();
    await tab(app, 'large.pcapng').waitFor({ state: 'hidden' });
    await openFile(app, large);
    await reading(app).waitFor();
    await letEnd();
    await jobs(app).getByText('copy.pcapng is written').waitFor({ timeout: 60_000 });
    await jobs(app).getByText('24,000 frames').waitFor();
    await tab(app, 'large.pcapng').waitFor({ timeout: 60_000 });
    // The first one's journal is gone by now; the second one's is there.
    const journals = async (): Promise<number> =>
      (await readdir(join(app.dataDirectory, 'captures'))).filter((name) => name.endsWith('.sqlite')).length;
    await expect.poll(journals).toBe(1);
  });

  it('on a full disk keeps what fitted and says why; an export leaves nothing behind', async (context) => {
    const app = await started();
    const captures = join(app.dataDirectory, 'captures');
    // What the test before had open is gone.
    await expect.poll(() => readdir(captures).catch(() => [])).toEqual([]);
    const small = join(folder, 'small');
    for (const place of [captures, small]) {
      await mkdir(place, { recursive: true });
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', place], { stdio: 'ignore' });
      } catch {
        context.skip('a small disk can be mounted by root on Linux only');
      }
      // Files of a capture that was just closed may still be open in it.
      ends.push(() => execFileSync('umount', ['--lazy', place]));
    }
    // An app that failed has nothing open: what was mounted goes all the same.
    ends.push(() => closeCaptures(app).catch(() => undefined));
    await openFile(app, longer);
    await banner(
      app,
      'The file was not read to its end; this is what came before. The disk is full.',
    ).waitFor();
    await tabNamed(app, /large\.pcapng ?not whole/).waitFor();
    await jobs(app).getByText('large.pcapng was not read to its end.').waitFor();
    await jobs(app).getByText('The disk is full. Make room and try again.').waitFor();
    await expect.poll(() => list(app).locator('[data-frame]').count()).toBeGreaterThan(5);
    await jobs(app).getByRole('button', { name: 'Dismiss' }).click();

    await writeFile(join(small, 'ballast'), Buffer.alloc(8_000_000));
    await exportTo(app, join(small, 'out.jsonl'), 'JSONL', 'The whole capture');
    await jobs(app).getByText('out.jsonl was not written.').waitFor();
    await jobs(app).getByText('The disk is full. Make room and try again.').waitFor();
    expect(await readdir(small)).toEqual(['ballast']);
    const late = await logIn(app, 44403);
    expect(late.received.toString()).toContain('login_r');
    late.socket.destroy();
  });
});
