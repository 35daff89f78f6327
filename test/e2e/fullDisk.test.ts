/** The real app on a disk that is really full, when it is to end: what is lost is said with its number, or written elsewhere and readable. */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { RawClient } from '../builders/server';
import { removed } from '../builders/removed';

const ends: (() => unknown)[] = [];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-full-'));
  // What is left of an app that was killed may make a file where its disk was.
  ends.push(() => removed(folder));
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const data = (): string => join(folder, 'data');
const rescued = (): string => join(folder, 'rescued');

interface FullDisk {
  readonly app: TestApp;
  readonly written: () => string;
  readonly ended: Promise<number | null>;
  /** Room again. */
  readonly grow: () => void;
}

/** The app, begun on a small disk that somebody else has filled since. */
async function onFullDisk(context: TestContext, ...switches: readonly string[]): Promise<FullDisk> {
  mkdirSync(data());
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', data()], { stdio: 'ignore' });
  } catch {
    context.skip('a small disk can be mounted by root on Linux only');
  }
  // What is left of the app may still have files open in it.
  ends.push(() => execFileSync('umount', ['--lazy', data()]));
  const app = await startApp({ dataDirectory: data(), switches });
  // Asked in order, it would ask a person. Once it has ended Playwright knows its process no more.
  const child = app.electron.process();
  ends.push(() => child.kill('SIGKILL'));
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  for (let part = 0, size = 1 << 20; size >= 1; part += 1) {
    try {
      writeFileSync(join(data(), `filler-${part}`), Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
  const grow = (): void => void execFileSync('mount', ['-o', 'remount,size=1g', data()]);
  return { app, written: () => written, ended, grow };
}

/** Comes, says so much, goes. Every frame of it is an entry, and there are four more. */
async function visit({ machinePort }: TestApp, frames: number, padding = 4_000): Promise<number> {
  const client = await RawClient.open(machinePort);
  const frame = (body: string): string => {
    // The length as le48 says it: long frames fit.
    const v = Buffer.byteLength(body) + 12 + 48;
    const head = Buffer.from([v & 255, (v >> 8) + 48, (v >> 16) + 48, (v >> 24) + 48]);
    return `${head.toString('latin1')}t0000000${body}`;
  };
  client.send(
    Buffer.from(frame('{"cmd":"login","vmc_no":33240,"io_version":"1","login_count":2}'), 'latin1'),
  );
  await client.until(() => client.received.includes('login_r'));
  const said = Buffer.from(frame(`{"cmd":"x","vmc_no":33240,"n":"${'x'.repeat(padding)}"}`), 'latin1');
  for (let n = 0; n < frames; n += 1)
    if (!client.socket.write(said)) await new Promise((done) => client.socket.once('drain', done));
  await new Promise<void>((done) => client.socket.end(() => done()));
  await client.until(() => client.closed, 60_000);
  return frames + 4;
}

/** So much of what the disk refuses is kept, and a visit of more. */
const littleMemory = ['--refused-limit', '8'];
const tooMuch = (app: TestApp): Promise<number> => visit(app, 250, 48_000);

/** What the banner says waits, and is lost. */
async function banner({ page }: TestApp): Promise<{ readonly waiting: number; readonly lost: number }> {
  const text = await page.getByRole('alert').filter({ hasText: 'Nothing is being recorded.' }).innerText();
  const number = (pattern: RegExp): number => Number((pattern.exec(text)?.[1] ?? '0').replaceAll(',', ''));
  return { waiting: number(/([\d,]+) records wait/), lost: number(/([\d,]+) found no room/) };
}

const sent = (app: TestApp, count: number): Promise<void> =>
  expect
    .poll(async () => {
      const { waiting, lost } = await banner(app);
      return waiting + lost;
    })
    .toBe(count);

/** It is longer than a text can be. */
async function linesIn(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

describe('a disk that is full when Crema is told to end', () => {
  it('with --rescue: what waits is written there; what is lost is the number of the banner', async (context) => {
    const full = await onFullDisk(context, ...littleMemory, '--rescue', rescued());
    const { app, written, ended } = full;
    const count = await tooMuch(app);
    await sent(app, count);
    const { waiting, lost } = await banner(app);
    expect(lost).toBeGreaterThan(0);
    expect(written()).toMatch(/journal: nothing is being recorded: the disk refuses \(.*full/);
    app.electron.process().kill('SIGTERM');
    expect(await ended).toBe(3);
    const [name = ''] = readdirSync(rescued());
    const file = join(rescued(), name);
    expect(written()).toContain(
      `journal: ${waiting} records that the disk refuses are written to ${file}; ${lost} found no room before and are lost`,
    );
    expect(await linesIn(file)).toBe(waiting);
  });

  it('without: how many are lost is said before they are', async (context) => {
    const { app, written, ended } = await onFullDisk(context);
    const count = await visit(app, 1_000);
    await sent(app, count);
    app.electron.process().kill('SIGTERM');
    expect(await ended).toBe(3);
    expect(written()).toMatch(
      new RegExp(`^crema: journal: ${count} records are lost: the disk refuses them \\(.*full.*\\)$`, 'm'),
    );
  });

  it('the dialog: it names the number, and writes them where a person wants them, to be read again', async (context) => {
    const { app, ended, written } = await onFullDisk(context);
    const count = await visit(app, 300);
    await sent(app, count);
    const file = join(folder, 'saved.jsonl');
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
      `${count} records wait for the disk, which refuses them. They are lost when Crema quits.`,
    );
    expect(await ended).toBe(0);
    expect(written()).toContain(`journal: ${count} records that the disk refuses are written to ${file}`);
    const again = join(folder, 'again');
    mkdirSync(again);
    const cli = ['out/main/journalCli.js', 'import', '--data-dir', again, '--in', file];
    execFileSync(process.execPath, cli, { stdio: 'ignore' });
    const db = new DatabaseSync(join(again, 'journal.sqlite'), { readOnly: true });
    const found = db.prepare('SELECT count(*) AS count FROM entries').get() as unknown;
    db.close();
    expect(found).toEqual({ count });
  });

  it('with room again all is written, and the banner goes on saying what was lost', async (context) => {
    const { app, written, grow } = await onFullDisk(context, ...littleMemory);
    const count = await tooMuch(app);
    await sent(app, count);
    const { lost } = await banner(app);
    grow();
    const said = app.page.getByRole('status').filter({ hasText: 'found no room while the disk refused' });
    await said.waitFor();
    expect(await said.innerText()).toContain(`${lost.toLocaleString('en')} records found no room`);
    expect(written()).toContain(`what waited is being written; ${lost} found no room and are lost`);
    await go(app, '#/inspector');
    await said.getByRole('button', { name: 'Understood' }).click();
    await said.waitFor({ state: 'hidden' });
  });
});
