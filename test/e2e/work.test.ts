/**
 * One command to twenty virtual machines of both platforms, with some refusals; sequences stopped half way, written
 * and imported. In the real app.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Run, RunMachine } from '#shared/model/run';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { useFolder } from '../builders/useFolder';

/** Half of them linux, half android. */
const fleet = 20;
const atOnce = 14;
let app: TestApp;
const folder = useFolder('all');
/** Three of each platform. */
let refusing: readonly number[] = [];

beforeAll(async () => {
  app = await startApp({ switches: ['--simulate', String(fleet)], size: { width: 1366, height: 768 } });
  await vi.waitFor(
    async () => expect((await machines()).filter(({ online }) => online)).toHaveLength(fleet),
    {
      timeout: 60_000,
    },
  );
  const all = await machines();
  refusing = (['linux', 'android'] as const).flatMap((platform) =>
    all
      .filter((row) => row.platform === platform)
      .slice(0, 3)
      .map(({ vmcNo }) => vmcNo),
  );
  // android refuses with a notice.
  await noticesListen();
  // linux has no refusal: it accepts the order and makes nothing.
  for (const [place, vmcNo] of refusing.entries())
    await app.page.evaluate((args) => window.crema.request('simulatorAnswers', args), {
      vmcNo,
      answering: place < 3 ? ('fails' as const) : ('refuses' as const),
    });
});
afterAll(async () => {
  await app.close();
});

const noticesListen = () =>
  app.page.evaluate(() => window.crema.request('listen', { which: 'notices', host: '127.0.0.1', port: 0 }));
const machines = () =>
  app.page.evaluate(async () => {
    const reply = await window.crema.request('snapshot', undefined);
    return reply.ok ? reply.value.machines : [];
  });
const runs = (): Promise<readonly Run[]> =>
  app.page.evaluate(async () => {
    const reply = await window.crema.request('runs', { before: null, limit: 10 });
    return reply.ok ? reply.value : [];
  });
const linesOf = (run: number): Promise<readonly RunMachine[]> =>
  app.page.evaluate(async (id) => {
    const reply = await window.crema.request('runLines', { run: id });
    return reply.ok ? reply.value : [];
  }, run);
const commandsOf = (vmcNo: number | null): Promise<readonly Command[]> =>
  app.page.evaluate(async (n) => {
    const reply = await window.crema.request('commands', { vmcNo: n, before: null, limit: 500 });
    return reply.ok ? reply.value : [];
  }, vmcNo);
