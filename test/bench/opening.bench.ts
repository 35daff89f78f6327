/**
 * From choosing a capture of a million frames to its first rows: in the journal that the import writes, and, where an Electron is
 * named and the app is built, in the window. Then until all of it is read.
 * `CREMA_ELECTRON=… xvfb-run -a npx tsx test/bench/opening.bench.ts [frames]`
 */
import { createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyFrame } from '#shared/filter/frames';
import { exportPcapng } from '../../src/main/capture/exportPcapng';
import { importFile } from '../../src/main/jobs/importJob';
import { openJournal } from '../../src/main/journal/store';
import { startApp } from '../builders/app';
import { manyEntries, peerOf } from '../builders/manyEntries';

const frames = Number(process.argv[2] ?? 1_000_000);
const directory = mkdtempSync(join(tmpdir(), 'crema-opening-'));
const file = join(directory, 'many.pcapng');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function make(): Promise<void> {
  const out = createWriteStream(file);
  await exportPcapng(
    manyEntries(frames),
    (chunk) =>
      new Promise((resolve, reject) => out.write(chunk, (error) => (error ? reject(error) : resolve()))),
    { peerOf },
  );
  await new Promise<void>((resolve) => out.end(resolve));
  say(`${frames} frames, ${Math.round(statSync(file).size / 1_048_576)} MiB`);
}

/** Another connection to the journal sees rows. */
function rowsIn(journal: string): number {
  const opened = openJournal(journal);
  if (opened.kind !== 'open') return 0;
  const query = { filter: everyFrame, place: { after: 0 }, limit: 300, now: Date.now(), names: {} };
  const { entries } = opened.store.frames(query);
  opened.store.close();
  return entries.length;
}

async function inJournal(): Promise<void> {
  const journal = join(directory, 'many.sqlite');
  const start = performance.now();
  let first: string | null = null;
  await importFile({ file, journal }, new AbortController().signal, {
    onProgress: () => undefined,
    onGrowth: () => (first ??= `${rowsIn(journal)} rows after ${(performance.now() - start).toFixed(0)} ms`),
  });
  say(`journal: ${first}, all after ${(performance.now() - start).toFixed(0)} ms`);
}

async function inWindow(): Promise<void> {
  if (process.env['CREMA_ELECTRON'] === undefined || !existsSync('out/main/index.js')) {
    say('window: left out; CREMA_ELECTRON names no Electron, or the app is not built');
    return;
  }
  const app = await startApp({ size: { width: 1366, height: 768 } });
  const { page } = app;
  await page.evaluate(() => {
    location.hash = '#/inspector';
  });
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  const open = page.getByRole('button', { name: 'Open capture…' });
  await open.waitFor();
  const start = performance.now();
  await open.click();
  await page.getByRole('listbox', { name: 'Frames, oldest first' }).locator('[data-frame]').first().waitFor();
  say(`window: first rows after ${(performance.now() - start).toFixed(0)} ms`);
  await page.getByText('still being read').waitFor({ state: 'hidden', timeout: 600_000 });
  say(`window: all after ${(performance.now() - start).toFixed(0)} ms`);
  await app.close();
}

try {
  await make();
  await inJournal();
  await inWindow();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
