/** Another place through a real broker: its machines in this window, as they change. */
import { afterAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { hasBroker } from '../builders/broker';
import { go } from '../builders/captureScreens';
import { noCup, startSiteWorld, type SiteWorld } from '../builders/siteScreens';
import { useFolder } from '../builders/useFolder';

const folder = useFolder('all');
let world: SiteWorld | null = null;
afterAll(() => world?.close());

describe.runIf(hasBroker)('a site that this computer reads', () => {
  it('comes from a prepared file, shows its machines, and grows', async () => {
    world = await startSiteWorld(folder('sites'), { size: { width: 1366, height: 768 } });
    const { app } = world;
    const { page } = app;
    const machine = await world.logIn(33232);

    await go(app, '#/settings/sites');
    const line = page.getByRole('table', { name: 'Sites' }).getByRole('row', { name: /^Bern/ });
    await line.getByText(/^Up to date, newest entry/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);

    // By keys.
    await go(app, '#/machines');
    await page.getByRole('button', { name: 'Sites', exact: true }).press('Enter');
    await page.getByRole('textbox', { name: 'Find a site' }).fill('ber');
    // Its records are opened a moment after the site is up to date.
    await page.getByRole('button', { name: /^Bern.*1 machine/, disabled: false }).waitFor();
    await page.getByRole('textbox', { name: 'Find a site' }).press('Enter');
    await page.getByText('Site Bern.').first().waitFor();
    await go(app, '#/machines');
    await page.locator('main [data-vmc="33232"]').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);

    await world.logIn(33240);
    await page.locator('main [data-vmc="33240"]').waitFor();
    machine.send(noCup(33232));
    await page.locator('main [data-vmc="33232"][data-status="fault"]').waitFor();

    await go(app, '#/machines/33232/settings');
    await page.getByText('A site’s settings are not shown').waitFor();

    // The key of the tab hides it: the site stays.
    await page
      .getByRole('navigation', { name: 'Live, captures and sites' })
      .getByRole('button', { name: 'Bern', exact: true })
      .press('Delete');
    await page.getByText('Site Bern.').first().waitFor({ state: 'detached' });
    const state = await page.evaluate(() => window.crema.request('snapshot', undefined));
    expect(state.ok && state.value.captures.map(({ fileName }) => fileName)).toEqual(['Bern']);
  });

  it('stands beside this computer in the table of all sites', async () => {
    if (world === null) throw new Error('the first test failed');
    const { app } = world;
    const { page } = app;
    await page.getByRole('button', { name: 'Sites', exact: true }).click();
    await page.getByRole('button', { name: 'All sites' }).click();
    const listed = page.getByRole('listbox', { name: 'Machines of all sites' }).locator('[data-vmc]');
    await expect.poll(() => listed.count()).toBe(2);
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.getByRole('textbox', { name: 'Find a machine in all sites' }).fill('bern 33232');
    await expect.poll(() => listed.count()).toBe(1);

    await go(app, '#/errors');
    await page
      .getByRole('listbox', { name: /active errors/ })
      .getByText('ERROR:5300')
      .waitFor();
    await go(app, '#/orders');
    await page.getByRole('region', { name: 'Orders of all sites' }).getByText('No order yet').waitFor();

    // A reload of the window stays there.
    await page.reload();
    await page.locator('html[data-ready="true"]').waitFor();
    await go(app, '#/machines');
    await listed.filter({ hasText: '33232' }).dblclick();
    await page.getByText('Site Bern.').first().waitFor();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/machines/33232/overview');
  });

  it('says that its broker is gone', async () => {
    if (world === null) throw new Error('the first test failed');
    const { app, broker } = world;
    const { page } = app;
    await broker.kill();
    await page
      .getByText(/Site Bern\..*no program listens on this port/)
      .first()
      .waitFor({ timeout: 40_000 });
    await go(app, '#/settings/sites');
    await page
      .getByText(/^Waiting: .*no program listens on this port/)
      .first()
      .waitFor();
  });
});
