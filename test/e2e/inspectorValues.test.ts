/** The inspector in the real app: the menu of a value, and the state that survives a visit to another screen. */
import type { Locator } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { go, line, lineCount, list, logIn } from '../builders/captureScreens';
import { onRecord } from '../builders/counted';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

interface Looked {
  readonly app: TestApp;
  readonly says: (...bodies: object[]) => void;
}
const shared = sharedApp();
let common: { readonly app: TestApp; readonly client: RawClient } | null = null;
/** The list, with all messages of its one machine in all tests so far. */
async function joined(): Promise<Looked> {
  const app = await shared();
  if (common?.app !== app) {
    common?.client.socket.destroy();
    common = { app, client: await logIn(app, 33_232) };
  }
  const { client } = common;
  await go(app, '#/inspector');
  await list(app).getByRole('option').first().waitFor();
  await app.page.mouse.move(700, 4);
  const says = (...bodies: object[]): void =>
    client.send(bodies.map((body) => decimalFrame(JSON.stringify({ vmc_no: 33_232, ...body }))).join(''));
  return { app, says };
}
afterAll(() => common?.client.socket.destroy());

const box = ({ page }: TestApp): Locator => page.getByRole('combobox', { name: 'Filter', exact: true });
const chosen = (app: TestApp, text: string): Locator =>
  list(app).getByRole('option', { selected: true }).filter({ hasText: text });
const offered = ({ page }: TestApp, name: string): Locator =>
  page.getByRole('menuitem', { name, exact: true });
const copied = (app: TestApp): Promise<string> => copiedBy(app);
const door = (word: 'dooropen' | 'doorclose') => ({ cmd: 'machinestatus', status: word });

describe('a value', () => {
  it('of the opened row is filtered and copied with one more click, and all values by the menu key; also of the opened frame, at any depth', async () => {
    const { app, says } = await joined();
    const { page } = app;
    says(
      {
        cmd: 'error',
        error_code: 'ERROR:5300',
        isSet: true,
        price: [
          [1, 500],
          [2, 600],
        ],
      },
      { cmd: 'machinestatus', status: 'supply', supply: { 1: 5 } },
    );
    const row = line(app, 'no cups');
    const cell = (name: string): Locator => row.locator(`[data-cell="${name}"]`).first();
    await cell('cmd').click();
    await page.getByRole('region', { name: /^Frame \d+$/ }).waitFor();
    await page.waitForTimeout(600);
    await cell('time').click();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.getByRole('menuitem', { name: /^Copy \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/ }).click();
    await expect.poll(() => copied(app)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    for (const [name, term] of [
      ['dir', 'dir:in'],
      ['vmc', 'vmc:33232'],
      ['text', 'code:ERROR:5300'],
      ['finding', 'finding:field.missing'],
    ] as const) {
      await page.waitForTimeout(600);
      await cell(name).click();
      await offered(app, `Only ${term}`).waitFor();
      await page.keyboard.press('Escape');
      await offered(app, `Only ${term}`).waitFor({ state: 'detached' });
      await chosen(app, 'no cups').waitFor();
    }
    // Also in the opened frame, by the button beside the value and by the menu key, at any depth.
    const frame = page.getByRole('region', { name: /^Frame \d+$/ });
    const tree = frame.getByRole('tree');
    await tree.getByRole('treeitem').filter({ hasText: '600' }).click();
    await tree.focus();
    await page.keyboard.press('Shift+F10');
    await offered(app, 'Only body.price.1.1:600').waitFor();
    await page.keyboard.press('Escape');
    await frame.getByRole('button', { name: 'Filter by or copy “decimal”' }).focus();
    await page.keyboard.press('Enter');
    await offered(app, 'Exclude head:decimal').waitFor();
    await page.keyboard.press('Escape');
    await tree.getByRole('treeitem').filter({ hasText: 'error_code' }).click({ button: 'right' });
    await offered(app, 'Only code:ERROR:5300').click();
    await expect.poll(() => box(app).inputValue()).toBe('code:ERROR:5300');
    await expect.poll(() => lineCount(app)).toBe(1);
    await box(app).fill('');
    await expect.poll(() => lineCount(app)).toBeGreaterThan(1);
    await chosen(app, 'no cups').waitFor();

    // All of them.
    await list(app).focus();
    await page.keyboard.press('Shift+F10');
    for (const term of ['dir:in', 'vmc:33232', 'cmd:error', 'code:ERROR:5300', 'conn:1', 'kind:frame'])
      await offered(app, `Only ${term}`).waitFor();
    await offered(app, 'Only dir:in').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => box(app).inputValue()).toBe('-cmd:error');
  });

  it('with invisible characters names them, reverses no neighbours, and is copied with the names; a connection’s first entry has its machine’s number in the menu and opened', async () => {
    const { app, says } = await joined();
    const { page } = app;
    says({ cmd: 'ev\u202Eil', name: 'a\u200Bb' });
    await line(app, 'ev⟨U+202E⟩il').locator('[data-cell="cmd"]').click();
    const tree = page.getByRole('tree');
    await tree.getByRole('treeitem').filter({ hasText: '"a⟨U+200B⟩b"' }).click();
    await tree.focus();
    await page.keyboard.press('c');
    await expect.poll(() => copied(app)).toBe('a⟨U+200B⟩b');
    await page.getByRole('tab', { name: 'Text' }).click();
    const text = page.getByRole('textbox', { name: 'Text on the wire' });
    expect(
      await text.locator('[data-unseen]').evaluateAll((all) => all.map((one) => one.textContent)),
    ).toEqual(['⟨U+202E⟩', '⟨U+200B⟩']);
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page
      .getByRole('group', { name: 'Whole frame' })
      .getByRole('menuitem', { name: 'Text as received' })
      .click();
    await expect.poll(() => copied(app)).toContain('"ev\\u202eil"');
    await page.getByRole('tab', { name: 'Fields' }).click();

    // A connection's first entry belongs to the machine that logs in on it later.
    await line(app, 'connected').click();
    const entry = app.page.getByRole('region', { name: /^Entry \d+$/ });
    await entry.getByRole('link', { name: '33232' }).waitFor();
    const end = entry.getByRole('button', { name: /^Filter by or copy “127\.0\.0\.1:\d+”$/ });
    expect(await end.count()).toBe(2);
    await list(app).focus();
    await app.page.keyboard.press('Shift+F10');
    await offered(app, 'Only vmc:33232').waitFor();
    await app.page.keyboard.press('Escape');
  });
});

