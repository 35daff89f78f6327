/** The real app with a broken data folder or journal: it serves machines and reports the problem. */
import { existsSync } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import { newDataFolder, startApp, type TestApp } from '../builders/app';
import { accessibilityProblems } from '../builders/accessibility';
import { go, list, logIn } from '../builders/captureScreens';
import { onRecord } from '../builders/counted';
import { freePorts, Served } from '../builders/served';
import { decimalFrame } from '../builders/server';
import { removed } from '../builders/folders';
import { openStore } from '../builders/journal';
import { Room } from '../builders/room';
import { SmallDisk } from '../builders/smallDisk';
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** `unwritable`: a data folder without a copy of the compiled code. */
async function started(language: 'en' | null = 'en', unwritable?: string): Promise<TestApp> {
  const dataDirectory = unwritable ?? (await newDataFolder(folder()));
  const app = await startApp({ dataDirectory, language });
  ends.push(() => app.close({ keepData: true }));
  return app;
}

/** Chromium's own data, removed with the test. */
async function sessionOf(app: TestApp): Promise<string> {
  const session = await app.electron.evaluate(({ app: running }) => running.getPath('sessionData'));
  ends.push(() => removed(session));
  return session;
}

/** Machines known to a server that starts with this journal. */
async function knownToTheNext(): Promise<readonly number[]> {
  const room = new Room(folder(), resolve('out/main/journalWorker.js'));
  await room.open();
  const machines = await room.machines();
  await room.close();
  return machines.map(({ vmcNo }) => vmcNo);
}

const noJournal = 'Crema could not open its records. The message at the top of the window gives the reason.';
const journalFile = (data = folder()): string => join(data, 'journal.sqlite');

/** Closes the last window and answers the question. */
function closeWindow({ electron }: TestApp, answer: 0 | 1): Promise<void> {
  return electron.evaluate(({ BrowserWindow, dialog }, response) => {
    dialog.showMessageBox = (...args: readonly unknown[]) => {
      Object.assign(globalThis, { asked: args[0] });
      return Promise.resolve({ response, checkboxChecked: false });
    };
    BrowserWindow.getAllWindows()[0]?.close();
  }, answer);
}

describe('a data folder that is not writable', () => {
  it('the app starts, serves machines and reports it; it asks before it quits; once writable, nothing was lost', async (context) => {
    const disk = new SmallDisk(context, folder('data'));
    ends.push(() => disk.unmount());
    const data = disk.at;
    disk.forbid();
    const app = await started('en', data);
    expect(await sessionOf(app)).not.toBe(data);
    const client = await logIn(app, 33_240);
    // The last window closes while records wait for the disk: it asks once, and closes only when confirmed.
    const next = app.electron.waitForEvent('window');
    await closeWindow(app, 0);
    const page = await next;
    await page.locator('html[data-ready="true"]').waitFor();
    const asked = await app.electron.evaluate(() => (globalThis as { asked?: unknown }).asked);
    expect(JSON.stringify(asked)).toMatch(
      /"\d+ records can’t be written to the disk\. .*\["Keep Crema open","Quit and lose records","Save elsewhere…"\]/,
    );
    await page.getByText('Nothing is being recorded.').waitFor();
    const shown = { ...app, page };
    await go(shown, '#/inspector');
    await list(shown).locator('[data-frame]').first().waitFor();
    await page.getByText(noJournal).waitFor();

    await go(shown, '#/settings/window');
    const notKept = page.getByText(
      /^The change applies only until Crema closes: .*EROFS.* then try again\.$/,
    );
    await page.getByText('Dark', { exact: true }).click();
    await notKept.waitFor();
    await expect.poll(() => page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
    await go(shown, '#/settings/journal');
    const days = page.getByRole('textbox', { name: 'Keep for (days)' });
    await days.fill('7');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => notKept.count()).toBe(1);
    expect(await days.inputValue()).toBe('7');

    disk.permit();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => notKept.count()).toBe(0);
    // Earlier failed writes are stored with it.
    const written = JSON.parse(await readFile(join(data, 'settings.json'), 'utf8')) as unknown;
    expect(written).toMatchObject({ settings: { theme: 'dark', retention: { days: 7 } } });
    await page.getByText('Nothing is being recorded.').waitFor({ state: 'hidden' });
    await page.getByText(noJournal).waitFor({ state: 'hidden' });

    // Full again, the disk refuses. Quitting then loses only the waiting records.
    disk.leaveNoRoomIn(journalFile(data));
    disk.fill();
    client.send(decimalFrame('{"cmd":"hb","vmc_no":33240}'));
    await page.getByText('Nothing is being recorded.').waitFor();
    const ended = new Promise<number | null>((tell) => app.electron.process().once('exit', tell));
    await closeWindow(app, 1);
    expect(await ended).toBe(3);
    const store = openStore(journalFile(data));
    const kinds = store
      .entriesAfter(0, 100)
      .map((entry) => (entry.kind === 'frame' ? `${entry.dir} ${entry.cmd ?? ''}` : entry.kind));
    store.close();
    expect(kinds.slice(0, 3)).toEqual(['opened', 'in login', 'out login_r']);
  });
});

