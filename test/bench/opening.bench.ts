/**
 * Time from choosing a capture of a million frames to its first rows: in the import's journal and, with an Electron, in the window.
 * Then the time until all is read and searchable, in turn with tshark and our dissector on the same file.
 * Needs a build (`npm run build`).
 * `CREMA_ELECTRON=… xvfb-run -a npx tsx test/bench/opening.bench.ts [frames]` (CAPTURE=FILE takes that file instead)
 */
import { copyFileSync, createWriteStream, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { everyFrame } from '#shared/filter/frames';
import { exportPcapng } from '../../src/main/core/captures/out/exportPcapng';
import { importFile } from '../../src/main/tools/captures/importJob';
import { openJournal } from '../../src/main/journal/store/openJournal';
import { startApp } from '../builders/app';
import { list, openFile } from '../builders/captureScreens';
import { newFolder } from '../builders/folders';
import { manyEntries, peerOf } from '../builders/manyEntries';
import { measured, type Measured } from '../builders/measured';
import { CaptureFolder, hasProgram } from '../builders/wireshark';

const frames = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const given = process.env['CAPTURE'];
const folder = new CaptureFolder();
const directory = newFolder();
const name = 'many.pcapng';
const file = folder.file(name);
/** The switches of scripts/journal.mjs. */
const asStarted = ['--min-semi-space-size=16', '--max-semi-space-size=32'];
const built = join(import.meta.dirname, '..', '..', 'out', 'main');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function make(): Promise<void> {
  if (given !== undefined) {
    copyFileSync(given, file);
    say(`${given}, ${Math.round(statSync(file).size / 1_048_576)} MiB`);
    return;
  }
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
  await importFile(
    { file, journal, journalWorker: join(built, 'journalWorker.js') },
    new AbortController().signal,
    {
      onProgress: () => undefined,
      onGrowth: () =>
        (first ??= `${rowsIn(journal)} rows after ${(performance.now() - start).toFixed(0)} ms`),
    },
  );
  say(`journal: ${first}, all after ${(performance.now() - start).toFixed(0)} ms`);
}

/** Time until the capture is complete and searchable with the program of `npm run journal`, in turn with tshark. */
async function besideTshark(): Promise<void> {
  const hasTshark = hasProgram('tshark');
  const [ours, theirs]: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const data = join(directory, `data-${round}`);
    const cli = [...asStarted, join(built, 'journalCli.js'), 'import', '--data-dir', data, '--in', file];
    ours.push(await measured(process.execPath, cli));
    rmSync(data, { recursive: true });
    if (hasTshark) theirs.push(await folder.measuredTshark(name, '-T', 'fields', '-e', 'frame.number'));
  }
  say(`read whole and searchable: ${figures(ours)}`);
  if (!hasTshark) return;
  say(`tshark with our dissector:  ${figures(theirs)}`);
  const ratios = theirs.map(({ seconds }, i) => seconds / (ours[i]?.seconds ?? NaN));
  const memory = Math.max(...ours.map(({ peak }) => peak)) / Math.min(...theirs.map(({ peak }) => peak));
  say(`${spread(ratios, 1)} times as fast, with ${memory.toFixed(2)} of its memory`);
}

const figures = (all: readonly Measured[]): string =>
  `${spread(
    all.map(({ seconds }) => seconds),
    2,
  )} s, ${Math.round(Math.max(...all.map(({ peak }) => peak)) / 1_048_576)} MiB`;

/** Median, least and most. */
function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number): string => (sorted[place] ?? NaN).toFixed(digits);
  return `${at(Math.floor(sorted.length / 2))} (${at(0)}-${at(sorted.length - 1)})`;
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
  await page.getByRole('button', { name: 'More for frames' }).waitFor();
  const start = performance.now();
  await openFile(app, file);
  await list(app).locator('[data-frame]').first().waitFor();
  say(`window: first rows after ${(performance.now() - start).toFixed(0)} ms`);
  await page.getByText('still being read').waitFor({ state: 'hidden', timeout: 600_000 });
  say(`window: all after ${(performance.now() - start).toFixed(0)} ms`);
  await app.close();
}

try {
  await make();
  await inJournal();
  await besideTshark();
  await inWindow();
} finally {
  rmSync(directory, { recursive: true, force: true });
  folder.remove();
}