describe('a mark and a note', () => {
  it('in quick succession are both kept, on the row whose menu shows their keys, whichever is the current one', async () => {
    const { app, says } = await joined();
    const { page } = app;
    says(door('dooropen'));
    await line(app, 'door opened').click();
    await page.keyboard.press('m');
    await page.keyboard.press('n');
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await line(app, 'x door opened').getByRole('img', { name: 'marked' }).waitFor();
    await box(app).fill('mark:* note:x');
    await expect.poll(() => lineCount(app)).toBe(1);
    await box(app).fill('');
    await line(app, 'x door opened').waitFor();
    says(...[81_001, 81_002].map((n) => ({ cmd: 'machinestatus', status: 'supply', supply: { 1: n } })));
    const [current, other] = [line(app, '81001'), line(app, '81002')];
    const markOf = (row: Locator): Locator => row.getByRole('img', { name: 'marked' });
    const asks = async (row: Locator): Promise<void> => {
      await row.locator('[data-cell="cmd"]').click({ button: 'right' });
      await page.getByRole('menu').and(page.locator(':focus-within')).waitFor();
    };
    await other.click();
    await page.keyboard.press('m');
    await markOf(other).waitFor();
    await current.click();
    await chosen(app, '81001').waitFor();
    await asks(other);
    await page.getByRole('menuitem', { name: 'Remove mark' }).waitFor();
    await page.keyboard.press('m');
    await markOf(other).waitFor({ state: 'detached' });
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await markOf(current).count()).toBe(0);
    await asks(other);
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: /^Note on frame/ }).waitFor();
    await page.keyboard.type('of the other');
    await page.keyboard.press('Enter');
    await line(app, 'of the other').filter({ hasText: '81002' }).waitFor();
    await chosen(app, '81001').waitFor();
  });
});

