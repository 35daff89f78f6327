/** Errors by code and by day, and the workshop's own catalogue, in the real app. A bare TCP client plays a machine that breaks. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedPicture, startApp, type TestApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';

let app: TestApp;
let machine: RawClient;
let other: RawClient;

async function connected(vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}
const error = (vmcNo: number, code: string, isSet = true): string =>
  decimalFrame(
    `{"cmd":"error","vmc_no":${vmcNo},"datetime":"20161212","error_code":"${code}","error_description":"d","isSet":${isSet},"is_fatal_error":false,"is_persistence_error":true}`,
  );
const go = (hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);

/** For each chart: does it contain the accent colour of the current theme? */
const barsInColour = (): Promise<boolean[]> =>
  app.page.locator('figure canvas').evaluateAll((found) => {
    const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent-text');
    const probe = new OffscreenCanvas(1, 1).getContext('2d');
    if (probe === null) return [];
    probe.fillStyle = accent.trim();
    probe.fillRect(0, 0, 1, 1);
    const [wanted] = new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer);
    return found.map((one) => {
      const { width, height } = one as HTMLCanvasElement;
      const drawn = (one as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height);
      return drawn !== undefined && new Uint32Array(drawn.data.buffer).includes(wanted ?? 0);
    });
  });

beforeAll(async () => {
  app = await startApp({ size: { width: 1366, height: 768 } });
  await app.page.mouse.move(700, 4);
  machine = await connected(33232);
  other = await connected(44401);
  machine.send(error(33232, 'ERROR:5300'));
  machine.send(error(33232, 'ERROR:5300', false));
  machine.send(error(33232, 'ERROR:5300'));
  machine.send(error(33232, 'ERROR:9A01'));
  other.send(error(44401, 'error:5300'));
  other.send(error(44401, 'EC_4'));
  other.send(error(44401, 'EC_4', false));
});
afterAll(async () => {
  machine.socket.destroy();
  other.socket.destroy();
  await app.close();
});

