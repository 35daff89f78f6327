/** Import and export of captures in the real app: a file shows the same frames as Live showed. */
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import {
  banner,
  captureId,
  chooseMore,
  closeCaptures,
  exportTo,
  go,
  jobs,
  line,
  list,
  logIn,
  openFile,
  shown,
  tab,
} from '../builders/captureScreens';
import { onRecord } from '../builders/counted';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

let lobby: RawClient | null = null;
/** One app that recorded the conversation. Each test exports its own files. */
const shared = sharedApp(undefined, async (app) => {
  await go(app, '#/inspector');
  lobby = await conversation(app);
});
const others: RawClient[] = [];
const folder = useFolder();
afterEach(() => {
  for (const client of others.splice(0)) client.socket.destroy();
});
afterAll(() => lobby?.socket.destroy());

/** Closes every file and job, and shows the list of frames. */
async function started(begin: () => Promise<TestApp> = shared): Promise<TestApp> {
  const app = await begin();
  await closeCaptures(app);
  await go(app, '#/inspector');
  await line(app, 'coffee beans 6').waitFor();
  return app;
}

/** The displayed list, including the column of bodies, which appears once the list knows its width. */
async function shownWhole(app: TestApp): Promise<string[]> {
  await expect.poll(async () => (await shown(app)).join()).toContain('{"cmd"');
  return shown(app);
}

