/** The table of all machines in the real app: filtered, sorted, grouped, reduced to the list; and the registry, exported and imported. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { decimalFrame, RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

let app: TestApp;
const folder = useFolder('all');
let numbers: readonly number[] = [];
beforeAll(async () => {
  app = await startApp({
    switches: ['--simulate', '20'],
    language: null,
    size: { width: 1366, height: 768 },
  });
  await app.page.evaluate(() => window.crema.request('setSettings', { language: 'en' }));
  await vi.waitFor(
    async () => {
      numbers = await known();
      expect(numbers).toHaveLength(20);
    },
    { timeout: 30_000 },
  );
}, 60_000);
afterAll(async () => {
  await app.close();
});

async function known(): Promise<readonly number[]> {
  const reply = await app.page.evaluate(() => window.crema.request('snapshot', undefined));
  return reply.ok ? reply.value.machines.map(({ vmcNo }) => vmcNo).toSorted((a, b) => a - b) : [];
}
const table = (name = 'All machines'): Locator => app.page.getByRole('listbox', { name, exact: true });
/** The number of lines of the table, including those of groups. */
const lines = async (of = table()): Promise<number> =>
  Number(await of.getByRole('option').first().getAttribute('aria-setsize'));
const filter = (): Locator => app.page.getByRole('combobox', { name: 'Filter machines' });
const cells = (name: string): Locator => table().locator(`[data-cell="${name}"]`);

describe('the table of 20 machines', () => {
  it('counts troubled and silent ones, is sorted by its headings, and opens a page on Enter', async () => {
    const { page } = app;
    // Under the pointer the table pauses, and new machines wait.
    await page.mouse.move(4, 500);
    await go(app, '#/machines');
    await expect.poll(() => lines()).toBe(20);
    await page.getByRole('button', { name: /^Need attention \d+$/ }).waitFor();
    await page.getByRole('button', { name: /^OK \d+$/ }).waitFor();
    await page.getByRole('button', { name: 'Sort by: Number' }).click();
    await expect.poll(() => cells('number').first().innerText()).toBe(String(numbers[0]));
    await page.getByRole('button', { name: 'Number, ascending. Click to reverse' }).click();
    await expect.poll(() => cells('number').first().innerText()).toBe(String(numbers.at(-1)));
    await page.getByRole('button', { name: 'Number, descending. Click to reverse' }).click();
    expect(await accessibilityProblems(app)).toEqual([]);

    // The top bar counts what the chips count, and leads to these machines.
    await page.getByRole('link', { name: /^\d+ OK$/ }).click();
    const chip = page.getByRole('button', { name: /^OK \d+$/, pressed: true });
    await chip.waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/machines/online');
    const shown = await page.getByRole('link', { name: /^\d+ OK$/ }).innerText();
    await expect.poll(() => lines()).toBe(Number.parseInt(shown, 10));
    await chip.click();
    await expect.poll(() => lines()).toBe(20);

    // By keyboard: into the filter, to the table, to a machine and back.
    const wanted = numbers[3] ?? 0;
    await page.keyboard.press('Control+2');
    await page.keyboard.press('/');
    await page.keyboard.type(`vmc:${wanted}`);
    // A partial input is a filter that nothing matches, so there is no table to enter.
    await expect.poll(() => lines()).toBe(1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator(`[data-machine="${wanted}"]`).waitFor();
    // The table has shrunk to the list.
    expect(await lines(table('Machines'))).toBe(20);
    await page.keyboard.press('Escape');
    await expect.poll(() => filter().inputValue()).toBe(`vmc:${wanted}`);
    expect(await table().locator('[aria-selected="true"]').getAttribute('data-id')).toBe(String(wanted));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'All machines' }).click();
    await filter().fill('');
    await expect.poll(() => lines()).toBe(20);
  });

  it('rejects an invalid filter with a suggestion, and keeps the last valid one', async () => {
    const { page } = app;
    await filter().fill('platform:linux');
    const linux = async (): Promise<number> =>
      page.evaluate(async () => {
        const reply = await window.crema.request('snapshot', undefined);
        return reply.ok ? reply.value.machines.filter((row) => row.platform === 'linux').length : -1;
      });
    await expect.poll(() => lines()).toBe(await linux());
    await filter().fill('platfrom:android');
    await page.getByText('There is no field “platfrom”: did you mean platform?').waitFor();
    expect(await lines()).toBe(await linux());
    await filter().fill('state:offlin');
    await page.getByText('“offlin” is not valid for “state”: did you mean offline?').waitFor();
    await page.getByRole('button', { name: 'Empty the box' }).click();
    await expect.poll(() => lines()).toBe(20);

    // The box offers the next terms with their meaning.
    await filter().pressSequentially('plat');
    await page.getByRole('option', { name: /^platform / }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.getByRole('option', { name: /^linux/ }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => lines()).toBe(await linux());
    expect(await filter().inputValue()).toBe('platform:linux ');
    await filter().fill('');
    await expect.poll(() => lines()).toBe(20);
  });
});

