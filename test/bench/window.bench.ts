/**
 * The window at work, in the real app. One list of frames follows a thousand machines.
 * Another has a million entries and is scrolled, thrown, paged and dragged.
 * Measured: frames drawn a second, tasks over 50 ms, missing lines in a drawn frame, and delays by main's event loop.
 * `npm run bench -- window`
 */
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { everyFrame } from '#shared/filter/frames';
import { exportPcapng } from '../../src/main/core/captures/out/exportPcapng';
import { importFile } from '../../src/main/tools/captures/importJob';
import { startApp, type TestApp } from '../builders/app';
import { newFolder } from '../builders/folders';
import { startLoad } from '../builders/load';
import { manyEntries, peerOf } from '../builders/manyEntries';

const entries = 1_000_000;
const machines = 1_000;
/** s that each measurement takes. */
const followed = 20;
const scrolled = 8;
const size = { width: 1366, height: 768 };
const directory = newFolder();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Drawn {
  readonly frames: number;
  /** ms, from one frame to the next. */
  readonly longest: number;
  /** Rows of the list without a line in a drawn frame. */
  readonly blank: number;
  /** ms, of each task over 50 ms. */
  readonly tasks: readonly number[];
  /** Lines that the list was scrolled by. */
  readonly lines: number;
}

/** Watches the page until `window.benchEnds` is called. Passed as text: the page knows none of our helpers. */
const watch = `new Promise((done) => {
  const box = document.querySelector('[role=listbox][data-rail]');
  const seen = { frames: 0, longest: 0, blank: 0, tasks: [], lines: 0 };
  let [on, before, top, begin] = [true, 0, box.scrollTop, performance.now()];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(Math.round(duration));
  });
  observer.observe({ type: 'longtask' });
  // After the frame was drawn.
  const look = () => {
    seen.lines += Math.abs(box.scrollTop - top) / 22;
    top = box.scrollTop;
    const { x, y, height } = box.getBoundingClientRect();
    const isLine = (at) => document.elementFromPoint(x + 40, y + at)?.closest('[data-id]');
    if (![6, height / 2, height - 8].every(isLine)) seen.blank += 1;
  };
  requestAnimationFrame(function frame(now) {
    seen.frames += 1;
    if (before > 0) seen.longest = Math.max(seen.longest, now - before);
    before = now;
    const after = new MessageChannel();
    after.port1.onmessage = look;
    after.port2.postMessage(0);
    if (on) requestAnimationFrame(frame);
  });
  window.benchEnds = () => {
    on = false;
    observer.disconnect();
    done({ ...seen, frames: (seen.frames * 1000) / (performance.now() - begin), lines: Math.round(seen.lines) });
  };
})`;

async function measure(page: Page, act: () => Promise<void>): Promise<Drawn> {
  const result = page.evaluate<Drawn>(watch);
  await act();
  await page.evaluate('window.benchEnds()');
  return result;
}

function tell(what: string, { frames, longest, blank, tasks, lines }: Drawn, more: string): void {
  const long = tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${Math.max(...tasks)} ms`;
  const facts = [
    `${frames.toFixed(1)} frames drawn a second (longest ${longest.toFixed(0)} ms)`,
    `tasks over 50 ms: ${long}`,
    `blank: ${blank}`,
    ...(lines === 0 ? [] : [`${lines} lines`]),
    ...(more === '' ? [] : [more]),
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ];
  say(`${what.padEnd(28)} ${facts.join(' · ')}`);
}

/** Delays of main's event loop from now on; ms. */
async function watchMain(
  electron: ElectronApplication,
): Promise<() => Promise<{ p50: number; p99: number }>> {
  const handle = await electron.evaluateHandle(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    return delay;
  });
  return () =>
    handle.evaluate((delay) => ({ p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6 }));
}

const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Frames, oldest first' });

async function opened(dataDirectory: string): Promise<TestApp> {
  const app = await startApp({ dataDirectory, size });
  await app.page.evaluate(() => {
    location.hash = '#/inspector';
  });
  await app.page.mouse.move(700, 4);
  return app;
}

async function newestId(page: Page): Promise<number> {
  const reply = await page.evaluate(
    (filter) => window.crema.request('frames', { filter, place: { before: null }, limit: 1 }),
    everyFrame,
  );
  return reply.ok ? (reply.value.rows[0]?.id ?? 0) : 0;
}

/** The list follows while machines send so many frames a second; Crema's answers come on top. */
async function following(sentPerSecond: number): Promise<void> {
  const app = await opened(newFolder(directory));
  const load = await startLoad(app.machinePort, machines, sentPerSecond);
  await pause(5_000);
  const delays = await watchMain(app.electron);
  const [first, start] = [await newestId(app.page), performance.now()];
  const drawn = await measure(app.page, () => pause(followed * 1000));
  const rate = ((await newestId(app.page)) - first) / ((performance.now() - start) / 1000);
  const { p50, p99 } = await delays();
  const main = `main's event loop p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`;
  tell(`following ${Math.round(rate)} frames/s`, drawn, main);
  await app.close();
  load.stop();
}

