/** The inspector's list in the real app: the filter box, menus on values, saved filters, folds, times, marks and the time strip. */
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { onRecord } from '../builders/counted';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const clients: RawClient[] = [];
/** The number of the last entry of earlier tests. */
let left = 0;
async function started(): Promise<TestApp> {
  const app = await shared();
  await go(app, '#/inspector');
  await app.page.mouse.move(700, 4);
  // Waits until the journal has the end of their connections.
  await expect
    .poll(async () => (await onRecord(app, 'kind:opened')) - (await onRecord(app, 'kind:closed')))
    .toBe(0);
  left = await onRecord(app, '');
  return app;
}
/** The strip's text. It ends with the times without traffic, if they were long. */
const ends = (counts: RegExp): RegExp => new RegExp(`${counts.source}(?:, \\d+ times? without any .*)?$`);
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);
const list = ({ page }: TestApp): Locator => page.getByRole('listbox', { name: 'Frames, oldest first' });
const line = (app: TestApp, text: string): Locator => list(app).getByRole('option').filter({ hasText: text });
const box = ({ page }: TestApp): Locator => page.getByRole('combobox', { name: 'Filter', exact: true });
/** This many lines of this test, besides the earlier entries that pass the filter. */
async function hasLines(app: TestApp, count: number, filter = ''): Promise<void> {
  const earlier = left === 0 ? 0 : await onRecord(app, `${filter} id:1..${left}`.trim());
  await list(app)
    .locator(`[aria-setsize="${count + earlier}"]`)
    .first()
    .waitFor();
}

const hasFocus = (app: TestApp): Promise<boolean> =>
  list(app).evaluate((element) => element === document.activeElement);

async function login(app: TestApp, vmcNo: number): Promise<(body: JsonObject) => void> {
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  const send = (body: JsonObject): void =>
    client.send(decimalFrame(JSON.stringify({ vmc_no: vmcNo, ...body })));
  send({ cmd: 'login', timestamp: 20150624, sign: 'x', version: '1.2.8.8', linuxDriverVersion: '1.3' });
  await client.until(() => client.received.includes('"login_r"'));
  return send;
}
const status = (word: string): JsonObject => ({ cmd: 'machinestatus', status: word });