describe('numbers that never logged in', () => {
  it('are removed together, by keys, after a question with their count', async () => {
    const { page, dataDirectory } = app;
    for (const vmcNo of [70_001, 70_002]) {
      const client = await RawClient.open(app.machinePort);
      client.send(decimalFrame(`{"cmd":"hb","vmc_no":${vmcNo}}`));
      await client.until(() => client.received.length > 0);
      client.socket.destroy();
    }
    await go(app, '#/machines');
    const button = page.getByRole('button', { name: 'Remove 2 unknown', exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    const question = page.getByRole('dialog', { name: 'Remove 2 unknown' });
    await question.getByText('2 machines never logged in, are offline and have no name.').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await question.getByRole('button', { name: 'Remove from list', exact: true }).focus();
    await page.keyboard.press('Enter');
    await button.waitFor({ state: 'detached' });
    await expect.poll(known).toEqual(numbers);
    // The focus moves to the table.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
      .toBe('listbox');
    // The window gets its answer before the line is on the disk.
    const recorded = async (): Promise<string | undefined> =>
      (await readFile(join(dataDirectory, 'audit.jsonl'), 'utf8'))
        .split('\n')
        .find((line) => line.includes('"forgetStrangers"'));
    await expect.poll(recorded).toContain('"what":{"count":2}');
  });
});

describe('the registry', () => {
  it('is imported from a file with three wrong rows: the changes are shown first, the rest is kept', async () => {
    const { page, electron } = app;
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    const file = folder('machines.csv');
    const rows = [
      '机器编号;名称;安装位置;货币;Colour',
      `${a};Lobby;Hall 2;€;red`,
      `${b};=Kiosk;Hall 2;;`,
      'x17;Nowhere;;;',
      `${c};${'n'.repeat(61)};;;`,
      `${a};Twice;;;`,
      `${d};;;;`,
      '990001;Not there yet;Roof;;',
    ];
    await writeFile(file, `\uFEFF${rows.join('\r\n')}\r\n`);
    await electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
    await page.getByRole('button', { name: 'Machine list…' }).click();
    await page.getByRole('button', { name: 'Import CSV…' }).click();
    await page
      .getByText('machines.csv: 2 machines would change, 1 is new, 1 is unchanged, 3 lines are skipped')
      .waitFor();
    const wrong = table('Skipped lines').getByRole('option');
    expect(await wrong.allInnerTexts()).toEqual([
      'Line 4: “x17” is not a machine number. Use digits only, above 0.',
      'Line 5: “名称” has 61 characters; at most 60.',
      `Line 6: Machine ${a} is already in line 2.`,
    ]);
    await page.getByText('repeated: Colour').waitFor();
    const change = page.locator(`[data-change="${a} place"]`);
    expect(await change.locator('span').allInnerTexts()).toEqual([
      String(a),
      '',
      'Place',
      '(empty)',
      '→',
      'Hall 2',
    ]);
    expect(await accessibilityProblems(app)).toEqual([]);
    // Nothing has changed yet.
    expect(await table().getByText('Hall 2').count()).toBe(0);
    await page.getByRole('button', { name: 'Change 3 machines' }).click();
    await page.getByText('3 machines changed.').waitFor();

    const out = folder('out.csv');
    await electron.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    }, out);
    await page.getByRole('button', { name: 'Export CSV…' }).click();
    await page.getByText('21 machines exported to out.csv.').waitFor();
    await page.keyboard.press('Escape');
    const written = await readFile(out, 'utf8');
    expect(written).toContain(`\r\n${a},Lobby,Hall 2,`);
    expect(written).toContain(`\r\n${b},'=Kiosk,Hall 2,`);
    expect(written).toContain('\r\n990001,Not there yet,Roof,');

    // Machines without a connection are listed separately, and their settings can be changed.
    await page.getByRole('button', { name: 'Not connected yet 1' }).click();
    await expect.poll(() => cells('number').allInnerTexts()).toEqual(['990001']);
    await table().getByText('not connected yet').waitFor();
    await table().getByRole('option').click();
    await page.getByText('Machine 990001 has not connected yet').waitFor();
    expect(await page.getByRole('textbox', { name: 'Place' }).inputValue()).toBe('Roof');
    // So can its verification code; the page shows that a code is stored.
    const code = page.locator('[data-code-stored]');
    expect(await code.getAttribute('data-code-stored')).toBe('none');
    await page.getByLabel('New code, 8 characters').fill('abCD1234');
    await page.getByRole('button', { name: 'Store code' }).click();
    await page.getByRole('button', { name: 'Remove code' }).waitFor();
    expect(await code.getAttribute('data-code-stored')).toMatch(/^(?:keyStore|memory)$/);
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.getByRole('button', { name: 'Remove code' }).click();
    await page.getByText('No code is stored.').waitFor();
    // Spaces around a pasted code are removed. A code that is too long is reported and never cut.
    const field = page.getByLabel('New code, 8 characters');
    const store = page.getByRole('button', { name: 'Store code' });
    await field.fill(' ABCD12345 ');
    await page.getByText('The code has 8 characters; this one has 9.').waitFor();
    expect([await field.inputValue(), await store.isDisabled()]).toEqual(['ABCD12345', true]);
    await field.fill('ABCD 123');
    await page.getByText('The code can’t contain spaces.').waitFor();
    expect(await store.isDisabled()).toBe(true);
    await field.fill(' ABCD1234');
    expect([await field.inputValue(), await store.isEnabled()]).toEqual(['ABCD1234', true]);
    await field.fill('');
    await go(app, '#/machines');
    await page.getByRole('button', { name: /^All \d+$/ }).click();
    await expect.poll(() => lines()).toBe(20);
  });

  it('shows in the table, grouped by place and folded', async () => {
    const { page } = app;
    const groups = page.getByRole('radiogroup', { name: 'Group by' });
    await groups.getByText('Place').click();
    const hall = table().locator('[data-group="Hall 2"]');
    await hall.getByText('2 machines').waitFor();
    expect(await lines()).toBe(22);
    await hall.click();
    await expect.poll(() => lines()).toBe(20);
    // Under the pointer the table pauses; a new line would cover its first line.
    await page.mouse.move(4, 500);
    await hall.click();
    await expect.poll(() => lines()).toBe(22);
    await page.mouse.move(4, 500);
    await groups.getByText('Nothing').click();
    await filter().fill('place:*');
    await expect.poll(() => lines()).toBe(2);
    await filter().fill('');
    await expect.poll(() => lines()).toBe(20);

    // A photo is loaded from a file, through the window.
    const [a = 0] = numbers;
    await go(app, `#/machines/${a}/settings`);
    const png = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(40, 30);
      canvas.getContext('2d')?.fillRect(0, 0, 40, 30);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    const picked = page.locator('input[type="file"]');
    await picked.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This file is not a readable picture.').waitFor();
    await picked.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(png) });
    const photo = page.getByRole('img', { name: `Photo of machine ${a}` });
    await expect.poll(() => photo.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(40);
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.getByRole('button', { name: 'Remove the photo' }).click();
    await photo.waitFor({ state: 'detached' });
  });
});