async function makeJournal(dataDirectory: string): Promise<void> {
  const file = join(directory, 'many.pcapng');
  const out = createWriteStream(file);
  await exportPcapng(
    manyEntries(entries, Date.now() - 2 * entries),
    (chunk) =>
      new Promise((resolve, reject) => out.write(chunk, (error) => (error ? reject(error) : resolve()))),
    { peerOf },
  );
  await new Promise<void>((resolve) => out.end(resolve));
  const journal = join(dataDirectory, 'journal.sqlite');
  await importFile({ file, journal }, new AbortController().signal, { onProgress: () => undefined });
  rmSync(file);
}

/** Repeats it every `ms`. */
async function again(ms: number, act: (times: number) => Promise<void>): Promise<void> {
  const end = performance.now() + scrolled * 1000;
  for (let times = 0; performance.now() < end; times += 1) {
    void act(times);
    await pause(ms);
  }
}

async function scrolling(): Promise<void> {
  const dataDirectory = newFolder(directory);
  await makeJournal(dataDirectory);
  const app = await opened(dataDirectory);
  const { page } = app;
  await list(page).locator('[data-frame]').first().waitFor();
  const box = await list(page).boundingBox();
  const rail = await page.getByRole('scrollbar').boundingBox();
  if (box === null || rail === null) throw new Error('no list');
  await page.mouse.move(box.x + 300, box.y + 200);
  await pause(2_000);
  const wheel = (by: number) => (): Promise<void> => page.mouse.wheel(0, by);
  tell('wheel, 3 lines a notch', await measure(page, () => again(16, wheel(-66))), '');
  tell('thrown, 2 screens a notch', await measure(page, () => again(50, wheel(-2 * box.height))), '');
  for (const key of ['PageUp', 'PageDown']) {
    await list(page).focus();
    const held = measure(page, () => again(33, () => page.keyboard.down(key)));
    tell(`${key} held`, await held, '');
    await page.keyboard.up(key);
    // The opened frame, then the chosen line.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }
  const x = rail.x + rail.width / 2;
  const y = (share: number): number => rail.y + 20 + share * (rail.height - 40);
  await page.mouse.move(x, y(1));
  await page.mouse.down();
  // Scrolls over the whole journal and back, once in four seconds.
  const dragged = measure(page, () =>
    again(16, (times) => page.mouse.move(x, y(0.5 + 0.49 * Math.cos((times * 16 * Math.PI) / 2_000)))),
  );
  tell('the rail dragged to and fro', await dragged, '');
  await page.mouse.up();
  await middle(page, x, y);
  await app.close();
}

/** Time from the release of the thumb in the middle to the entries in the middle. */
async function middle(page: Page, x: number, y: (share: number) => number): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    await page.mouse.click(x, y(round % 2 === 0 ? 0 : 1));
    await pause(500);
    const start = performance.now();
    await page.mouse.click(x, y(0.5));
    await page.waitForFunction(
      ([from, to]) =>
        [...document.querySelectorAll<HTMLElement>('[data-rail] [data-frame]')].some((line) => {
          const id = Number(line.dataset['frame']);
          return id > (from ?? 0) && id < (to ?? 0);
        }),
      [0.4 * entries, 0.6 * entries],
    );
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  say(
    `${'to the middle'.padEnd(28)} ${times[4]?.toFixed(0)} ms (${times[0]?.toFixed(0)}–${times[8]?.toFixed(0)})`,
  );
}

if (process.env['CREMA_ELECTRON'] === undefined || !existsSync('out/main/index.js'))
  say('left out: CREMA_ELECTRON names no Electron, or the app is not built');
else
  try {
    await following(500);
    await following(2_600);
    await scrolling();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
