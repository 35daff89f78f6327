/** Captures that take a while to read, in the real app: viewed while reading, stopped, closed, exported, and on a full disk. */
import { execFileSync } from 'node:child_process';
import { mkdir, open as openHandle, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exportPcapng } from '../../src/main/core/captures/out/exportPcapng';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import {
  banner,
  captureId,
  closeCaptures,
  exportTo,
  go,
  holdJobs,
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
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const shared = sharedApp();
/** With no capture open. */
async function started(): Promise<TestApp> {
  const app = await shared();
  await closeCaptures(app);
  await go(app, '#/inspector');
  return app;
}

/** The capture has enough frames to be read in several pieces, and this many machines. */
const [frames, fleet] = [2_500, 25];

describe('a long capture', () => {
  const placeOfLarge = useFolder('all');
  let large = '';
  beforeAll(async () => {
    large = placeOfLarge('large.pcapng');
    const file = await openHandle(large, 'w');
    const entries = manyEntries(frames, undefined, fleet);
    await exportPcapng(entries, async (chunk) => void (await file.write(chunk)), { peerOf });
    await file.close();
  });
  /** Holds reading until it is released, at the latest at the end of the test. */
  const held = async (app: TestApp): Promise<() => Promise<void>> => {
    const { letGo } = await holdJobs(app);
    ends.push(letGo);
    return letGo;
  };

  const reading = (app: TestApp): Locator => banner(app, 'still being read');
  const mode = ({ page }: TestApp): Locator => page.getByRole('button', { name: /^Capture: \d+ % read$/ });
  const isStopped = async (app: TestApp): Promise<void> => {
    await banner(app, 'Reading was cancelled. Only the beginning of the file is shown.').waitFor();
    await tabNamed(app, /large\.pcapng ?incomplete/).waitFor();
  };

  it('is open while it is read, grows at its end, becomes complete, and is exported even if its tab is closed', async () => {
    const app = await started();
    const { page } = app;
    const readOn = await held(app);
    await openFile(app, large);
    await reading(app).waitFor();
    await mode(app).click();
    await page.getByRole('progressbar', { name: 'Progress of large.pcapng' }).waitFor();
    await page.keyboard.press('Escape');
    await tabNamed(app, /large\.pcapng ?reading \d+ %/).waitFor();
    await list(app).locator('[data-frame]').first().waitFor();
    // The shown capture has its progress in place, not again at the foot of the window.
    expect(await jobs(app).isVisible()).toBe(false);
    await page.keyboard.press('/');
    await page.keyboard.type('vmc:33240');
    await page.keyboard.press('Enter');
    await readOn();
    await tab(app, 'large.pcapng').waitFor({ timeout: 60_000 });
    await reading(app).waitFor({ state: 'hidden' });
    await banner(app, `${fleet} machines · ${fleet} connections`).waitFor();
    // Without input the list has filled the screen by itself, and End leads to the last entry.
    await expect.poll(() => lineCount(app)).toBeGreaterThan(20);
    await list(app).press('End');
    const newest = await page.evaluate(
      async (capture) => {
        const filter = { vmcNo: null, dir: null, cmd: null, text: 'vmc:33240' };
        const asked = { filter, place: { before: null }, limit: 1 };
        const reply = await window.crema.request('frames', asked, capture);
        return reply.ok ? reply.value.rows[0]?.id : null;
      },
      await captureId(app, 'large.pcapng'),
    );
    await list(app).locator(`[data-frame="${newest}"]`).waitFor();
    await page.keyboard.press('Control+2');
    const machines = page.getByRole('listbox', { name: 'Machines' });
    expect(await machines.getByRole('option').first().getAttribute('aria-setsize')).toBe(String(fleet));
    await go(app, '#/orders');
    await page.getByRole('option').first().waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);

    await go(app, '#/inspector');
    const copy = folder('copy.pcapng');
    const letGo = await held(app);
    await exportTo(app, copy, 'pcapng', 'The whole capture');
    await page.getByRole('button', { name: 'Close large.pcapng' }).click();
    await tab(app, 'large.pcapng').waitFor({ state: 'hidden' });
    // Another capture is read meanwhile, and stopped.
    await openFile(app, large);
    await reading(app).waitFor();
    await mode(app).click();
    await page.getByRole('button', { name: 'Stop reading' }).click();
    await isStopped(app);
    await letGo();
    await jobs(app).getByText('copy.pcapng exported').waitFor({ timeout: 60_000 });
    await jobs(app).getByText('2,500 frames').waitFor();
    // The first capture's journal is gone by now; the second's is there.
    const journals = async (): Promise<number> =>
      (await readdir(join(app.dataDirectory, 'captures'))).filter((name) => name.endsWith('.sqlite')).length;
    await expect.poll(journals).toBe(1);
  });

  it('shows its progress at the foot of Live, where it can be stopped too: the read part stays, can be exported, and is marked as incomplete; a capture closed during reading leaves nothing', async () => {
    const app = await started();
    const letGo = await held(app);
    await openFile(app, large);
    await reading(app).waitFor();
    await tab(app, 'Live').click();
    await jobs(app).getByText('Reading large.pcapng').waitFor();
    await jobs(app)
      .getByText(/ KiB of .* KiB · .* frames/)
      .waitFor();
    await jobs(app).getByRole('progressbar', { name: 'Progress of large.pcapng' }).waitFor();
    await jobs(app).getByRole('button', { name: 'Cancel' }).click();
    await tabNamed(app, /large\.pcapng ?incomplete/).click();
    await isStopped(app);
    await expect.poll(() => list(app).locator('[data-frame]').count()).toBeGreaterThan(5);
    expect(await jobs(app).isVisible()).toBe(false);
    expect(await accessibilityProblems(app)).toEqual([]);
    // The part that was read can be exported.
    await letGo();
    const part = folder('part.csv');
    await exportTo(app, part, 'CSV', 'The whole capture');
    await jobs(app).getByText('part.csv exported').waitFor();
    expect((await readFile(part, 'utf8')).split('\r\n').length).toBeGreaterThan(100);
    await jobs(app).getByRole('button', { name: 'Dismiss' }).click();
    await closeCaptures(app);

    await held(app);
    await openFile(app, large);
    await reading(app).waitFor();
    await app.page.getByRole('button', { name: 'Close large.pcapng' }).click();
    await tabNamed(app, /large/).waitFor({ state: 'hidden' });
    await expect.poll(() => readdir(join(app.dataDirectory, 'captures'))).toEqual([]);
    await reading(app).waitFor({ state: 'hidden' });
    await jobs(app).waitFor({ state: 'hidden' });
  });

  it('on a full disk keeps the part that fits and shows the reason; an export leaves nothing behind', async (context) => {
    const app = await started();
    const captures = join(app.dataDirectory, 'captures');
    // The captures of the previous test are gone.
    await expect.poll(() => readdir(captures).catch(() => [])).toEqual([]);
    const small = folder('small');
    // The tables of a capture and their indexes take most of the larger one before the first frame.
    for (const [place, size] of [
      [captures, '1m'],
      [small, '640k'],
    ] as const) {
      await mkdir(place, { recursive: true });
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', place], { stdio: 'ignore' });
      } catch {
        context.skip('a small disk can be mounted by root on Linux only');
      }
      // Files of a capture that was just closed may still be open on the disk.
      ends.push(() => execFileSync('umount', ['--lazy', place]));
    }
    // A failed app has nothing open. The disk is unmounted in any case.
    ends.push(() => closeCaptures(app).catch(() => undefined));
    await openFile(app, large);
    await banner(
      app,
      'The file was not read to its end. Only the part before is shown. The disk is full.',
    ).waitFor();
    await tabNamed(app, /large\.pcapng ?incomplete/).waitFor();
    await jobs(app).getByText('large.pcapng was only partly read.').waitFor();
    await jobs(app).getByText('The disk is full. Free some space and try again.').waitFor();
    await expect.poll(() => list(app).locator('[data-frame]').count()).toBeGreaterThan(5);
    await jobs(app).getByRole('button', { name: 'Dismiss' }).click();

    await writeFile(join(small, 'ballast'), Buffer.alloc(640_000));
    await exportTo(app, join(small, 'out.jsonl'), 'JSONL', 'The whole capture');
    await jobs(app).getByText('out.jsonl was not exported.').waitFor();
    await jobs(app).getByText('The disk is full. Free some space and try again.').waitFor();
    expect(await readdir(small)).toEqual(['ballast']);
    const late = await logIn(app, 44403);
    expect(late.received.toString()).toContain('login_r');
    late.socket.destroy();
  });
});