describe('errors', () => {
  it('are counted by code, active first; bars lead to their list by keys and by a click, and are copied as a picture', async () => {
    const { page } = app;
    await go('#/errors');
    const byCode = page.getByRole('table', { name: 'Errors by code, active first' });
    const charts = page.getByRole('button', { name: 'Charts' });
    expect(await charts.getAttribute('aria-expanded')).toBe('false');
    await charts.click();
    await page.getByText('By code', { exact: true }).click();
    await byCode.getByRole('row', { name: /No cups ERROR:5300 2 3 3 2/ }).waitFor();
    await byCode.getByRole('row', { name: /EC_4/ }).waitFor();
    await byCode.getByRole('row', { name: /ERROR:9A01/ }).waitFor();
    const rows = await byCode.getByRole('row').allInnerTexts();
    expect(rows.slice(1).map((row) => /ERROR:5300|ERROR:9A01|EC_4/.exec(row)?.[0])).toEqual([
      'ERROR:5300',
      'ERROR:9A01',
      'EC_4',
    ]);

    const pareto = page.getByRole('slider', { name: 'Most frequent codes' });
    // The same numbers as a table, for screen readers.
    const table = page.getByRole('table', { name: 'Most frequent codes' });
    expect(await table.getByRole('row').nth(1).innerText()).toMatch(/No cups ERROR:5300\s+3\s+60 %/);
    // A bar selected by keys stays selected while other errors arrive, even if it moves.
    const again = `${error(44401, 'EC_4')}${error(44401, 'EC_4', false)}`;
    other.send(again);
    await table.getByRole('row', { name: /EC_4 2/ }).waitFor();
    await pareto.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await pareto.getAttribute('aria-valuetext')).toContain('EC_4: 2 ');
    other.send(again + again);
    await table.getByRole('row', { name: /EC_4 4/ }).waitFor();
    await expect.poll(() => pareto.getAttribute('aria-valuetext')).toContain('EC_4: 4 ');
    expect(await pareto.getAttribute('aria-valuenow')).toBe('0');
    await page.keyboard.press('ArrowRight');
    expect(await pareto.getAttribute('aria-valuetext')).toContain('No cups ERROR:5300: 3');
    // A bar selected by the pointer does not stay: the bar below the pointer may change or go.
    await pareto.locator('.u-over').hover();
    other.send(again);
    await table.getByRole('row', { name: /EC_4 5/ }).waitFor();
    await page.mouse.move(700, 4);
    await expect
      .poll(() => pareto.getAttribute('aria-valuetext'))
      .toBe('Use the arrow keys to move from one to the next.');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await pareto.getAttribute('aria-valuetext')).toContain('No cups ERROR:5300: 3');
    await page.keyboard.press('Enter');
    const list = page.getByRole('listbox', { name: 'Errors, newest first' });
    await page.getByRole('button', { name: 'Only ERROR:5300' }).waitFor();
    await expect.poll(() => list.getByRole('option').count()).toBe(3);

    // Click today's bar, the rightmost, for that code only.
    const days = page.getByRole('slider', { name: 'ERROR:5300 by day, last 30 days' });
    await days.waitFor();
    await days.focus();
    await page.keyboard.press('End');
    expect(await days.getAttribute('aria-valuetext')).toMatch(/: 3$/);
    const place = await days.locator('canvas').boundingBox();
    const over = await days.locator('.u-over').boundingBox();
    if (place === null || over === null) throw new Error('the chart is not drawn');
    await page.mouse.click(over.x + over.width * (29.5 / 30), over.y + over.height / 2);
    await page.getByRole('button', { name: /Only ERROR:5300 · Only / }).waitFor();
    await expect.poll(() => list.getByRole('option').count()).toBe(3);
    await page.getByRole('button', { name: /Only ERROR:5300 · Only / }).click();
    await byCode.waitFor();

    await page.getByRole('button', { name: 'Copy “Most frequent codes” as an image' }).click();
    await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    const picture = await copiedPicture(app);
    const drawn = await page
      .locator('canvas')
      .last()
      .evaluate((one: HTMLCanvasElement) => one.width);
    expect(picture.width).toBe(drawn);
    expect(picture.height).toBeGreaterThan(100);
    // The picture contains bars, axes and text.
    expect(picture.colours).toBeGreaterThan(10);

    // Bars use the colour of the current theme, even after a change of theme.
    for (const theme of ['dark', 'light'] as const) {
      await page.evaluate((to) => window.crema.request('setSettings', { theme: to }), theme);
      await page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
      await expect.poll(barsInColour).toEqual([true, true]);
    }
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.getByText('By time', { exact: true }).click();
  });

  it('use the workshop’s catalogue everywhere: severity, name, a file with wrong entries', async () => {
    const { page } = app;
    const file = join(app.dataDirectory, 'own.json');
    await writeFile(
      file,
      `{
  "crema": "error catalogue",
  "version": 1,
  "entries": [
    { "code": "ERROR:9A01", "name": "Steam valve", "remedy": "Tap it.", "severity": "fatal" },
    { "code": "ERROR:5300", "severity": "terrible" },
    { "name": "Nobody" },
    { "code": "EC_4", "muted": true, "remdy": "x" }
  ]
}`,
    );
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${chosen}.out` });
    }, file);
    await go('#/errors');
    await page.getByRole('button', { name: 'Own catalogue' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Import from file' }).click();
    await dialog.getByText('own.json: 1 added, 0 changed, 0 unchanged.').waitFor();
    await dialog.getByText('Line 6, ERROR:5300: “severity” has an invalid value.').waitFor();
    await dialog.getByText('Line 7: the code is missing').waitFor();
    await dialog.getByText('Line 8, EC_4: entries have no “remdy”.').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);

    // Corrects one by hand.
    await dialog.getByRole('button', { name: 'Add a code' }).click();
    await dialog.getByRole('textbox', { name: 'Code', exact: true }).fill('5300');
    await dialog.getByRole('textbox', { name: 'What to do' }).fill('Ask Mei for cups.');
    await dialog.getByRole('combobox', { name: 'Severity' }).click();
    await page.getByRole('option', { name: 'Warning', exact: true }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Ask Mei for cups.').waitFor();
    await dialog.getByRole('button', { name: 'Export to file' }).click();
    await dialog.getByText('Saved as own.json.out.').waitFor();
    expect(JSON.parse(await readFile(`${file}.out`, 'utf8'))).toEqual({
      crema: 'error catalogue',
      version: 1,
      entries: [
        { code: 'ERROR:5300', remedy: 'Ask Mei for cups.', severity: 'warning' },
        { code: 'ERROR:9A01', name: 'Steam valve', remedy: 'Tap it.', severity: 'fatal' },
      ],
    });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    // The sentence, the state and its colour follow: the steam valve replaces "no cups".
    await go('#/machines/33232/overview');
    await page
      .getByText(/Critical: Steam valve \(ERROR:9A01\)/)
      .first()
      .waitFor();
    // The chart of the last hour of its link can be copied too.
    await page.getByRole('button', { name: 'Last hour' }).click();
    await page
      .getByRole('button', { name: 'Copy “Machine 33232: heartbeats of the last hour” as an image' })
      .click();
    await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    expect((await copiedPicture(app)).width).toBe(960);
    await go('#/machines/44401/overview');
    await page.getByText('Ask Mei for cups.').first().waitFor();
    expect(await page.getByText(/Can’t sell/).count()).toBe(0);

    // The detail shows the workshop's text and its source. After its removal the catalogue's text is back.
    await go('#/errors');
    const list = page.getByRole('listbox', { name: 'Errors, newest first' });
    await list.getByRole('option', { name: /No cups.*44401/ }).click();
    const detail = page.getByRole('region', { name: 'No cups' });
    await detail.getByText('your own entry; the rest:').waitFor();
    await detail.getByText('The cup sensor sees no cup').waitFor();
    await detail.getByRole('button', { name: 'Remove own entry' }).click();
    await detail.getByText('Try: Refill cups.').waitFor();
    await page.keyboard.press('Escape');
  });

  it('are reported once on the desktop; a person closes one with a note, and the machine may set it again', async () => {
    const { page, lines } = app;
    // The test does not depend on notifications of this system.
    const told = (): number => lines.filter((line) => line.includes('33232 ERROR:9A01')).length;
    await expect.poll(told).toBe(1);
    const active = await page.evaluate(() =>
      window.crema.request('faults', {
        vmcNo: 33232,
        activeOnly: true,
        code: 'ERROR:9A01',
        before: null,
        limit: 5,
      }),
    );
    const fault = active.ok ? (active.value[0]?.id ?? 0) : 0;
    // The error opened before is gone, so the next opened error is the right one.
    await go('#/connect');
    await page.getByRole('region', { name: 'Steam valve' }).waitFor({ state: 'detached' });
    // As a click on a notification does.
    await app.electron.evaluate(
      ({ app: electron }, id) =>
        electron.emit('second-instance', {}, [], '', { open: [{ to: 'error', id }] }),
      fault,
    );
    const detail = page.getByRole('region', { name: 'Steam valve' });
    // Overflow below a form scrolls instead of shrinking the form.
    const closing = detail.getByRole('button', { name: 'Close with a note' });
    await detail.getByRole('button', { name: 'Edit own entry' }).click();
    expect((await closing.boundingBox())?.height).toBeGreaterThan(20);
    await detail.getByRole('button', { name: 'Cancel', exact: true }).click();
    await closing.click();
    await detail.getByRole('textbox', { name: 'Reason' }).fill('valve changed');
    expect(await accessibilityProblems(app)).toEqual([]);
    await detail.getByRole('button', { name: 'Close error' }).click();
    await detail.getByText('Closed by a person; not cleared by the machine').waitFor();
    await detail.getByText('Note: valve changed').waitFor();
    // The machine has not cleared it: it stays in the list, marked, until the machine sets it again.
    await go('#/machines/33232/overview');
    const errors = page.getByRole('list', { name: 'Problems' });
    await errors.getByText('No cups', { exact: true }).waitFor();
    const valve = errors.getByRole('listitem').filter({ hasText: 'Steam valve' });
    await valve.getByRole('button', { name: 'Steam valve', exact: true }).click();
    const mark = valve.getByText(/Closed by .* the machine has not cleared it/);
    await mark.waitFor();

    machine.send(error(33232, 'ERROR:9A01'));
    await mark.waitFor({ state: 'detached' });
    await valve.waitFor();
    const all = await page.evaluate(() =>
      window.crema.request('faults', {
        vmcNo: 33232,
        activeOnly: false,
        code: 'ERROR:9A01',
        before: null,
        limit: 5,
      }),
    );
    expect(all.ok && all.value.map(({ clearedBy }) => clearedBy)).toEqual([null, 'person']);
    expect(told()).toBe(1);

    // After closing, the address no longer names the error, and the same address opens it again.
    await go(`#/errors/${fault}`);
    await detail.getByText('Note: valve changed').waitFor();
    await detail.getByRole('button', { name: 'Close details' }).click();
    await detail.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/errors');
    await page.getByText('By code', { exact: true }).click();
    await page.getByRole('table', { name: 'Errors by code, active first' }).waitFor();
    await go(`#/errors/${fault}`);
    await detail.getByText('Note: valve changed').waitFor();
    // Opening another error also leaves that address.
    await page
      .getByRole('listbox', { name: 'Errors, newest first' })
      .getByRole('option', { name: /No cups/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'No cups' }).waitFor();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/errors');
  });
});