describe('after a visit to another screen', () => {
  it('the list is unchanged: paused, with the frame opened, at the same place; a past span is labelled, with a way back', async () => {
    const { app, says } = await joined();
    const { page } = app;
    await box(app).fill('cmd:login time:2020-01-01');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/^past: Jan 1, 2020 00:00:00 – Jan 1, 2020 23:59:59$/)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Follow' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Back to live' }).click();
    expect(await box(app).inputValue()).toBe('cmd:login');
    await page
      .getByRole('status')
      .getByText(/^(live|on hold)$/)
      .waitFor();
    await line(app, 'login, version').waitFor();
    await box(app).fill('');
    says(
      ...Array.from({ length: 300 }, (_, n) => ({
        cmd: 'machinestatus',
        status: 'supply',
        supply: { 1: 70_000 + n },
      })),
    );
    // Longer than any part of a time.
    await line(app, '70299').first().waitFor();
    await list(app).focus();
    await page.keyboard.press('Home');
    // The first entry may have to be read first. Until then keys continue from the old place.
    await list(app).locator('[data-id="1"][aria-selected="true"]').waitFor();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Enter');
    const frame = page.getByRole('region', { name: /^Frame \d+$/ });
    await frame.waitFor();
    await page.waitForTimeout(300);
    const top = (): Promise<string | undefined> =>
      list(app).evaluate((lines) => {
        const { top: edge } = lines.getBoundingClientRect();
        const rows = [...lines.querySelectorAll<HTMLElement>('[data-id]')].filter(
          (row) => row.getBoundingClientRect().bottom > edge,
        );
        return rows.toSorted((a, b) => Number(a.dataset['id']) - Number(b.dataset['id']))[0]?.dataset['id'];
      });
    const [title, first] = [await frame.getByRole('heading').first().innerText(), await top()];
    expect(Number(first)).toBeGreaterThan(20);
    await go(app, '#/connect');
    says(...Array.from({ length: 400 }, () => door('dooropen')));
    await page.waitForTimeout(500);
    await go(app, '#/inspector');
    await page.getByRole('region', { name: title }).waitFor();
    await expect.poll(top).toBe(first);
    await page.keyboard.press('Escape');

    // Paused, with nothing chosen.
    await page.getByRole('button', { name: 'Follow' }).click();
    await page.mouse.move(700, 4);
    await page.getByRole('status').getByText('live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const last = await top();
    await go(app, '#/connect');
    says(...Array.from({ length: 40 }, () => door('doorclose')));
    await page.waitForTimeout(500);
    await go(app, '#/inspector');
    await page.getByRole('status').getByText('paused', { exact: true }).waitFor();
    await expect.poll(top).toBe(last);
    await list(app).focus();
    await page.keyboard.press('End');
    await line(app, 'door closed').first().waitFor();
  });
});

describe('all of a list', () => {
  it('selected with Ctrl+A shows how many are missing, and those are one click away', async () => {
    const { app, says } = await joined();
    const { page } = app;
    // More entries than the list reads at once, counting those of other tests. When the last is on record, all are.
    const missing = Math.max(0, 600 - (await onRecord(app, '')));
    says(...Array.from({ length: missing }, () => door('dooropen')), { ...door('doorclose'), last: 'yes' });
    await expect.poll(() => onRecord(app, 'body.last:yes')).toBe(1);
    const all = (await onRecord(app, '')).toLocaleString('en');
    await expect.poll(() => page.getByText(`${all} entries`, { exact: true }).count()).toBe(1);
    await go(app, '#/connect');
    await go(app, '#/inspector');
    await list(app).focus();
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('group', { name: 'Selected entries' });
    await bar.getByText(/^\d+ frames selected$/).waitFor();
    await bar.getByText(`of ${all}; the others are not loaded yet`).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await bar.getByRole('button', { name: 'Export all…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export frames' });
    expect(await dialog.getByRole('radio', { name: 'All records' }).isChecked()).toBe(true);
    await dialog.getByRole('radio', { name: /^The \d+ selected frames$/ }).waitFor();
    await dialog.and(page.locator(':focus-within')).waitFor();
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: `Mark all ${all}` }).click();
    await bar.getByText(`Marked ${all} of ${all}`).waitFor();
    await list(app).focus();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    await box(app).fill('mark:*');
    await list(app).focus();
    // The previous list, with the same number of lines, may still be there when the key is pressed.
    await expect
      .poll(async () => {
        await page.keyboard.press('Home');
        return line(app, 'connected').count();
      })
      .toBe(1);
    await page.getByText(`${all} entries`, { exact: true }).waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    // One of them is not a frame.
    await bar.getByText('2 entries selected').waitFor();
  });
});