/** A login, an error, an open door, an order and six supplies, with Crema's answers. */
async function conversation(app: TestApp): Promise<RawClient> {
  const client = await logIn(app, 33232);
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

describe('captures', () => {
  it('an exported conversation opens again: the same frames, the same state of the machine, no actions', async () => {
    const app = await started();
    const { page } = app;
    const seen = await shownWhole(app);
    expect(seen.length).toBeGreaterThan(10);
    const file = folder('lobby.pcapng');
    await exportTo(app, file, 'pcapng');
    await jobs(app).getByText('lobby.pcapng exported').waitFor();
    await jobs(app).getByText(`${seen.length} frames`).waitFor();
    await jobs(app).getByRole('button', { name: 'Dismiss' }).click();
    await jobs(app).waitFor({ state: 'hidden' });

    await openFile(app, file);
    await banner(app, 'Capture lobby.pcapng:').waitFor();
    await expect.poll(() => shown(app)).toEqual(seen);
    expect(await accessibilityProblems(app)).toEqual([]);

    // Frames that arrive now belong to Live.
    lobby?.send(supply(77));
    others.push(await logIn(app, 44401));
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
      'A capture is a recording, so nothing can be sent from it.',
    );
    // The clock stands still at the end of the capture.
    const sentence = page.locator('header').getByText('Critical: no cups');
    const before = await sentence.innerText();
    await page.waitForTimeout(2_200);
    expect(await sentence.innerText()).toBe(before);
    expect(await accessibilityProblems(app)).toEqual([]);
    await go(app, '#/machines/33232/settings');
    await page.getByText('A capture has no settings').waitFor();
    await go(app, '#/errors');
    await page.getByRole('option', { name: 'ERROR:5300' }).waitFor();
    await go(app, '#/orders');
    await page.getByRole('option', { name: '8741' }).waitFor();

    // A reload keeps the file open.
    await page.reload();
    await page.locator('html[data-ready="true"]').waitFor();
    await page.getByRole('option', { name: '8741' }).waitFor();
    expect(await tab(app, 'lobby.pcapng').getAttribute('aria-current')).toBe('true');

    await tab(app, 'Live').click();
    await banner(app, 'Capture lobby.pcapng:').waitFor({ state: 'hidden' });
    await go(app, '#/inspector');
    await line(app, 'coffee beans 77').waitFor();
    await go(app, '#/machines/33232/overview');
    expect(await page.getByRole('button', { name: 'Open door' }).getAttribute('aria-disabled')).toBeNull();
    expect(await machines.getByRole('option').count()).toBe(2);

    // Screens of this computer leave the file, even if its tab is closed.
    await tab(app, 'lobby.pcapng').click();
    await banner(app, 'Capture lobby.pcapng:').waitFor();
    await page.keyboard.press('Control+9');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await tab(app, 'Live').getAttribute('aria-current')).toBe('true');
    await tab(app, 'lobby.pcapng').click();
    await banner(app, 'Capture lobby.pcapng:').waitFor();
    await page.getByRole('button', { name: 'Close lobby.pcapng' }).click();
    await tab(app, 'lobby.pcapng').waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  it('JSONL is exported and imported; marks and notes belong to the file: shown, found, exported and imported again', async () => {
    const app = await started(shared.asLeft);
    const { page } = app;
    const seen = await shownWhole(app);
    const file = folder('lobby.jsonl');
    await exportTo(app, file, 'JSONL');
    await jobs(app).getByText('lobby.jsonl exported').waitFor();
    await openFile(app, file);
    await banner(app, 'Capture lobby.jsonl:').waitFor();
    await expect.poll(() => shown(app)).toEqual(seen);

    const capture = await captureId(app, 'lobby.jsonl');
    const entry = Number(await line(app, 'dooropen').first().getAttribute('data-frame'));
    const mark = { entry, marked: true, note: 'service' };
    const marked = await page.evaluate(
      ([given, shownCapture]) => window.crema.request('setMark', given, shownCapture),
      [mark, capture] as const,
    );
    expect(marked).toMatchObject({ ok: true });
    // The row shows the note at once.
    await line(app, 'dooropen').first().getByText('service').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('note:service');
    await page.keyboard.press('Enter');
    await line(app, 'coffee beans 1').waitFor({ state: 'hidden' });
    await expect.poll(() => list(app).locator('[data-frame]').count()).toBe(1);
    const markedFile = folder('marked.jsonl');
    await exportTo(app, markedFile, 'JSONL', 'Entries with a mark or a note');
    await jobs(app).getByText('marked.jsonl exported').waitFor();

    // Live has a frame with that number too, without a mark.
    await tab(app, 'Live').click();
    await banner(app, 'Capture lobby.jsonl:').waitFor({ state: 'hidden' });
    await line(app, 'dooropen').first().waitFor();
    expect(await list(app).getByText('service').count()).toBe(0);

    await openFile(app, markedFile);
    await banner(app, 'Capture marked.jsonl:').waitFor();
    await line(app, 'dooropen').first().getByText('service').waitFor();
    // The entry, and the beginning of its connection.
    expect(await list(app).locator('[data-frame]').count()).toBe(2);
  });

  it('the filtered export contains the matching entries', async () => {
    const app = await started();
    const { page } = app;
    await page.keyboard.press('/');
    await page.keyboard.type('cmd:qrcode');
    await page.keyboard.press('Enter');
    await line(app, 'dooropen').first().waitFor({ state: 'hidden' });
    const filteredFile = folder('filtered.csv');
    // With an active filter, the filtered export is offered first.
    await exportTo(app, filteredFile, 'CSV');
    await jobs(app).getByText('filtered.csv exported').waitFor();
    const rows = (await readFile(filteredFile, 'utf8')).split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('qrcode');
  });

  it('selected frames are exported alone, with findings in words', async () => {
    const app = await started();
    const made = '{"cmd":"productdone","vmc_no":33232,"order_no":"8741","ProductName":"Latte","isok":true}';
    for (let n = 0; n < 2; n += 1) lobby?.send(decimalFrame(made));
    await line(app, 'Latte').nth(1).waitFor();
    await line(app, 'dooropen').click({ modifiers: ['Control'] });
    await line(app, 'Latte')
      .last()
      .click({ modifiers: ['Control'] });
    const file = folder('chosen.csv');
    await chooseMore(app, 'Export…');
    const choice = app.page.getByRole('radio', { name: 'The 2 selected frames' });
    expect(await choice.isChecked()).toBe(true);
    await app.page.getByRole('dialog').and(app.page.locator(':focus-within')).waitFor();
    await app.page.keyboard.press('Escape');
    await exportTo(app, file, 'CSV');
    await jobs(app).getByText('chosen.csv exported').waitFor();
    await jobs(app).getByText('2 frames').waitFor();
    const rows = (await readFile(file, 'utf8')).split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('dooropen');
    expect(rows[1]).toContain('Order 8741 was reported 2 times; it counts once');
  });

  it('many failed files leave the screen in view, and are dismissed together', async () => {
    const app = await started();
    const many = 25;
    await app.electron.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
    }, folder('gone.pcapng'));
    await app.page.evaluate(async (count) => {
      for (let n = 0; n < count; n += 1) await window.crema.request('openCapture', undefined);
    }, many);
    await expect.poll(() => jobs(app).getByText('gone.pcapng was not opened.').count()).toBe(many);
    const share = (): Promise<number> =>
      app.page.evaluate(() => (document.querySelector('main')?.clientHeight ?? 0) / window.innerHeight);
    expect(await share()).toBeGreaterThan(0.4);
    const all = jobs(app).getByRole('button', { name: 'Clear finished' });
    await all.click();
    await jobs(app).waitFor({ state: 'hidden' });
  });

  it('a failed import or export is reported, and the app continues: two exports at once are two files, one file is not written twice', async () => {
    const app = await started();
    await exportTo(app, folder('gone', 'x.csv'), 'CSV');
    await jobs(app).getByText('x.csv was not exported.').waitFor();
    await jobs(app).getByText('The file can’t be written').waitFor();
    await openFile(app, folder('gone.pcapng'));
    await jobs(app).getByText('gone.pcapng was not opened.').waitFor();
    await jobs(app).getByText('The file can’t be read').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    expect(await readdir(folder())).toEqual([]);
    const late = await logIn(app, 44402);
    others.push(late);
    expect(late.received.toString()).toContain('login_r');

    const names = ['a.csv', 'b.csv', 'a.csv'];
    await app.electron.evaluate(
      ({ dialog }, paths) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.shift() ?? '' });
      },
      names.map((name) => folder(name)),
    );
    const replies = await app.page.evaluate(async () => {
      const filter = { vmcNo: null, dir: null, cmd: null, text: '' };
      const wish = { filter, format: 'csv' as const, words: {} };
      return Promise.all([1, 2, 3].map(() => window.crema.request('exportFrames', wish)));
    });
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(replies[2]).toMatchObject({ error: { code: 'fileBusy', params: { file: 'a.csv' } } });
    for (const name of ['a.csv', 'b.csv']) await jobs(app).getByText(`${name} exported`).waitFor();
    expect((await readdir(folder())).toSorted()).toEqual(['a.csv', 'b.csv']);
    expect(await readFile(folder('a.csv'))).toEqual(await readFile(folder('b.csv')));
  });

  it('a window closed during a question requests nothing more', async () => {
    const app = await started(shared.asLeft);
    /** Open files, and all imports and exports. */
    const begun = async () => {
      const snapshot = await app.page.evaluate(() => window.crema.request('snapshot', undefined));
      return snapshot.ok && { captures: snapshot.value.captures, jobs: snapshot.value.jobs };
    };
    const before = await begun();
    const file = folder('never.csv');
    await app.electron.evaluate(({ dialog, BrowserWindow }, chosen) => {
      const answered = (window: unknown): Promise<void> =>
        new Promise((resolve) => {
          if (window instanceof BrowserWindow) window.once('closed', () => setTimeout(resolve, 100));
        });
      let answers = 0;
      const count = (): void => void Object.assign(globalThis, { answers: (answers += 1) });
      dialog.showSaveDialog = async (window: unknown) => {
        await answered(window).then(count);
        return { canceled: false, filePath: chosen };
      };
      dialog.showOpenDialog = async (window: unknown) => {
        await answered(window).then(count);
        return { canceled: false, filePaths: [chosen] };
      };
    }, file);
    const opening = app.electron.waitForEvent('window');
    await app.page.evaluate(() => window.crema.request('openWindow', undefined));
    const second = await opening;
    await second.locator('html[data-ready="true"]').waitFor();
    await second.evaluate(() => {
      const filter = { vmcNo: null, dir: null, cmd: null, text: '' };
      void window.crema.request('exportFrames', { filter, format: 'csv', words: {} });
      void window.crema.request('openCapture', undefined);
    });
    await second.close();
    await expect
      .poll(() => app.electron.evaluate(() => (globalThis as { answers?: number }).answers))
      .toBe(2);
    // The journal's answer follows everything that they would have started.
    await onRecord(app, '');
    expect(await begun()).toEqual(before);
    expect(await readdir(folder())).toEqual([]);
  });
});
