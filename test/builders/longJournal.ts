/** The Inspector of the real app over a journal of nine list pages, and functions that scroll it. */
import { createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Locator } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import type { Entry } from '#shared/model/frame';
import { exportPcapng } from '../../src/main/core/captures/out/exportPcapng';
import { importFile } from '../../src/main/tools/captures/importJob';
import { newDataFolder, type AppOptions, type TestApp } from './app';
import { closeCaptures, go, list } from './captureScreens';
import { manyEntries, peerOf } from './manyEntries';
import { sharedApp } from './sharedApp';
import { useFolder } from './useFolder';

const frames = 4_000;
export const machines = 200;
/** Including the beginning and end of each machine's connection. */
export const entries = frames + 2 * machines;

export const rail = ({ page }: TestApp): Locator =>
  page.getByRole('scrollbar', { name: 'Position among all frames' });
/** Per cent. */
export const place = async (on: TestApp): Promise<number> =>
  Number(await rail(on).getAttribute('aria-valuenow'));

/** Drags the thumb to a share of the rail, until the list has arrived there. */
export async function dragTo(on: TestApp, share: number): Promise<void> {
  const box = await rail(on).boundingBox();
  const thumb = await rail(on).locator('div').first().boundingBox();
  if (box === null || thumb === null) throw new Error('no rail');
  const x = box.x + box.width / 2;
  await on.page.mouse.move(x, thumb.y + thumb.height / 2);
  await on.page.mouse.down();
  const end = box.y + thumb.height / 2 + share * (box.height - thumb.height);
  const middle = (thumb.y + end) / 2;
  await on.page.mouse.move(x, middle);
  await on.page.mouse.move(x, end);
  await expect.poll(async () => Math.abs((await firstLine(on)) - share)).toBeLessThan(0.05);
}

/** Presses the rail beside the thumb until the list has arrived there. A press costs one jump; dragging costs several. */
export async function pressAt(on: TestApp, share: number): Promise<void> {
  const box = await rail(on).boundingBox();
  if (box === null) throw new Error('no rail');
  const inside = Math.min(box.height - 2, Math.max(2, share * box.height));
  await on.page.mouse.click(box.x + box.width / 2, box.y + inside);
  await expect.poll(async () => Math.abs((await firstLine(on)) - share)).toBeLessThan(0.05);
}

/** Position of the first visible line among all entries, 0 to 1. Every visible line is drawn. */
export async function firstLine(on: TestApp): Promise<number> {
  const id = await list(on).evaluate((box) => {
    const { x, y, height } = box.getBoundingClientRect();
    const ids = [y + 4, y + height / 2, y + height - 4].map((at) => {
      const line = document.elementFromPoint(x + 60, at)?.closest<HTMLElement>('[data-id]');
      return Math.abs(Number(line?.dataset['id'] ?? Number.NaN));
    });
    return ids.some(Number.isNaN) ? -1 : (ids[0] ?? -1);
  });
  return id / entries;
}

/** The window has received its answers and drawn them. */
export const atRest = ({ page }: TestApp): Promise<void> =>
  page.evaluate(async () => {
    const filter = { vmcNo: null, dir: null, cmd: null, text: '' };
    await window.crema.request('frames', { filter, place: { before: null }, limit: 1 });
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });

export interface LongJournal {
  /** Path of its frames as a capture. */
  readonly file: () => string;
  /** The Inspector, with nothing opened. */
  readonly started: () => Promise<TestApp>;
  /** The Inspector in the state that the previous test left. */
  readonly asLeft: () => Promise<TestApp>;
}

/** The first entry is selected and shown. */
export async function toTheFirst(on: TestApp): Promise<TestApp> {
  await list(on).locator('[data-frame]').first().waitFor();
  await list(on).focus();
  await on.page.keyboard.press('Home');
  await list(on).locator('[data-id="1"][aria-selected="true"]').waitFor();
  return on;
}

/** Each connection begins with an entry of its own, so that the numbers in the file are those of the imported entries. */
async function* numberedAsImported(): AsyncGenerator<readonly Entry[]> {
  let i = 0;
  for await (const page of manyEntries(frames, Date.now() - 3_600_000, machines))
    yield page.map((entry) => {
      i += 1;
      return Object.assign(entry, { id: i <= machines ? 2 * i : i + machines });
    });
}

/** For the tests of a file. */
export function longJournal(): LongJournal {
  const folder = useFolder('all');
  let file = '';
  /** The text read from the file. */
  let past = '';
  beforeAll(async () => {
    file = folder('long.pcapng');
    const out = createWriteStream(file);
    await exportPcapng(
      numberedAsImported(),
      (chunk) =>
        new Promise((resolve, reject) => out.write(chunk, (error) => (error ? reject(error) : resolve()))),
      { peerOf },
    );
    await new Promise<void>((resolve) => out.end(resolve));
    past = folder('journal.sqlite');
    await importFile({ file, journal: past }, new AbortController().signal, { onProgress: () => undefined });
    // An app's own journal has its own numbers.
    const db = new DatabaseSync(past);
    db.exec('DELETE FROM originals');
    db.close();
  }, 60_000);

  /** Options of an app that has been running before. */
  async function withPast(): Promise<AppOptions> {
    const dataDirectory = await newDataFolder();
    await copyFile(past, join(dataDirectory, 'journal.sqlite'));
    return { dataDirectory, size: { width: 1366, height: 768 } };
  }
  /** A journal that does not grow before the last test. */
  const shared = sharedApp(withPast);
  async function inInspector(begin: () => Promise<TestApp>): Promise<TestApp> {
    const app = await begin();
    await closeCaptures(app);
    await go(app, '#/inspector');
    await app.page.mouse.move(700, 4);
    return app;
  }
  return {
    file: () => file,
    started: () => inInspector(shared),
    asLeft: () => inInspector(shared.asLeft),
  };
}
