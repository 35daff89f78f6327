/** The frames and the orders of this computer and of two real sites, in one list each. */
import { DatabaseSync } from '@photostructure/sqlite';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { hasBroker } from '../builders/broker';
import { go, logIn } from '../builders/captureScreens';
import { drinkDone, says } from '../builders/controlledPage';
import type { RawClient } from '../builders/server';
import { startSiteWorld, type SiteWorld } from '../builders/siteScreens';
import { useFolder } from '../builders/useFolder';

const folder = useFolder('all');
let world: SiteWorld | null = null;
const clients: RawClient[] = [];
afterAll(async () => {
  for (const { socket } of clients) socket.destroy();
  await world?.close();
});

/** The entries that the journals have, newest first: times, then this computer and the sites by name, then newest numbers. */
function union({ app, data }: SiteWorld, where: string): string[] {
  const journals = [
    ['This computer', app.dataDirectory],
    ['Basel', data.basel],
    ['Bern', data.bern],
  ] as const;
  return journals
    .flatMap(([site, at]) => {
      const db = new DatabaseSync(join(at, 'journal.sqlite'), { readOnly: true });
      const rows = db
        .prepare(`SELECT id, at FROM entries WHERE ${where} ORDER BY id DESC`)
        .all() as unknown as readonly { readonly id: number; readonly at: number }[];
      db.close();
      return rows.map(({ id, at: when }) => ({ name: `${site} ${id}`, when }));
    })
    .toSorted((a, b) => b.when - a.when)
    .map(({ name }) => name);
}

const listed = ({ app: { page } }: SiteWorld, name: string, attribute: string): Promise<string[]> =>
  page
    .getByRole('listbox', { name })
    .locator(`[${attribute}]`)
    .evaluateAll(
      (lines, of) => lines.map((line) => `${line.getAttribute('data-site')} ${line.getAttribute(of)}`),
      attribute,
    );

/** The listed rows if they are not those of the journals. A journal may get its last entry, such as an answer, after a list has others. */
async function differing(
  all: SiteWorld,
  name: string,
  attribute: string,
  where: string,
): Promise<{ readonly rows: string[]; readonly journals: string[] } | null> {
  const rows = await listed(all, name, attribute);
  const journals = union(all, where);
  return JSON.stringify(rows) === JSON.stringify(journals) ? null : { rows, journals };
}

describe.runIf(hasBroker)('all sites together', () => {
  it('list the frames of the journals of two sites and of this computer', async () => {
    world = await startSiteWorld(folder('sites'), { size: { width: 1366, height: 768 } });
    const { app } = world;
    const { page } = app;
    const own = await logIn(app, 1001);
    const bern = await world.logIn(33232);
    const basel = await logIn({ machinePort: await world.startBasel() }, 33232);
    clients.push(own, basel);
    await page.getByRole('button', { name: 'Sites', exact: true }).click();
    await page.getByRole('button', { name: /^Basel.*1 machine/, disabled: false }).waitFor();
    await page.getByRole('button', { name: /^Bern.*1 machine/, disabled: false }).waitFor();
    await page.getByRole('button', { name: 'All sites' }).click();
    await go(app, '#/inspector');
    const frames = 'Frames of all sites, newest first';
    const all = world;
    await expect.poll(() => differing(all, frames, 'data-frame', 'true')).toBeNull();
    expect(await accessibilityProblems(app)).toEqual([]);

    // New ones appear.
    says(own, drinkDone(1001, 701, true, 'own-1'));
    says(bern, drinkDone(33232, 702, true, 'bern-1'));
    says(basel, drinkDone(33232, 703, false, 'basel-1'));
    await expect
      .poll(() => listed(all, frames, 'data-frame').then((rows) => rows.length), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(15);
    await expect.poll(() => differing(all, frames, 'data-frame', 'true')).toBeNull();
  });

  it('list their orders; a search finds one by its site, and Enter opens it there', async () => {
    if (world === null) throw new Error('the first test failed');
    const { app } = world;
    const { page } = app;
    const all = world;
    await go(app, '#/orders');
    const orders = 'Orders of all sites, newest first';
    // Each of these orders began with the report of its drink.
    await expect
      .poll(() => differing(all, orders, 'data-order', `cmd = 'productdone' AND dir = 'in'`))
      .toBeNull();
    expect(await accessibilityProblems(app)).toEqual([]);
    const search = page.getByRole('textbox', { name: 'Search orders' });
    await search.fill('basel');
    await expect.poll(() => listed(all, orders, 'data-order').then((rows) => rows.length)).toBe(1);
    await search.press('Enter');
    await page.getByRole('listbox', { name: orders }).press('Enter');
    await page.getByText('Site Basel.').first().waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Search orders' }).inputValue())
      .toBe('basel-1');
  });

  it('filter frames as the Inspector does, and open one at its site', async () => {
    if (world === null) throw new Error('the first test failed');
    const { app } = world;
    const { page } = app;
    const all = world;
    await page.getByRole('button', { name: 'Sites', exact: true }).click();
    await page.getByRole('dialog', { name: 'Sites' }).getByRole('button', { name: 'All sites' }).click();
    await go(app, '#/inspector');
    const box = page.getByRole('combobox', { name: 'Filter' }).first();
    await box.fill('productdone dir:in');
    await box.press('Enter');
    const frames = 'Frames of all sites, newest first';
    await expect.poll(() => listed(all, frames, 'data-frame').then((rows) => rows.length)).toBe(3);
    const line = page
      .getByRole('listbox', { name: frames })
      .locator('[data-site="Bern"]', { hasText: 'bern-1' });
    const id = await line.getAttribute('data-frame');
    await line.dblclick();
    await page.getByText('Site Bern.').first().waitFor();
    await page.locator(`[aria-selected="true"] [data-frame="${id}"]`).waitFor();
  });
});