describe('the filter box', () => {
  it('adds a value of a row from its menu, and saves filters by name', async () => {
    const app = await started();
    const { page } = app;
    const lobby = await login(app, 33232);
    const hall = await login(app, 44401);
    lobby(status('dooropen'));
    hall(status('doorclose'));
    await hasLines(app, 8);
    await line(app, 'door closed').getByText('machinestatus', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Only cmd:machinestatus' }).click();
    await hasLines(app, 2, 'cmd:machinestatus');
    await line(app, 'door closed').getByText('44401', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Exclude vmc:44401' }).click();
    await hasLines(app, 1, 'cmd:machinestatus -vmc:44401');
    expect(await box(app).inputValue()).toBe('cmd:machinestatus -vmc:44401');

    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('textbox', { name: 'Name for this filter' }).fill('Lobby');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete “Lobby”' }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await hasLines(app, 8);
    await page.reload();
    await page.locator('html[data-ready="true"]').waitFor();
    await hasLines(app, 8);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('button', { name: 'Delete “Lobby”' }).click();
    await page.getByText('“Lobby” was deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Lobby cmd:machinestatus' }).click();
    await hasLines(app, 1, 'cmd:machinestatus -vmc:44401');
    // By keyboard, on the selected row, all its values.
    await list(app).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Only dir:in' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('offers the next terms, marks a mistake, and keeps the input and the last valid filter', async () => {
    const app = await started();
    const { page } = app;
    const says = await login(app, 33240);
    for (const word of ['dooropen', 'doorclose', 'dooropen']) says(status(word));
    await hasLines(app, 6);

    await page.keyboard.press('/');
    await page.keyboard.type('cm');
    const offers = page.getByRole('listbox', { name: 'Suggestions' });
    await offers.getByRole('option', { name: 'cmd command' }).waitFor();
    await page.keyboard.press('ArrowDown');
    // A window that draws late keeps the caret for continued typing.
    await page.evaluate(() => {
      const draw = globalThis.requestAnimationFrame;
      const held: FrameRequestCallback[] = [];
      Object.assign(globalThis, {
        requestAnimationFrame: (frame: FrameRequestCallback) => held.push(frame),
        drawn: async () => {
          globalThis.requestAnimationFrame = draw;
          for (const frame of held) frame(performance.now());
          await new Promise(draw);
        },
      });
    });
    await page.keyboard.press('Enter');
    await page.keyboard.type('machines');
    await page.evaluate(() => (globalThis as unknown as { drawn: () => Promise<void> }).drawn());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box(app).inputValue()).toBe('cmd:machinestatus ');
    await hasLines(app, 3, 'cmd:machinestatus');

    // In one step, because every intermediate text would be a filter too.
    await page.keyboard.insertText('siz>20 OR');
    await page.keyboard.press('Escape');
    await page.getByText('There is no field “siz”: did you mean size?').waitFor();
    expect(await box(app).getAttribute('aria-invalid')).toBe('true');
    await hasLines(app, 3, 'cmd:machinestatus');
    expect(await accessibilityProblems(app)).toEqual([]);
    await go(app, '#/connect');
    await go(app, '#/inspector');
    expect(await box(app).inputValue()).toBe('cmd:machinestatus siz>20 OR');
    await hasLines(app, 3, 'cmd:machinestatus');
    await box(app).fill('status:x OR body.status:doorclose');
    await page.getByText('There is no field “status”').waitFor();
    await box(app).fill('body.status:doorclose');
    await hasLines(app, 1, 'body.status:doorclose');

    await page.getByRole('button', { name: 'Help with filters' }).click();
    await page.getByText('received, no heartbeats, over 200 bytes').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe('the list', () => {
  it('folds heartbeats, shows times in three ways, marks and notes entries, and steps through one kind', async () => {
    const app = await started();
    const { page } = app;
    const says = await login(app, 33241);
    const own = (text: string): Locator => line(app, text).filter({ hasText: '33241' });
    says(status('dooropen'));
    for (let n = 0; n < 12; n += 1) says({ cmd: 'hb' });
    await own('12 heartbeats').waitFor();
    says(status('doorclose'));
    await hasLines(app, 6);
    await own('12 heartbeats').click();
    await hasLines(app, 30);
    await own('12 heartbeats').click();
    await hasLines(app, 6);
    await list(app).focus();
    await page.keyboard.press('Enter');
    await hasLines(app, 30);
    await page.keyboard.press('Enter');
    await hasLines(app, 6);
    await page.getByRole('button', { name: 'Show every heartbeat' }).click();
    await hasLines(app, 29);
    await page.getByRole('button', { name: 'Fold heartbeats' }).click();
    await hasLines(app, 6);

    await own('door closed').click();
    const detail = page.getByRole('region', { name: /^Frame \d+$/ });
    await detail.waitFor();
    await page.keyboard.press('m');
    await own('door closed').getByRole('img', { name: 'marked' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: /^Note on frame/ }).fill('ask the vendor');
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Enter');
    await own('ask the vendor').waitFor();
    // After a note is written, or a dialog is closed, the focus returns to the list.
    await expect.poll(() => hasFocus(app)).toBe(true);
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await expect.poll(() => hasFocus(app)).toBe(true);
    await page.keyboard.press('g');
    await page.getByRole('dialog').and(page.locator(':focus-within')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(app)).toBe(true);
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Time before or after the selected row' }).click();
    await own('ask the vendor').getByText('+0.000 s').waitFor();
    await page.keyboard.press('[');
    await own('door opened').and(page.locator('[aria-selected="true"]')).waitFor();
    await page.keyboard.press(']');
    await own('door closed').and(page.locator('[aria-selected="true"]')).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await box(app).fill('mark:* note:vendor');
    await hasLines(app, 1, 'mark:* note:vendor');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await hasLines(app, 6);

    // Several at once: a span by Shift, one more by Ctrl, and a folded run with all its entries.
    await own('door opened').click();
    await page.keyboard.press('Escape');
    await own('login, version').click({ modifiers: ['Shift'] });
    await page.getByText('3 frames selected').waitFor();
    await own('12 heartbeats').click({ modifiers: ['ControlOrMeta'] });
    await page.getByText('27 frames selected').waitFor();
    await page.keyboard.press('m');
    await own('login, version').getByRole('img', { name: 'marked' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('27 frames selected').waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByRole('button', { name: 'Clear selection (Esc)' }).click();
    expect(await hasFocus(app)).toBe(true);
    await list(app).focus();
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByText('3 frames selected').waitFor();
    await page.keyboard.press('Control+c');
    const copied = (): Promise<string> => copiedBy(app);
    await expect.poll(async () => (await copied()).split('\n').length).toBe(3);
    expect(await copied()).toContain('\t33241\tmachinestatus\t{"vmc_no":33241');
  });

  it('jumps to a time, typed or in the strip, where a span can be kept', async () => {
    const app = await started();
    const { page } = app;
    const says = await login(app, 33242);
    for (let n = 0; n < 120; n += 1) says(status('dooropen'));
    says({ cmd: 'error', error_code: 'EC_2', isSet: true, is_fatal_error: true });
    await line(app, 'error acknowledged').waitFor();
    await page.keyboard.press('g');
    await page.getByRole('textbox', { name: 'Time' }).fill('soon');
    await page.keyboard.press('Enter');
    await page.getByText('“soon” is not a time.').waitFor();
    await page.getByRole('textbox', { name: 'Time' }).fill('-1h');
    await page.keyboard.press('Enter');
    await line(app, 'connected').and(page.locator('[aria-selected="true"]')).waitFor();

    await page.getByRole('combobox', { name: 'Time shown' }).selectOption('5 min');
    const strip = page.getByRole('slider', { name: 'Entries over time' });
    // The count is that of the list. The first answer may be for the wider span shown before.
    await expect.poll(() => strip.getAttribute('aria-valuetext')).toMatch(ends(/\b\d\d\d entries, 1 error/));
    expect(await accessibilityProblems(app)).toEqual([]);
    await box(app).fill('cmd:error');
    await expect
      .poll(() => strip.getAttribute('aria-valuetext'), { timeout: 15_000 })
      .toMatch(ends(/\b1 entry, 1 error/));
    await box(app).fill('');
    await expect
      .poll(() => strip.getAttribute('aria-valuetext'), { timeout: 15_000 })
      .toMatch(ends(/\b\d\d\d entries, 1 error/));
    await strip.focus();
    await page.keyboard.press('End');
    const hasError = async (): Promise<boolean> =>
      (await strip.getAttribute('aria-valuetext'))?.endsWith(' 1 error') === true;
    for (let n = 0; n < 250 && !(await hasError()); n += 1) await page.keyboard.press('ArrowLeft');
    // After zooming out and in again, that time stays selected and visible.
    const shows = (): Promise<string> =>
      page.getByRole('combobox', { name: 'Time shown' }).locator('option:checked').innerText();
    const within = /^\d\d:\d\d:\d\d – \d\d:\d\d:\d\d: .* 1 error$/;
    for (const [key, shown] of [
      ['-', '15 min'],
      ['-', '1 h'],
      ['+', '15 min'],
      ['+', '5 min'],
    ] as const) {
      const before = await strip.getAttribute('aria-valuetext');
      await page.keyboard.press(key);
      await expect.poll(shows).toBe(shown);
      await expect.poll(() => strip.getAttribute('aria-valuetext')).not.toBe(before);
      await expect.poll(() => strip.getAttribute('aria-valuetext')).toMatch(within);
    }
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => box(app).inputValue()).toMatch(/^time:".*"\.\.".*"$/);
    await list(app).focus();
    await page.keyboard.press('End');
    // Waits for the counted error, not for its answer, which may be beyond the span of the last bar.
    await line(app, 'EC_2').first().waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    // A sideways or small wheel movement does not zoom; a larger one does.
    const bars = await strip.boundingBox();
    await page.mouse.move((bars?.x ?? 0) + 40, (bars?.y ?? 0) + 10);
    for (const [x, y] of [
      [300, 0],
      [0, 30],
      [0, 30],
    ] as const)
      await page.mouse.wheel(x, y);
    await expect.poll(shows).toBe('15 min');
    await page.mouse.wheel(0, -100);
    await expect.poll(shows).toBe('5 min');
    await page.getByRole('button', { name: 'Hide entries over time' }).click();
    await strip.waitFor({ state: 'detached' });
  });

  it('shows 26 rows on a small laptop, and in a small window three rows and the whole filter box', async () => {
    const app = await started();
    const { page } = app;
    await login(app, 33243);
    await line(app, 'login, version').last().waitFor();
    const resized = async (width: number, height: number): Promise<void> => {
      await app.electron.evaluate(
        ({ BrowserWindow }, [w = 0, h = 0]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height],
      );
      await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
    };
    const rows = (): Promise<number> => list(app).evaluate((lines) => Math.floor(lines.clientHeight / 22));
    /** The points of the box that something else covers. */
    const covered = (): Promise<readonly string[]> =>
      box(app).evaluate((input) => {
        const place = input.getBoundingClientRect();
        const middle = (place.top + place.bottom) / 2;
        return [place.left + 2, (place.left + place.right) / 2, place.right - 2].flatMap((x) => {
          const found = document.elementFromPoint(x, middle);
          return found !== null && input.parentElement?.contains(found) === true
            ? []
            : [found?.outerHTML ?? 'none'];
        });
      });
    for (const [width, height, least] of [
      [1366, 768, 26],
      [1093, 614, 3],
      [900, 600, 3],
    ] as const) {
      await resized(width, height);
      for (const place of ['#/inspector', '#/machines/33243/frames']) {
        await go(app, place);
        await list(app).waitFor();
        const fewest = place === '#/inspector' ? least : 3;
        await expect.poll(rows, { message: `${place} at ${width}` }).toBeGreaterThanOrEqual(fewest);
        expect(await covered(), `${place} at ${width}`).toEqual([]);
        const { width: room = 0 } = (await box(app).boundingBox()) ?? {};
        expect(room, `${place} at ${width}`).toBeGreaterThan(150);
      }
    }
  });
});