it('Space selects only listed machines', async () => {
  const { page } = app;
  await go(app, '#/machines');
  await page.mouse.move(4, 500);
  const [gone = 0, other = 0] = numbers;
  await filter().fill(`vmc:${gone}`);
  await expect.poll(() => lines()).toBe(1);
  await table().focus();
  await page.keyboard.press('ArrowDown');
  await filter().fill(`vmc:${other}`);
  await expect.poll(() => cells('number').allInnerTexts()).toEqual([String(other)]);
  await table().focus();
  await page.keyboard.press(' ');
  await filter().fill('');
  await expect.poll(() => lines()).toBe(20);
  expect(await page.locator('[data-choice="yes"]').count()).toBe(0);
  // When listed again, it is the current line for keys.
  await table().focus();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Command to 1…' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Command to 1…' }).waitFor({ state: 'detached' });
});

it('the menu of a line leads to the question of a command, by pointer and by keyboard', async () => {
  const { page } = app;
  await go(app, '#/machines');
  const [vmcNo = 0] = numbers;
  const question = page.getByRole('dialog', { name: new RegExp(`^Open door · ${vmcNo}`) });
  const door = page.getByRole('menuitem', { name: 'Open door' });
  await table().locator(`[data-vmc="${vmcNo}"] [data-more]`).click();
  await door.waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await door.click();
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await go(app, '#/machines');
  // The line of the last opened machine is current.
  await table().focus();
  await page.keyboard.press('Shift+F10');
  await door.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await door.waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+F10');
  await door.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  // Beside a machine's page, a button above the list opens the same menu.
  await page.getByRole('button', { name: `Commands for machine ${vmcNo}` }).focus();
  await page.keyboard.press('Enter');
  await door.and(page.locator(':focus')).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.keyboard.press('Escape');
  await door.waitFor({ state: 'detached' });
  await table('Machines').locator(`[data-vmc="${vmcNo}"] [data-more]`).click();
  await door.waitFor();
  await page.keyboard.press('Escape');
  await door.waitFor({ state: 'detached' });
});

