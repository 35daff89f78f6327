/** The error history in the real app: a machine that breaks and is mended, told by a bare TCP client. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
async function started(): Promise<TestApp> {
  const app = await shared();
  await still(app);
  return app;
}
/** Lists hold still under the pointer, wherever the display has put it. */
const still = ({ page }: TestApp): Promise<void> => page.mouse.move(700, 4);

async function machine(app: TestApp, vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}

const error = (vmcNo: number, code: string, isSet: boolean): string =>
  decimalFrame(
    `{"cmd":"error","vmc_no":${vmcNo},"datetime":"20161212","error_code":"${code}","error_description":"slot ${code}","isSet":${isSet},"is_fatal_error":false,"is_persistence_error":true}`,
  );
const clearAll = (vmcNo: number): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"clearerror"}`);

const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);
const list = (app: TestApp, label = 'Errors, newest first'): Locator =>
  app.page.getByRole('listbox', { name: label });

/** The lines of a list as a person reads them, once there are so many and they say what is awaited. */
async function lines(box: Locator, count: number, saying: string): Promise<string[]> {
  const options = box.getByRole('option');
  await options.nth(count - 1).waitFor();
  await box.getByText(saying).first().waitFor();
  expect(await options.count()).toBe(count);
  const texts = await options.allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

describe('the error history', () => {
  it('shows each error from set to cleared, live, for all and for one, and after a restart', async () => {
    const first = await started();
    await go(first, '#/errors');
    await first.page.getByText('No error yet').waitFor();
    const client = await machine(first, 33232);
    const other = await machine(first, 44401);
    client.send(error(33232, 'ERROR:5300', true));
    client.send(error(33232, 'EC_2', true));
    await lines(list(first), 2, 'EC_2');
    other.send(error(44401, 'ERROR:5300', true));
    await lines(list(first), 3, '44401');
    client.send(error(33232, 'ERROR:5300', false));
    await lines(list(first), 3, 'the machine: it is over');
    client.send(clearAll(33232));
    const told = [
      /^can’t sell No cups ERROR:5300 44401 .* (?:active|last known) .* 1$/,
      /^.* EC_2 33232 .* all errors were cleared .* 1$/,
      /^can’t sell No cups ERROR:5300 33232 .* the machine: it is over .* 1$/,
    ];
    const shown = await lines(list(first), 3, 'all errors were cleared');
    for (const [index, pattern] of told.entries()) expect(shown[index]).toMatch(pattern);

    // Its own page tells its own, from the link in the rail of tabs.
    await go(first, '#/machines/33232/overview');
    await first.page.getByRole('tab', { name: 'Errors' }).click();
    const own = await lines(list(first), 2, 'all errors were cleared');
    expect(own.every((line) => !line.includes('44401'))).toBe(true);

    client.socket.destroy();
    other.socket.destroy();
    const second = await shared.restart();
    await still(second);
    await go(second, '#/errors');
    const kept = await lines(list(second), 3, 'all errors were cleared');
    for (const [index, pattern] of told.entries()) expect(kept[index]).toMatch(pattern);

    // Since its machine went away nobody knows how long it lasts: list and detail stop at the same moment, before the restart.
    const gone = list(second).getByRole('option').filter({ hasText: '44401' });
    await gone.click();
    const opened = second.page.getByRole('region', { name: 'No cups' });
    await opened.getByText('The machine is offline').waitFor();
    const known = await gone.locator('[data-fault] > span').nth(-2).innerText();
    expect(await opened.locator('dl > div').filter({ hasText: /^For/ }).locator('dd').innerText()).toBe(
      known,
    );
    await second.page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
    await still(second);

    // Filter and search.
    await second.page.getByText('Active only', { exact: true }).click();
    await lines(list(second), 1, '44401');
    await second.page.getByText('All', { exact: true }).click();
    await lines(list(second), 3, '44401');
    await second.page.keyboard.press('/');
    await second.page.keyboard.type('cups 33232');
    await list(second).getByText('44401').waitFor({ state: 'detached' });
    await lines(list(second), 1, '33232');

    // From the keyboard: into the list, the error opens; what set it and what cleared it are one click away.
    await second.page.keyboard.press('Enter');
    const detail = second.page.getByRole('region', { name: 'No cups' });
    await detail.getByText('slot ERROR:5300').waitFor();
    await detail.getByText(/^Try: /).waitFor();
    await detail.getByRole('button', { name: 'Show the frame that ended it' }).click();
    await second.page.waitForFunction(() => location.hash === '#/machines/33232/frames');
    const frame = second.page.getByRole('region', { name: /^Frame \d+$/ });
    await frame.getByRole('treeitem', { name: /isSet.*false/ }).waitFor();
    await second.page.keyboard.press('Escape');
    await frame.waitFor({ state: 'detached' });
    // Looked at once, it does not open by itself again.
    await go(second, '#/errors');
    await go(second, '#/machines/33232/frames');
    await second.page.getByRole('listbox', { name: 'Frames, oldest first' }).waitFor();
    expect(await frame.count()).toBe(0);
  });

  it('holds still under the pointer and says how many are new', async () => {
    const app = await started();
    await go(app, '#/errors');
    const client = await machine(app, 33233);
    client.send(error(33233, 'EC_2', true));
    await list(app).getByText('33233').waitFor();
    const before = await list(app).getByRole('option').count();
    await list(app).hover();
    client.send(error(33233, 'ERROR:5300', true));
    client.send(error(33233, 'ERROR:0101', true));
    await app.page.getByRole('button', { name: '2 new' }).waitFor();
    await lines(list(app), before, 'EC_2');
    await app.page.getByRole('button', { name: '2 new' }).click();
    await lines(list(app), before + 2, 'ERROR:0101');
    client.socket.destroy();
  });

  it('an error of a machine that is taken off the list ends there', async () => {
    const app = await started();
    const client = await machine(app, 33234);
    client.send(error(33234, 'EC_2', true));
    await client.until(() => client.received.includes('"error_r"'));
    client.socket.destroy();
    await go(app, '#/errors');
    const own = list(app).getByRole('option').filter({ hasText: '33234' });
    await own.getByText('EC_2').waitFor();
    await expect
      .poll(() => app.page.evaluate(() => window.crema.forgetMachine({ vmcNo: 33234 })))
      .toEqual({
        ok: true,
        value: null,
      });
    await own.getByText('taken off the list').waitFor();
    expect(await own.count()).toBe(1);
    const again = await app.page.evaluate(() =>
      window.crema.faults({ vmcNo: 33234, activeOnly: true, before: null, limit: 10 }),
    );
    expect(again).toEqual({ ok: true, value: [] });
  });

  it('a long history is read as far as one goes, and no further', async () => {
    const app = await started();
    const client = await machine(app, 33235);
    let all = '';
    for (let n = 0; n < 450; n += 1) {
      const code = `EC_${1000 + n}`;
      all += error(33235, code, true) + error(33235, code, false);
    }
    client.send(all);
    await client.until(() => client.received.toString('latin1').split('"error_r"').length > 900, 30_000);
    await go(app, '#/errors');
    await app.page.getByText('The newest 200 errors were looked through.').waitFor();
    await app.page.getByRole('button', { name: 'Look further back' }).click();
    await app.page.getByText('The newest 400 errors were looked through.').waitFor();
    await list(app).focus();
    await app.page.keyboard.press('End');
    await app.page.getByText(/errors were looked through/).waitFor({ state: 'detached' });
    await app.page.keyboard.press('End');
    await list(app).getByText('EC_1000', { exact: true }).waitFor();
    // Only what is seen is there.
    expect(await list(app).getByRole('option').count()).toBeLessThan(60);
    client.socket.destroy();
  });

  it('no accessibility problem, in both themes and languages', async () => {
    const app = await started();
    const client = await machine(app, 33236);
    client.send(error(33236, 'EC_2', true) + error(33236, 'EC_2', false));
    for (const code of ['ERROR:5300', 'ERROR:0081', 'WARNING:10009', 'UNHEARD_OF'])
      client.send(error(33236, code, true));
    // No colour depends on the language, and no name on the theme.
    for (const [theme, language, label, active] of [
      ['light', 'en', 'Errors, newest first', 'active'],
      ['dark', 'zh-CN', '故障记录，从新到旧', '未解除'],
    ] as const) {
      await app.page.evaluate((wanted) => window.crema.setSettings(wanted), { theme, language });
      await app.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
      await app.page.waitForFunction(() => document.getAnimations().length === 0);
      for (const hash of ['#/errors', '#/machines/33236/errors']) {
        await go(app, hash);
        if (hash === '#/errors') await list(app, label).getByText('UNHEARD_OF').waitFor();
        else await lines(list(app, label), 5, active);
        expect(await accessibilityProblems(app), `${hash} in ${theme}, ${language}`).toEqual([]);
        await list(app, label).getByText('ERROR:5300').first().click();
        await app.page.getByText('slot ERROR:5300').waitFor();
        expect(await accessibilityProblems(app), `${hash} opened in ${theme}, ${language}`).toEqual([]);
        await app.page.keyboard.press('Escape');
        await app.page.getByText('slot ERROR:5300').waitFor({ state: 'detached' });
      }
    }
    client.socket.destroy();
  });
});