describe('a journal of another version', () => {
  const copies = async (): Promise<readonly string[]> =>
    (await readdir(folder())).filter((name) => /^journal\.other-version-[^.]+\.sqlite$/.test(name));

  it('is not read for an export of Live, and is set aside by keyboard after one question, in both languages; later entries are recorded and known to the next run', async () => {
    const made = new DatabaseSync(journalFile());
    made.exec(
      'CREATE TABLE entries (id INTEGER PRIMARY KEY); INSERT INTO entries VALUES (42); PRAGMA user_version = 7',
    );
    made.close();
    const app = await started(null);
    const { page } = app;
    const speaks = async (language: 'en' | 'zh-CN'): Promise<void> => {
      await page.evaluate((wanted) => window.crema.request('setSettings', { language: wanted }), language);
      await page.locator(`html[lang="${language}"]`).waitFor();
    };
    await speaks('zh-CN');
    await page.getByText('数据目录里的记录属于其他版本（格式 0.7）').waitFor();
    const out = folder('out.csv');
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    }, out);
    const reply = await page.evaluate(
      (filter) => window.crema.request('exportFrames', { filter, format: 'csv', words: {} }),
      everyFrame,
    );
    expect(reply).toEqual({ ok: false, error: { code: 'noJournal', params: {} } });
    expect(existsSync(out)).toBe(false);
    await page.getByRole('button', { name: '新建记录文件' }).click();
    await page.getByText('不会删除任何内容').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '新建记录文件' }).waitFor();
    // Asked but not confirmed: Escape changes nothing.
    await page.keyboard.press('Escape');
    await page.getByText('不会删除任何内容').waitFor({ state: 'hidden' });
    expect(await copies()).toEqual([]);

    await speaks('en');
    await page.getByText('have another format (0.7)').waitFor();
    // An unreadable history reports this instead of an empty list.
    await go(app, '#/errors');
    await page.getByRole('alert').getByText('Crema could not open its records').waitFor();
    const client = await logIn(app, 33_240);
    await page.getByRole('button', { name: 'Start new records' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is deleted').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('The earlier records are kept as').waitFor();
    await page.getByText('Nothing is being recorded.').waitFor({ state: 'hidden' });
    const [copy = ''] = await copies();
    expect(await copies()).toEqual([copy]);
    await page.getByText(folder(copy)).waitFor();
    await speaks('zh-CN');
    await page.getByText('原有记录保存为').waitFor();
    const kept = new DatabaseSync(folder(copy), { readOnly: true });
    expect(kept.prepare('SELECT id FROM entries').all()).toEqual([{ id: 42 }]);
    kept.close();
    client.send(decimalFrame('{"cmd":"hb","vmc_no":33240}'));
    await go(app, '#/inspector');
    await page.locator('[data-frame]').first().waitFor();
    client.socket.destroy();
    ends.pop();
    await app.close({ keepData: true });
    expect(await knownToTheNext()).toEqual([33_240]);
  });
});

describe('a journal with damage that opening does not detect', () => {
  it('is set aside on detection, and the window shows its path', async () => {
    const server = new Served('out/main', [`--data-dir=${folder()}`, ...freePorts]);
    const client = await logIn({ machinePort: await server.port() }, 33_240);
    const line = decimalFrame(`{"cmd":"hb","vmc_no":33240,"note":"${'x'.repeat(400)}"}`);
    const before = client.received.length;
    const count = 1_000;
    client.send(line.repeat(count));
    const answer = decimalFrame('{"cmd":"hb","vmc_no":33240}');
    await client.until(() => client.received.length >= before + count * answer.length, 30_000);
    client.socket.destroy();
    await server.end('SIGTERM');
    const pages = Math.floor((await stat(journalFile())).size / 4_096);
    const file = await open(journalFile(), 'r+');
    const junk = Buffer.alloc(Math.floor(pages * 0.2) * 4_096, 0xa5);
    await file.write(junk, 0, junk.length, Math.floor(pages * 0.4) * 4_096);
    await file.close();

    const app = await started();
    // This count reads every entry.
    await onRecord(app, 'head:none');
    const copy = (await readdir(folder())).find((name) => /^journal\.damaged-[^.]+\.sqlite$/.test(name));
    if (copy === undefined) throw new Error('nothing was set aside');
    await app.page.getByText(`The damaged file is kept as ${folder(copy)}`).waitFor();
    await app.page.getByText(/[\d,]+ records were restored\. About [\d,]+ records can’t be read/).waitFor();
    ends.splice(ends.length - 1);
    await app.close({ keepData: true });
    expect(await knownToTheNext()).toEqual([33_240]);
  });
});
