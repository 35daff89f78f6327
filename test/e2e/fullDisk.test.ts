/**
 * The real app quits on a disk that is really full. It reports the number of lost records, or writes them elsewhere, readable.
 * Without a window: test/integration/fullDiskEnd.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, describe, expect, it, type TestContext } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { appFolder } from '../builders/bundles';
import { limitMemory, SmallDisk, visit, visitTooLong } from '../builders/smallDisk';
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface FullDisk {
  readonly app: TestApp;
  readonly written: () => string;
  readonly ended: Promise<number | null>;
  /** Frees space. */
  readonly grow: () => void;
}

/** The app, started on a small disk that another program has filled since. */
async function onFullDisk(context: TestContext, from = '.'): Promise<FullDisk> {
  const disk = new SmallDisk(context, folder('data'));
  ends.push(() => disk.unmount());
  const app = await startApp({ dataDirectory: disk.at, folder: from });
  // An orderly quit would ask a person. Playwright loses the process when it ends.
  const child = app.electron.process();
  ends.push(() => child.kill('SIGKILL'));
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  disk.fill();
  return { app, written: () => written, ended, grow: () => disk.grow() };
}

/** The numbers of waiting and lost records in the banner. */
async function banner({ page }: TestApp): Promise<{ readonly waiting: number; readonly lost: number }> {
  const text = await page.getByRole('alert').filter({ hasText: 'Nothing is being recorded.' }).innerText();
  const number = (pattern: RegExp): number => Number((pattern.exec(text)?.[1] ?? '0').replaceAll(',', ''));
  return { waiting: number(/([\d,]+) records are waiting/), lost: number(/([\d,]+) did not fit/) };
}

const sent = (app: TestApp, count: number): Promise<void> =>
  expect
    .poll(async () => {
      const { waiting, lost } = await banner(app);
      return waiting + lost;
    })
    .toBe(count);

describe('a disk that is full when Crema quits', () => {
  it('the dialog has the number of records, and writes them to a chosen place, readable', async (context) => {
    const { app, ended, written } = await onFullDisk(context);
    const count = await visit(app.machinePort, 300);
    await sent(app, count);
    const file = folder('saved.jsonl');
    const asked = app.electron.evaluate(({ BrowserWindow, dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      const question = new Promise<string>((resolve) => {
        dialog.showMessageBox = (...args: readonly unknown[]) => {
          resolve((args[0] as { readonly message: string }).message);
          return Promise.resolve({ response: 2, checkboxChecked: false });
        };
      });
      BrowserWindow.getAllWindows()[0]?.close();
      return question;
    }, file);
    expect(await asked).toBe(
      `${count} records can’t be written to the disk. They are lost if Crema quits now.`,
    );
    expect(await ended).toBe(0);
    expect(written()).toContain(`journal: ${count} records that the disk refuses are written to ${file}`);
    const again = folder('again');
    mkdirSync(again);
    const cli = ['out/main/journalCli.js', 'import', '--data-dir', again, '--in', file];
    execFileSync(process.execPath, cli, { stdio: 'ignore' });
    const db = new DatabaseSync(join(again, 'journal.sqlite'), { readOnly: true });
    const found = db.prepare('SELECT count(*) AS count FROM entries').get() as unknown;
    db.close();
    expect(found).toEqual({ count });
  });

  it('after space is freed, all records are written, and the banner still shows the loss', async (context) => {
    const copy = appFolder();
    ends.push(copy.remove);
    limitMemory(copy);
    const { app, written, grow } = await onFullDisk(context, copy.folder);
    const count = await visitTooLong(app.machinePort);
    await sent(app, count);
    const { lost } = await banner(app);
    expect(lost).toBeGreaterThan(0);
    expect(written()).toMatch(/journal: nothing is being recorded: the disk refuses \(.*full/);
    grow();
    const said = app.page.getByRole('status').filter({ hasText: 'lost while the disk could not be written' });
    await said.waitFor();
    expect(await said.innerText()).toContain(`${lost.toLocaleString('en')} records were lost`);
    expect(written()).toContain(`what waited is being written; ${lost} found no room and are lost`);
    await go(app, '#/inspector');
    await said.getByRole('button', { name: 'Dismiss' }).click();
    await said.waitFor({ state: 'hidden' });
  });
});
