/** Upgrades in the real app: a ZIP is imported, virtual machines download it, restart and log in with the new version. */
import { randomBytes } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fleet } from '../../src/main/tools/simulator/fleet';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { logIn } from '../builders/captureScreens';
import { act, go } from '../builders/controlledPage';
import { pacedMachines } from '../builders/pacedMachines';
import { choose, details, panel, upgradesPage } from '../builders/upgradesPage';
import { zipOf } from '../builders/zips';

const { withoutPackages, file } = upgradesPage();

let fleet: Fleet | null = null;
afterEach(async () => {
  await fleet?.stop();
  fleet = null;
});

/** This many machines without a history, and no package. */
async function withMachines(count: number, platform: 'linux' | 'android'): Promise<TestApp> {
  const app = await withoutPackages();
  fleet = await pacedMachines(app, { count, platform });
  return app;
}

const progressOf = (app: TestApp, vmcNo: number): Locator =>
  panel(app, 'Machine by machine')
    .getByRole('listitem')
    .filter({ hasText: String(vmcNo) });

const choice = (app: TestApp, vmcNo: number): Locator =>
  panel(app, 'Machines').locator(`[data-choose="${vmcNo}"]`);

/** Upgrades the selected machines, one after the other without a pause. */
async function rollOut(app: TestApp, count: number): Promise<void> {
  const machines = count === 1 ? '1 machine' : `${count} machines`;
  await panel(app, 'Machines')
    .getByRole('button', { name: `Upgrade ${machines}…` })
    .click();
  const dialog = app.page.getByRole('dialog');
  if (count > 1) await dialog.getByRole('textbox', { name: 'Pause between waves, s' }).fill('0');
  await dialog.getByRole('button', { name: `Start on ${machines}` }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The record of a finished rollout: package, person, machines, versions and proof; then back. */
async function recordIsWhole(app: TestApp, rollout: Locator): Promise<void> {
  await rollout.getByRole('link').click();
  await app.page.getByRole('button', { name: 'Report' }).click();
  const record = app.page.getByRole('dialog', { name: 'Upgrade report' });
  for (const vmcNo of [90001, 90002]) {
    const line = record.locator(`[data-record-of="${vmcNo}"]`);
    await line.getByText('9.8.7', { exact: true }).waitFor();
    await line.getByText('done, confirmed', { exact: true }).waitFor();
  }
  expect(await record.getByText(/^[\da-f]{64}$/).count()).toBe(1);
  await record.getByText('confirmed', { exact: true }).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await record.waitFor({ state: 'detached' });
  // The run stays open in the background.
  await app.page.getByRole('button', { name: 'Report' }).waitFor();
  await app.page.evaluate(() => {
    location.hash = '#/upgrades';
  });
}

it('the machines to choose from pause under the pointer while one of them leaves', async () => {
  const app = await withMachines(2, 'linux');
  const staying = await logIn(app, 4);
  const client = await logIn(app, 5);
  await choose(app, await file('vendui_9.9.0.zip', await zipOf({ 'vendui/main': 'x' })));
  await panel(app, 'Chosen package').getByText('Linux', { exact: true }).click();
  const shown = async (): Promise<readonly string[]> =>
    panel(app, 'Machines')
      .locator('[data-choose]')
      .evaluateAll((lines) => lines.map((line) => line.dataset['choose'] ?? ''));
  await expect.poll(shown).toHaveLength(4);
  const lines = panel(app, 'Machines').getByRole('listbox', { name: 'Machines to choose from' });
  await lines.hover();
  await expect.poll(() => lines.evaluate((list) => list.matches(':hover'))).toBe(true);
  const before = await shown();
  client.socket.destroy();
  const news = panel(app, 'Machines').getByRole('button', { name: 'The order has changed. Sort again' });
  await choice(app, 5).getByText('offline').waitFor();
  await news.waitFor();
  expect(await shown()).toEqual(before);
  // The press applies to the text that was seen there.
  await news.click();
  await news.waitFor({ state: 'detached' });
  // A machine that is needed and offline comes first.
  expect((await shown())[0]).toBe('5');
  staying.socket.destroy();
  await app.page.mouse.move(700, 4);
});

it('a machine’s page takes the package from a file, and refuses one of another program', async () => {
  const app = await withMachines(1, 'linux');
  const { page } = app;
  const [android, linux] = await Promise.all([
    file('android_2.0.zip', await zipOf({ a: 'x' })),
    file('vendui_9.1.zip', await zipOf({ 'vendui/main': 'x' })),
  ]);
  await go(app, 90_001);
  await act(app, 'Upgrade');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No package fits this machine.').waitFor();
  await dialog.getByRole('button', { name: 'Choose ZIP…' }).and(page.locator(':focus')).waitFor();
  await choose(app, android);
  await dialog.getByText('android_2.0.zip is for Android, not for this machine.').waitFor();
  const send = dialog.getByRole('button', { name: 'Upgrade', exact: true });
  expect(await send.isDisabled()).toBe(true);
  // It does not name its program, so it is for this machine's. The library has that only once the person sends it.
  await choose(app, linux);
  await dialog.getByText('Crema treats it as a package for Linux').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  const programs = (): Promise<unknown> =>
    page.evaluate(async () => {
      const snapshot = await window.crema.request('snapshot', undefined);
      const packages = snapshot.ok ? snapshot.value.packages : [];
      return Object.fromEntries(packages.map(({ fileName, platform }) => [fileName, platform]));
    });
  expect(await programs()).toEqual({ 'android_2.0.zip': 'android', 'vendui_9.1.zip': null });
  expect(await send.isEnabled()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

describe('an upgrade', () => {
  it('of linux machines is done when each has logged in with the new version', async () => {
    const app = await withMachines(2, 'linux');
    await choose(app, await file('vendui_9.8.7.zip', await zipOf({ 'vendui/main': randomBytes(5_000_000) })));
    const chosen = panel(app, 'Packages');
    await chosen.getByText('Program missing').waitFor();
    await panel(app, 'Machines').getByText('Choose the machines that this package is for.').first().waitFor();
    await panel(app, 'Chosen package').getByText('Linux', { exact: true }).click();
    await chosen.getByText('ready', { exact: true }).waitFor();
    await panel(app, 'Machines').getByText('90002').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);

    // Selects all with another version by their bar. One gets the upgrade first; the other waits for its proof.
    const bars = panel(app, 'Machines').getByRole('list', { name: 'Machines by version' });
    await bars.getByRole('button', { pressed: false }).click();
    await panel(app, 'Machines').getByRole('button', { name: 'Upgrade 2 machines…' }).click();
    const asked = app.page.getByRole('dialog');
    // A machine of a later wave is not listed as one of the first. Keys reach the dialog, although it opened without an enabled button.
    await asked.getByText('1 machine gets it immediately').waitFor();
    await asked.getByText('1 gets it later').waitFor();
    await app.page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    // Slow enough for the checks below while the first machine is busy.
    await app.page.evaluate(() => window.crema.request('setSettings', { rateInAll: '1' }));
    await rollOut(app, 2);
    // In the rollout but without a command yet: it can't be selected again, until the first machine is back.
    await choice(app, 90_002).getByText('not started').waitFor();
    await panel(app, 'Rollouts')
      .getByText('The other machines wait until the first ones are confirmed.')
      .waitFor();
    // A package in an active upgrade can't be changed.
    const facts = await details(app);
    await facts.getByText('It can be changed when their upgrades have ended').waitFor();
    expect(await facts.getByRole('textbox', { name: 'New version' }).isDisabled()).toBe(true);
    const patch = await app.page.evaluate(async () => {
      const snapshot = await window.crema.request('snapshot', undefined);
      const id = snapshot.ok ? (snapshot.value.packages[0]?.id ?? '') : '';
      return window.crema.request('changePackage', { id, patch: { version: '1' } });
    });
    expect(patch).toMatchObject({ ok: false, error: { code: 'packageOffered' } });
    await choice(app, 90_002).click();
    await panel(app, 'Machines').getByText('0 machines selected').waitFor();
    await app.page.evaluate(() => window.crema.request('setSettings', { rateInAll: '40' }));
    for (const vmcNo of [90001, 90002]) {
      const line = progressOf(app, vmcNo);
      await line.getByText('running 9.8.7').waitFor({ timeout: 30_000 });
      await line.getByText('confirmed by login').waitFor();
    }
    await bars.getByRole('button').filter({ hasText: '9.8.7' }).getByText('already installed').waitFor();
    const rollout = panel(app, 'Rollouts').getByRole('listitem').filter({ hasText: 'vendui_9.8.7.zip' });
    await rollout.getByText('2 done, confirmed').waitFor();
    await recordIsWhole(app, rollout);

    // The test download used the machines' address.
    await app.page.getByText(/Downloads through 127\.0\.0\.1:\d+ work/).waitFor();

    // Other requests are listed, whatever their path; the list is hidden before.
    const others = panel(app, 'Other requests');
    expect(await others.count()).toBe(0);
    const port = await app.page.evaluate(async () => {
      const snapshot = await window.crema.request('snapshot', undefined);
      const { updates } = snapshot.ok ? snapshot.value.listeners : { updates: null };
      return updates?.status === 'listening' ? updates.port : 0;
    });
    await fetch(`http://127.0.0.1:${port}/a?x=<b>`, { method: 'POST' });
    const visit = others.getByRole('listitem').filter({ hasText: 'POST /a?x=%3Cb%3E' });
    await visit.getByText('405 not allowed').waitFor();
    await visit.getByRole('link', { name: 'machine 90001' }).waitFor();

    // Every step; the login frame is one click away.
    await app.page.getByRole('button', { name: 'Steps of machine 90001' }).click();
    const steps = progressOf(app, 90001).getByRole('list', { name: 'Steps' });
    for (const step of [
      'sent',
      'update.xml downloaded',
      'downloaded',
      'connection closed',
      'downloaded the package, and logged in with version 9.8.7',
    ])
      await steps.getByText(step).first().waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await others.getByRole('button', { name: 'Clear' }).click();
    await others.waitFor({ state: 'detached' });
    await progressOf(app, 90001).getByRole('button', { name: 'Show the frame' }).first().click();
    await app.page.waitForFunction(() => location.hash === '#/machines/90001/frames');
  });
});

it('an upgrade that a machine could not reach is refused beside it, and fixed on the spot', async () => {
  const app = await withMachines(1, 'linux');
  await app.page.evaluate(() =>
    window.crema.request('listen', { which: 'updates', host: '127.0.0.2', port: 0 }),
  );
  // Waits for the banner, which moves the controls below it.
  const banner = app.page
    .getByRole('alert')
    .filter({ hasText: 'Downloads are offered to this computer only' });
  await banner.waitFor();
  await choose(app, await file('vendui_9.8.8.zip', await zipOf({ 'vendui/main': 'x' })));
  await panel(app, 'Chosen package').getByText('Linux', { exact: true }).click();
  await choice(app, 90_001).click();
  await rollOut(app, 1);
  await panel(app, 'Rollouts').getByText('The machine uses 127.0.0.1').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await banner.getByRole('button', { name: 'Offer downloads on 127.0.0.1' }).click();
  await app.page.getByRole('button', { name: 'Offer downloads on 127.0.0.1' }).nth(1).click();
  await banner.waitFor({ state: 'detached' });
  // With one click.
  await panel(app, 'Rollouts').getByRole('button', { name: 'Try 1 again' }).click();
  await app.page.getByRole('button', { name: 'Try 1 again' }).nth(1).click();
  await progressOf(app, 90001).getByText('running 9.8.8').waitFor({ timeout: 30_000 });

  // Sent again after the removal of its package: another matching package is not selected by itself.
  await app.page.evaluate(async () => {
    const snapshot = await window.crema.request('snapshot', undefined);
    for (const { id } of snapshot.ok ? snapshot.value.packages : [])
      await window.crema.request('removePackage', { id });
  });
  await panel(app, 'Packages').getByText('No package yet').waitFor();
  await choose(app, await file('vendui_9.8.9.zip', await zipOf({ 'vendui/main': 'y' })));
  await panel(app, 'Chosen package').getByText('Linux', { exact: true }).click();
  await panel(app, 'Packages').getByText('ready', { exact: true }).waitFor();
  await app.page.evaluate(() => {
    location.hash = '#/machines/90001/commands';
  });
  const commands = app.page.getByRole('listbox', { name: 'Commands, newest first' });
  await commands.getByRole('option').filter({ hasText: '9.8.8' }).first().click();
  // By key: a note that appears or goes above the button may move it away from the pointer.
  await app.page.getByRole('button', { name: 'Send again', exact: true }).press('Enter');
  const asked = app.page.getByRole('dialog');
  await asked.getByText('The chosen package was removed').waitFor();
  const other = asked.getByRole('radio', { name: /vendui_9\.8\.9\.zip/ });
  expect(await other.isChecked()).toBe(false);
  expect(await asked.getByRole('button', { name: 'Upgrade', exact: true }).isDisabled()).toBe(true);
  await other.check();
  expect(await asked.getByRole('button', { name: 'Upgrade', exact: true }).isEnabled()).toBe(true);
  await app.page.keyboard.press('Escape');
  await asked.waitFor({ state: 'detached' });
  // Without an earlier selection the only matching package is preselected (details: test/unit/renderer/store/upgrades.test.ts).
  await app.page.getByRole('button', { name: 'Upgrade', exact: true }).click();
  await asked.getByRole('radio', { checked: true, name: /vendui_9\.8\.9\.zip/ }).waitFor();
  await app.page.keyboard.press('Escape');
});

it('an upgrade of an android machine, whose package a person first describes, is proved by its login alone', async () => {
  const app = await withMachines(2, 'android');
  await choose(app, await file('jl32.zip', await zipOf({ 'JL32.apk': randomBytes(200_000) })));
  const chosen = panel(app, 'Packages');
  // Guessed from the content. The resulting version can't be guessed.
  await chosen.getByText('Version missing').waitFor();
  const facts = await details(app);
  expect(await facts.getByRole('combobox', { name: 'Content' }).inputValue()).toBe(
    'app: the machine program',
  );
  await panel(app, 'Machines').getByText('Enter the version of this package.').waitFor();
  await facts.getByRole('textbox', { name: 'New version' }).fill('4.5.6');
  await app.page.keyboard.press('Enter');
  await chosen.getByText('ready', { exact: true }).waitFor();
  await choice(app, 90_001).click();
  await rollOut(app, 1);
  // The virtual machine takes its version from the file name, which has none. So it returns with the old version.
  const line = progressOf(app, 90001).filter({ hasText: /not installed: restarted with \d/ });
  await line.waitFor({ timeout: 30_000 });
  expect(await line.getByText('confirmed by login').count()).toBe(0);

  // Its package stays, because the machine may still apply it. The other machine gets the next package.
  await choose(app, await file('jl32-4.5.7.zip', await zipOf({ 'JL32.apk': randomBytes(200_000) })));
  const packages = chosen.getByRole('list', { name: 'Packages' });
  await packages.locator('button[aria-pressed="true"]').getByText('jl32-4.5.7.zip').waitFor();
  await choice(app, 90_002).click();
  await rollOut(app, 1);
  await progressOf(app, 90_002).getByText('running 4.5.7').waitFor({ timeout: 30_000 });
});