const counts = async (): Promise<Partial<Run['counts']>> => (await runs())[0]?.counts ?? {};
const dialog = (): Locator => app.page.getByRole('dialog');
const button = (name: string | RegExp): Locator => app.page.getByRole('button', { name });
const saveAs = (path: string): Promise<void> =>
  app.electron.evaluate(({ dialog: of }, filePath) => {
    of.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    of.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);

describe('one command to twenty machines', () => {
  it('each gets it once; refusals have their reasons, in waves, and the record is exported', async () => {
    await go(app, '#/machines');
    const table = app.page.getByRole('listbox', { name: 'All machines', exact: true });
    await table.focus();
    await app.page.keyboard.press('Control+a');
    await button(`Command to ${fleet}…`).waitFor();
    // One by the pointer, out and in again.
    await app.page.locator('[data-choice="yes"]').first().click();
    await button(`Command to ${fleet - 1}…`).waitFor();
    await app.page.locator('[data-choice="no"]').first().click();
    await button(`Command to ${fleet}…`).click();
    await dialog().getByRole('combobox', { name: 'Command' }).click();
    // Sequences too.
    await app.page.getByRole('option', { name: 'After service' }).waitFor();
    await app.page.getByRole('option', { name: 'Discount' }).click();
    // The input survives going back from the preview.
    const percent = dialog().getByRole('textbox', { name: 'Customers pay' });
    await percent.fill('85');
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().locator('[data-sum]').waitFor();
    await dialog().getByRole('button', { name: 'Back' }).click();
    expect(await percent.inputValue()).toBe('85');
    await dialog().getByRole('combobox', { name: 'Command' }).click();
    await app.page.getByRole('option', { name: 'Brew' }).click();
    await dialog().getByRole('combobox', { name: 'Product id' }).fill('801');
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().locator('[data-sum]').waitFor();
    await dialog().getByRole('textbox', { name: 'Machines at once' }).fill('0');
    await dialog().getByText('A whole number from 1 to 2000, or empty').waitFor();
    await dialog().getByRole('textbox', { name: 'Machines at once' }).fill(String(atOnce));
    // Long enough to be stopped before the last wave.
    await dialog().getByRole('textbox', { name: 'Pause between waves, s' }).fill('3600');
    expect(await accessibilityProblems(app)).toEqual([]);
    await dialog()
      .getByRole('button', { name: /^Start on \d+ machines$/ })
      .click();
    await dialog().waitFor({ state: 'detached' });
    await app.page.locator('[data-opened-run]').waitFor();
    await app.page.getByRole('group', { name: 'Totals' }).locator('[data-total="waiting"]').waitFor();
    // A drink may take long if a customer was first.
    await expect.poll(async () => (await counts()).done ?? 0, { timeout: 90_000 }).toBeGreaterThan(3);
    const id = (await runs())[0]?.id ?? 0;
    await expect
      .poll(async () =>
        (await linesOf(id)).filter(({ vmcNo, state }) => refusing.includes(vmcNo) && state === 'running'),
      )
      .toEqual([]);
    const opened = app.page.locator('[data-opened-run]');
    await opened.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog().getByRole('button', { name: 'Stop', exact: true }).click();
    const leave = opened.getByRole('button', { name: 'Stop waiting' });
    const over = opened.getByText(/A person stopped the run/);
    await leave.or(over).first().waitFor();
    const waitNoLonger = async (): Promise<void> => {
      await leave.click({ timeout: 5_000 });
      await dialog().getByRole('button', { name: 'Stop waiting' }).click({ timeout: 5_000 });
    };
    // It may end by itself meanwhile.
    if (await leave.isVisible()) await waitNoLonger().catch(() => over.waitFor());
    await over.waitFor();
    const [run] = await runs();
    expect(run).toMatchObject({ state: 'ended', end: 'byPerson', title: null });
    expect(run?.counts).toMatchObject({ waiting: 0, running: 0, asking: 0 });
    const lines = await linesOf(run?.id ?? 0);
    // Machines that could not receive it are recorded too.
    const left = lines.filter(({ leftOut }) => leftOut !== null);
    expect([lines.length, run?.machines, run?.counts.leftOut]).toEqual([fleet, fleet, left.length]);
    // No machine got two drinks: as many commands as machines, one each.
    const given = (await commandsOf(null)).filter(({ name }) => name === 'makeDrink');
    const numbers = given.map(({ vmcNo }) => vmcNo);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(
      lines
        .flatMap(({ vmcNo, steps }) => ((steps[0]?.command ?? null) === null ? [] : vmcNo))
        .toSorted((a, b) => a - b),
    );
    const told = lines.filter(({ vmcNo }) => refusing.includes(vmcNo));
    expect(told.map(({ state }) => state)).toEqual(told.map(() => 'failed'));
    expect(told.length).toBeGreaterThan(0);
    // The last wave never began.
    expect(lines.filter(({ state, steps }) => state === 'stopped' && steps.length === 0).length).toBe(
      fleet - atOnce - left.length,
    );
    const proofs = lines.flatMap(({ state, steps }) =>
      state === 'done' ? [steps[0]?.last?.entry ?? null] : [],
    );
    expect(proofs).not.toContain(null);

    const file = folder('run.csv');
    await saveAs(file);
    await button('Export CSV').click();
    await app.page.getByText('Saved as run.csv').waitFor();
    const csv = await readFile(file, 'utf8');
    expect(csv.trim().split('\n')).toHaveLength(1 + lines.length);
    // The others can get it again.
    const others = lines.filter(({ state }) => state === 'failed' || state === 'stopped');
    await button(`Try ${others.length} again…`).click();
    await dialog()
      .getByText(/^Brew product 801, /)
      .first()
      .waitFor();
    const again = await dialog().locator('[data-sum]').innerText();
    expect(again).toMatch(/machine/);
    expect(await accessibilityProblems(app)).toEqual([]);
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    // To the frame of the proof.
    await app.page.locator('[data-machine-of-run][data-state="done"]').first().click();
    await app.page
      .locator('[data-steps-of]')
      .getByRole('button', { name: /^Show frame \d+$/ })
      .click();
    await expect.poll(() => app.page.evaluate(() => location.hash)).toMatch(/^#\/machines\/\d+\/frames$/);
  });
});

it('running virtual machines report to a newly set address', async () => {
  const one = (await machines()).find(
    ({ vmcNo, platform }) => platform === 'android' && !refusing.includes(vmcNo),
  );
  const vmcNo = one?.vmcNo ?? 0;
  // At another port.
  await noticesListen();
  // Only the machine's own reply proves this.
  await app.page.evaluate(
    (n) => window.crema.request('command', { vmcNo: n, name: 'lockProducts', input: { productIds: [801] } }),
    vmcNo,
  );
  await expect
    .poll(async () => (await commandsOf(vmcNo)).find(({ name }) => name === 'lockProducts')?.state)
    .toBe('confirmed');
});

describe('a run with an unproved first wave', () => {
  const begin = async (): Promise<number> => {
    const [first = 0, second = 0, third = 0] = (await machines()).map(({ vmcNo }) => vmcNo);
    const id = await app.page.evaluate(
      async (numbers) => {
        const reply = await window.crema.request('startRun', {
          title: 'Asked first',
          steps: [{ do: 'ask', question: 'Is it well?' }],
          machines: numbers,
          leftOut: [],
          waves: { first: 1, atOnce: 1, pause: 0, stopAfter: null, stopShare: null, hours: null },
        });
        return reply.ok ? (reply.value.run?.id ?? 0) : 0;
      },
      [first, second, third],
    );
    await go(app, `#/work/runs/${id}`);
    return id;
  };
  const asking = async (id: number): Promise<readonly RunMachine[]> =>
    (await linesOf(id)).filter(({ state }) => state === 'asking');
  const saysNo = async (id: number): Promise<void> => {
    await expect.poll(() => asking(id)).toHaveLength(1);
    const [one] = await asking(id);
    await app.page.evaluate((line) => window.crema.request('answerRun', { line, yes: false }), one?.id ?? 0);
  };

  it('pauses under the pointer: a press meant to pause does not continue, and continuing asks once', async () => {
    const id = await begin();
    const opened = app.page.locator(`[data-opened-run="${id}"]`);
    const pause = opened.getByRole('button', { name: 'Pause', exact: true });
    const goOn = opened.getByRole('button', { name: 'Continue', exact: true });
    const focused = app.page.locator(':focus');
    // By keyboard the focus stays on the button.
    await pause.press('Enter');
    await goOn.and(focused).waitFor();
    await goOn.press('Enter');
    await pause.and(focused).waitFor();

    await pause.hover();
    await app.page.mouse.down();
    await saysNo(id);
    await opened.and(app.page.locator('[data-state="paused"]')).waitFor();
    // The button does not change until the mouse button is released.
    expect(await pause.count()).toBe(1);
    await app.page.mouse.up();
    await goOn.click();
    const paused = { state: 'paused', paused: 'firstWave', first: 'unproved', counts: { waiting: 2 } };
    const asked = dialog().filter({ hasText: 'The remaining 2 still get the command next.' });
    await asked.waitFor();
    expect((await runs())[0]).toMatchObject(paused);
    expect(await accessibilityProblems(app)).toEqual([]);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    expect((await runs())[0]).toMatchObject(paused);
    await goOn.click();
    await asked.getByRole('button', { name: 'Continue' }).click();
    await pause.waitFor();
    expect((await runs())[0]).toMatchObject({ id, state: 'running', first: 'accepted' });
    await opened.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog().getByRole('button', { name: 'Stop', exact: true }).click();
    await opened.getByText(/A person stopped the run/).waitFor();
  });
});

describe('a sequence', () => {
  it('asks where a person can’t miss it, continues with yes, and after a stop gives nothing more', async () => {
    const free = (await machines()).find(
      ({ vmcNo, platform, doorOpen, cupBlocked, errorCount }) =>
        platform === 'linux' && !refusing.includes(vmcNo) && !doorOpen && !cupBlocked && errorCount === 0,
    );
    const vmcNo = free?.vmcNo ?? 0;
    const before = (await commandsOf(vmcNo)).length;
    await go(app, `#/machines/${vmcNo}/commands`);
    await button('Procedures').click();
    await app.page.getByRole('menuitem', { name: 'After service' }).click();
    await dialog().getByRole('combobox', { name: 'Product id' }).fill('801');
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByRole('button', { name: 'Start on 1 machine' }).click();
    await dialog().waitFor({ state: 'detached' });
    // On any screen.
    await go(app, '#/orders');
    const banner = app.page.getByRole('alert');
    await banner.getByText('Is the door closed and an empty cup or jug below the outlet?').waitFor();
    await banner.getByRole('button', { name: 'Yes, continue' }).focus();
    await app.page.keyboard.press('Enter');
    await banner.getByText(/^Has the rinse ended/).waitFor();
    expect((await commandsOf(vmcNo)).map(({ name }) => name).slice(0, -before || undefined)).toEqual([
      'rinse',
    ]);
    await banner.getByRole('button', { name: 'Show the run' }).click();
    const run = app.page.locator('[data-opened-run]');
    // The run has the question itself.
    await run.getByRole('button', { name: 'Yes, continue' }).waitFor();
    await banner.waitFor({ state: 'detached' });
    await run.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog().getByRole('button', { name: 'Stop', exact: true }).click();
    await run.getByText(/A person stopped the run/).waitFor();
    await banner.waitFor({ state: 'detached' });
    const [record] = await runs();
    // After closing, the address no longer names the run, and the same address opens it again.
    const place = (): Promise<string> => app.page.evaluate(() => location.hash);
    expect(await place()).toBe(`#/work/runs/${record?.id}`);
    await run.getByRole('button', { name: 'Close the run' }).click();
    await run.waitFor({ state: 'detached' });
    await expect.poll(place).toBe('#/work/runs');
    await go(app, `#/work/runs/${record?.id}`);
    await run.getByText(/A person stopped the run/).waitFor();
    expect(record).toMatchObject({ state: 'ended', end: 'byPerson', counts: { stopped: 1 } });
    const [line] = await linesOf(record?.id ?? 0);
    expect(line?.steps.map(({ outcome }) => outcome)).toEqual(['yes', 'withoutProof', 'stopped']);
    expect(await commandsOf(vmcNo)).toHaveLength(before + 1);
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  it('applies only to listed machines: Space selects no hidden one', async () => {
    const linux = (await machines()).find(({ platform }) => platform === 'linux')?.vmcNo ?? 0;
    await go(app, '#/work/sequences');
    await app.page.locator('[data-sequence="Close down"]').getByRole('button', { name: 'Start…' }).click();
    const filter = dialog().getByRole('textbox', { name: 'Machines' });
    await filter.fill(`vmc:${linux}`);
    await dialog().getByRole('button', { name: 'Select the listed machine' }).waitFor();
    await filter.press('ArrowDown');
    await filter.fill('platform:android');
    await dialog()
      .getByRole('button', { name: `Select all ${fleet / 2} listed` })
      .waitFor();
    await dialog().getByText('Android', { exact: true }).first().waitFor();
    await dialog().getByRole('listbox', { name: 'Machines to choose from' }).focus();
    for (const key of [' ', 'ArrowDown', ' ']) await app.page.keyboard.press(key);
    await dialog().locator('[data-choose][data-chosen]').waitFor();
    expect(await dialog().getByRole('status').innerText()).toBe('1 machine selected');
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('of the workshop is written, exported and imported; mistakes are named with their place', async () => {
    await go(app, '#/work/sequences');
    // An untouched form shows no error.
    await app.page.getByRole('button', { name: 'New procedure' }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).waitFor();
    expect(await dialog().getByText('Enter a name.').count()).toBe(0);
    await dialog().and(app.page.locator(':focus-within')).waitFor();
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const copy = app.page
      .locator('[data-sequence="Close down"]')
      .getByRole('button', { name: 'Copy as your own' });
    await copy.click();
    const name = dialog().getByRole('textbox', { name: 'Name' });
    await name.fill('');
    await dialog().getByText('Enter a name.').waitFor();
    // Closing by mistake loses no input.
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await copy.click();
    await dialog().getByText('Enter a name.').waitFor();
    await name.fill('Night');
    await dialog().getByRole('textbox', { name: 'Seconds of step 3' }).fill('0');
    await dialog().getByText('A whole number from 1 to 86400').waitFor();
    await dialog().getByRole('textbox', { name: 'Seconds of step 3' }).fill('5');
    await dialog().getByRole('button', { name: 'Move step 3 up' }).click();
    await dialog().getByRole('button', { name: 'Question' }).click();
    await dialog().getByRole('textbox', { name: 'Question of step 6, English' }).fill('Lights off?');
    expect(await accessibilityProblems(app)).toEqual([]);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await app.page.locator('[data-sequence="Night"]').getByText('Lights off?').waitFor();
    const kept = await readFile(join(app.dataDirectory, 'sequences.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({
      sequences: [{ name: 'Night', steps: [{}, { do: 'wait', seconds: 5 }, { name: 'rinse' }, {}, {}, {}] }],
    });

    // The input of a step is filled in in a separate dialog, which neither saves nor closes the surrounding dialog.
    const editor = app.page.getByRole('dialog', { name: 'Procedure' });
    await app.page.locator('[data-sequence="Night"]').getByRole('button', { name: 'Edit' }).click();
    await editor.getByRole('button', { name: 'Command', exact: true }).click();
    const added = editor.locator('[data-edited-step="7"]');
    await added.getByRole('combobox', { name: 'Command of step 7' }).click();
    await app.page.getByRole('option', { name: 'Brew' }).click();
    await added.getByText('filled in at the start').waitFor();
    await added.getByRole('button', { name: 'Fill in now' }).click();
    const inner = app.page.getByRole('dialog', { name: 'Brew' });
    await inner.getByRole('combobox', { name: 'Product id' }).fill('801');
    await inner.getByRole('button', { name: 'Next' }).click();
    await inner.waitFor({ state: 'detached' });
    await added.getByText('filled in:').waitFor();
    expect(await readFile(join(app.dataDirectory, 'sequences.json'), 'utf8')).toBe(kept);
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'detached' });
    // The parts below move with the new step.
    await app.page.locator('[data-sequence="Night"]').getByText(/Brew/).waitFor();
    const grown = await readFile(join(app.dataDirectory, 'sequences.json'), 'utf8');
    expect(JSON.parse(grown)).toMatchObject({
      sequences: [{ steps: [{}, {}, {}, {}, {}, {}, { name: 'makeDrink', input: { productId: 801 } }] }],
    });
    const file = folder('sequences.json');
    await writeFile(
      file,
      `{"crema": "sequences", "version": 1, "sequences": [\n{"name": "Noon", "note": "", "steps": [{"do": "wait", "seconds": 9}]},\n{"name": "Wrong", "note": "", "steps": [{"do": "wait", "seconds": 9},\n{"do": "dance"}]}]}`,
    );
    await saveAs(file);
    await button('Import from file').click();
    await app.page.getByText('sequences.json: 1 new, 0 changed, 0 already there.').waitFor();
    await app.page.getByText('Line 4, “Wrong”, step 2: “do” has an invalid value').waitFor();
    await button('Export to file').click();
    await app.page.getByText('Saved as sequences.json').waitFor();
    const written = JSON.parse(await readFile(file, 'utf8')) as { sequences: { name: string }[] };
    expect(written.sequences.map((one) => one.name)).toEqual(['Night', 'Noon']);
    // On several machines, selected by keyboard.
    await app.page.locator('[data-sequence="Noon"]').getByRole('button', { name: 'Start…' }).click();
    await dialog().getByRole('textbox', { name: 'Machines' }).fill('platform:nothing(');
    await dialog().getByText('This filter is invalid').waitFor();
    await dialog().getByRole('textbox', { name: 'Machines' }).fill('platform:android');
    await dialog()
      .getByRole('button', { name: `Select all ${fleet / 2} listed` })
      .waitFor();
    for (const key of ['ArrowDown', ' ', 'ArrowDown', ' ']) await app.page.keyboard.press(key);
    await dialog().getByText('2 machines selected').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByRole('button', { name: 'Start on 2 machines' }).click();
    await app.page.locator('[data-opened-run]').waitFor();
    expect((await runs())[0]).toMatchObject({ title: 'Noon', machines: 2 });
    await go(app, '#/work/sequences');
    await app.page.locator('[data-sequence="Noon"]').getByRole('button', { name: 'Delete' }).click();
    await app.page.getByText('“Noon” was deleted.').waitFor();
    // The palette lists them.
    await app.page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').fill('night');
    await dialog().getByRole('option', { name: /Night/ }).waitFor();
    await app.page.keyboard.press('Escape');
  });
});