it('pauses under the pointer, reports pending changes, and applies them when the pointer leaves', async () => {
  const { page } = app;
  const shown = (): Promise<readonly string[]> => cells('number').allInnerTexts();
  await go(app, '#/machines');
  await table().hover();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('[role="listbox"]')?.matches(':hover')))
    .toBe(true);
  const before = await shown();
  const client = await logIn(app, 5);
  await page.getByRole('button', { name: 'The order has changed. Sort again' }).waitFor();
  expect(await shown()).toEqual(before);
  await page.mouse.move(4, 500);
  await expect.poll(shown).toContain('5');
  client.socket.destroy();
});

it('300 machines: only visible ones are rendered, and they are sorted at once', async () => {
  const { page } = app;
  await go(app, '#/machines');
  // Under the pointer no line is inserted.
  await page.mouse.move(4, 500);
  await page.evaluate(() => window.crema.request('simulate', { count: 300, platform: 'mixed' }));
  await expect.poll(() => lines(), { timeout: 60_000 }).toBeGreaterThanOrEqual(300);
  expect(await table().getByRole('option').count()).toBeLessThan(80);
  // The visible lines: how many more are drawn depends on the scrolling before.
  const shown = async (): Promise<readonly string[]> => (await cells('number').allInnerTexts()).slice(0, 20);
  const before = await shown();
  // A change that a person requests shows at once.
  await page.getByRole('button', { name: 'Sort by: Last heard' }).click();
  await expect.poll(async () => (await shown()).join()).not.toBe(before.join());

  await page.evaluate(() => window.crema.request('setSettings', { language: 'zh-CN' }));
  await table('全部机器').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
});
