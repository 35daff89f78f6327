/** Keyboard focus stays in place, even if the pressed button is disabled or disappears. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { TestApp } from '../builders/app';
import { screenNames } from '#shared/screens';
import { act, answer, drinkDone, go, line, machine, says } from '../builders/controlledPage';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const focused = (which: Locator): Promise<boolean> =>
  which.evaluate((element) => element === document.activeElement);
const has = (which: Locator): Promise<void> => expect.poll(() => focused(which)).toBe(true);
const isNowhere = ({ page }: TestApp): Promise<boolean> =>
  page.evaluate(() => document.activeElement === document.body);
/** Its title is the whole name, which the header may cut. */
const renameButton = (page: Page): Locator => page.locator('button[aria-description="Rename"]');
async function press({ page }: TestApp, which: Locator): Promise<void> {
  await which.focus();
  await page.keyboard.press('Enter');
}
/** The texts that a person stored for a machine. */
const stored = ({ page }: TestApp, vmcNo: number): Promise<readonly string[]> =>
  page.evaluate(async (number) => {
    const snapshot = await window.crema.request('snapshot', undefined);
    const config = snapshot.ok ? snapshot.value.configs[number] : undefined;
    return [config?.name ?? '', config?.place ?? '', config?.notes ?? ''];
  }, vmcNo);
/** An offline machine, and a command that waits for it. */
async function rebootWaits(app: TestApp, vmcNo: number): Promise<void> {
  const client = await machine(app, vmcNo);
  client.socket.destroy();
  await go(app, vmcNo);
  await app.page
    .getByText(/^Offline for/)
    .first()
    .waitFor();
  await act(app, 'Restart');
  await answer(app, 'Restart', /waits up to/);
}

it('a button that waits for an answer has the focus again afterwards, unless a person has moved it', async () => {
  const app = await shared();
  const { electron, page } = app;
  await page.evaluate(() => (window.location.hash = '#/settings/computer'));
  const open = page.getByRole('button', { name: 'Open log folder' });
  await electron.evaluate(({ shell }) => {
    shell.openPath = () =>
      new Promise((resolve) => Object.assign(globalThis, { openingEnds: () => resolve('') }));
  });
  const ends = (): Promise<void> =>
    electron.evaluate(() => (globalThis as unknown as { openingEnds: () => void }).openingEnds());

  await press(app, open);
  await expect.poll(() => isNowhere(app)).toBe(true);
  await ends();
  await has(open);

  await page.keyboard.press('Enter');
  await expect.poll(() => isNowhere(app)).toBe(true);
  const rail = page.getByRole('navigation').getByRole('link').first();
  await rail.focus();
  await ends();
  await expect.poll(() => open.isEnabled()).toBe(true);
  expect(await focused(rail)).toBe(true);
});

it('every screen takes the focus when its key is pressed', async () => {
  const app = await shared.asLeft();
  const { page } = app;
  await page.evaluate(() => (location.hash = '#/help'));
  await page.locator('main[data-screen="help"]').waitFor();
  for (const [index, screen] of screenNames.entries()) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(`Control+${(index + 1) % 10}`);
    await page.locator(`main[data-screen="${screen}"]`).waitFor();
    await expect.poll(() => isNowhere(app), { message: screen }).toBe(false);
    expect(await page.locator('main :focus-visible').count()).toBe(1);
  }
});

it('frequent jobs are done with keys alone, and Escape returns the focus', async () => {
  const app = await shared.asLeft();
  const { page } = app;
  const { keyboard } = page;
  const client = await machine(app, 33267);
  says(client, drinkDone(33267, 801, true, 'A2026112600033267'));
  says(client, '{"cmd":"error","vmc_no":33267,"error_code":"ERROR:5700","isSet":true,"is_fatal_error":true}');
  await go(app, 33267);
  const dialog = page.getByRole('dialog');
  const seen = page.locator(':focus-visible');
  for (const name of ['Open door', 'Brew', 'Rinse', 'Prices', 'Upgrade']) {
    const button = page
      .getByRole('group', { name: 'Actions', exact: true })
      .getByRole('button', { name, exact: true });
    await press(app, button);
    await dialog.waitFor();
    await expect.poll(() => dialog.locator(':focus').count()).toBe(1);
    await keyboard.press('Tab');
    expect(await seen.count()).toBe(1);
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await has(button);
  }
  // An order, found by the end of its number.
  await keyboard.press('Control+5');
  await page.locator('main[data-screen="orders"]').waitFor();
  await keyboard.press('/');
  await has(page.getByRole('textbox', { name: 'Search orders' }));
  await keyboard.type('33267');
  const orders = page.getByRole('listbox', { name: /^Orders/ });
  await expect.poll(() => orders.getByRole('option').count()).toBe(1);
  await keyboard.press('Enter');
  await has(orders);
  // The frames of an error.
  await keyboard.press('Control+4');
  const errors = page.getByRole('listbox', { name: /^Errors/ });
  await errors.getByRole('option').first().waitFor();
  await has(errors);
  await keyboard.press('ArrowDown');
  const exports = page.getByRole('button', { name: 'Export its frames…' });
  await exports.waitFor();
  for (let tabs = 0; tabs < 10 && !(await focused(exports)); tabs += 1) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await dialog.waitFor();
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await has(exports);
  client.socket.destroy();
});

it.each(['#/orders', '#/machines', '#/machines/33269/orders'])(
  'a command of the palette that opens a page from %s leaves the focus there, and Escape stays',
  async (from) => {
    const app = await shared();
    const { page } = app;
    const { keyboard } = page;
    const clients = await Promise.all([33_268, 33_269].map((vmcNo) => machine(app, vmcNo)));
    await page.evaluate((place) => (location.hash = place), from);
    await page.locator('main :focus').waitFor();
    await keyboard.press('Control+k');
    await keyboard.type('33268 rinse');
    await page.getByRole('option', { selected: true }).filter({ hasText: 'Rinse' }).waitFor();
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Rinse' });
    await dialog.locator(':focus').waitFor();
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await has(page.getByRole('heading', { name: '33268', level: 1 }));
    await keyboard.press('Escape');
    expect(await page.evaluate(() => location.hash)).toBe('#/machines/33268/overview');
    for (const { socket } of clients) socket.destroy();
  },
);

it('an action from a menu or a question returns the focus to its opener', async () => {
  const app = await shared.asLeft();
  const { page } = app;
  await rebootWaits(app, 33260);
  const wait = line(app, 'Restart').getByRole('button', { name: 'Change wait: Restart' });
  await press(app, wait);
  await press(app, page.getByRole('menuitem', { name: '1 h from now' }));
  await line(app, 'Restart')
    .getByText(/expires in (1 h|59 min)/)
    .waitFor();
  await has(wait);

  await page.evaluate(() => (window.location.hash = '#/relay'));
  const start = page.getByRole('button', { name: 'Start relay' });
  await press(app, start);
  await press(app, page.getByRole('dialog').getByRole('button', { name: 'Cancel' }));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await has(start);
});

it('the ring of a list without a current line takes its place from the list, and no line inherits it', async () => {
  const app = await shared.asLeft();
  const { page } = app;
  const client = await machine(app, 33266);
  await go(app, 33266, 'frames');
  const list = page.getByRole('listbox', { name: /^Frames/ });
  await list.getByRole('option').first().waitFor();
  await page.keyboard.press('Tab');
  await list.focus();
  const places = await list.evaluate((box) => {
    box.style.setProperty('--first', '7px');
    const inherited = [...box.querySelectorAll('*')].map((one) =>
      getComputedStyle(one).getPropertyValue('--first'),
    );
    return { ring: getComputedStyle(box, '::before').top, inherited: [...new Set(inherited)] };
  });
  // Otherwise each scroll of the list restyles all its lines.
  expect(places).toEqual({ ring: '7px', inherited: ['0px'] });
  client.socket.destroy();
});

describe('when the pressed button disappears, the focus moves to', () => {
  it('the list of frames, at the newest', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const client = await machine(app, 33265);
    await go(app, 33265, 'frames');
    const list = page.getByRole('listbox', { name: /^Frames/ });
    await list.focus();
    await page.keyboard.press('ArrowUp');
    says(client, '{"cmd":"hb","vmc_no":33265}');
    await press(app, page.getByRole('button', { name: /^[0-9]+ new$/ }));
    await has(list);
    client.socket.destroy();
  });

  it('the emptied field of a search or a filter', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const ways = [
      ['#/inspector', page.getByRole('combobox', { name: 'Filter', exact: true }), 'Empty the box'],
      ['#/inspector', page.getByRole('combobox', { name: 'Filter', exact: true }), 'Clear filter'],
      ['#/orders', page.getByRole('textbox', { name: 'Search orders' }), 'Clear search'],
      ['#/machines/33261', page.getByRole('textbox', { name: 'Search machines' }), 'Clear search'],
    ] as const;
    for (const [place, field, button] of ways) {
      await page.evaluate((to) => (window.location.hash = to), place);
      await field.fill('cmd:hb');
      await press(app, page.getByRole('button', { name: button, exact: true }).first());
      await expect.poll(() => field.inputValue()).toBe('');
      await has(field);
    }
  });

  it('the Rename button, after a change or a cancelled change', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const client = await machine(app, 33261);
    await go(app, 33261);
    const rename = renameButton(page);
    const field = page.getByRole('heading', { name: '33261' }).locator('..').getByRole('textbox');
    await press(app, rename);
    await field.fill('Lobby');
    await page.keyboard.press('Enter');
    await rename.getByText('Lobby').waitFor();
    await has(rename);
    await page.keyboard.press('Enter');
    await field.fill('Hall');
    await page.keyboard.press('Escape');
    await has(rename);
    await rename.getByText('Lobby').waitFor();
    // The replaced name can be brought back.
    const undo = page.getByRole('button', { name: 'Undo' });
    expect(await undo.count()).toBe(0);
    await page.keyboard.press('Enter');
    await field.fill('');
    await page.keyboard.press('Enter');
    await page.getByText('Before: “Lobby”').waitFor();
    await press(app, undo);
    await rename.getByText('Lobby').waitFor();
    await has(rename);
    await undo.waitFor({ state: 'detached' });
    client.socket.destroy();
  });

  it('the field of a machine’s setting, after its text was brought back', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const client = await machine(app, 33_270);
    await go(app, 33_270, 'settings');
    const undo = page.getByRole('button', { name: 'Undo' });
    for (const name of ['Place', 'Notes']) {
      const field = page.getByRole('textbox', { name, exact: true });
      await field.fill('Level 2');
      await field.blur();
      await expect.poll(() => stored(app, 33_270)).toContain('Level 2');
      expect(await undo.count()).toBe(0);
      await field.fill('');
      await field.blur();
      await page.getByText('Before: “Level 2”').waitFor();
      await press(app, undo);
      await expect.poll(() => field.inputValue()).toBe('Level 2');
      await has(field);
      await undo.waitFor({ state: 'detached' });
      await field.fill('');
      await field.blur();
      await expect.poll(() => stored(app, 33_270)).not.toContain('Level 2');
      await page.reload();
      await field.waitFor();
    }
    client.socket.destroy();
  });

  it('no other element for a key of an input method, which accepts or cancels the spelling', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const client = await machine(app, 33263);
    await go(app, 33263);
    const rename = renameButton(page);
    await press(app, rename);
    const field = page.getByRole('heading', { name: '33263' }).locator('..').getByRole('textbox');
    await field.fill('大厅');
    for (const key of ['Enter', 'Escape'])
      await field.evaluate(
        (input, pressed) =>
          input.dispatchEvent(
            new KeyboardEvent('keydown', {
              key: pressed,
              bubbles: true,
              cancelable: true,
              isComposing: true,
            }),
          ),
        key,
      );
    expect(await field.inputValue()).toBe('大厅');
    await page.keyboard.press('Enter');
    await rename.getByText('大厅').waitFor();
    client.socket.destroy();
  });

  it('the next product, or the button that restores it; after the removal of a code, the field for a new one', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    await page.evaluate(() =>
      window.crema.request('setSettings', {
        ownProducts: { 1: { name: 'A', at: 1 }, 2: { name: 'B', at: 1 } },
      }),
    );
    await page.evaluate(() => (window.location.hash = '#/settings/products'));
    await press(app, page.getByRole('button', { name: 'Remove product 1' }));
    await has(page.getByRole('button', { name: 'Remove product 2' }));
    await press(app, page.getByRole('button', { name: 'Undo' }));
    await page.getByRole('button', { name: 'Remove product 1' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await expect.poll(() => isNowhere(app)).toBe(false);
    await page.evaluate(() => window.crema.request('setSettings', { ownProducts: {} }));

    const client = await machine(app, 33262);
    await go(app, 33262, 'settings');
    const field = page.getByLabel('New code, 8 characters');
    await field.fill('12345678');
    await press(app, page.getByRole('button', { name: 'Store code' }));
    await press(app, page.getByRole('button', { name: 'Remove code' }));
    await page.getByText('No code is stored.').waitFor();
    await has(field);
    client.socket.destroy();
  });

  it('a withdrawn command can be dismissed, and later ones disappear by themselves', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    await rebootWaits(app, 33263);
    await press(app, line(app, 'Restart').getByRole('button', { name: 'Withdraw' }));
    const dismiss = line(app, 'Restart').getByRole('button', { name: 'Dismiss' });
    await has(dismiss);
    await page.keyboard.press('Enter');
    await line(app, 'Restart').waitFor({ state: 'detached' });

    await act(app, 'Restart');
    await answer(app, 'Restart', /waits up to/);
    await line(app, 'Restart').waitFor();
    await page.evaluate(async () => {
      const commands = await window.crema.request('commands', { vmcNo: 33263, before: null, limit: 10 });
      const waiting = commands.ok ? commands.value.find(({ state }) => state === 'queued') : undefined;
      if (waiting !== undefined) await window.crema.request('cancelCommand', { id: waiting.id });
    });
    await line(app, 'Restart').getByText('withdrawn').first().waitFor();
    await line(app, 'Restart').waitFor({ state: 'detached', timeout: 15_000 });
  });
});

describe('a screen reader announces', () => {
  it('the state of a machine, of a listener and of a command, without running times', async () => {
    const app = await shared.asLeft();
    const { page } = app;
    const told = (within: Locator): Promise<string[]> => within.getByRole('status').allTextContents();
    const client = await machine(app, 33264);
    await go(app, 33264);
    const header = page.locator('main header').filter({ has: page.getByRole('heading', { level: 1 }) });
    await expect.poll(() => told(header)).toEqual(['OK']);
    // The same element: screen readers do not announce an element that appears together with its text.
    await header.getByRole('status').evaluate((element) => element.setAttribute('data-first', ''));
    const strip = page.getByRole('region', { name: 'Running commands' });
    const spoken = strip.locator('[aria-live="polite"]');
    expect(await spoken.textContent()).toBe('');
    await act(app, 'Restart');
    await answer(app, 'Restart', /can’t sell/);
    await expect.poll(() => spoken.textContent()).toMatch(/^Restart: /);
    // A query precedes the reboot.
    await client.until(() => client.received.includes('"cmd":"reboot"'));
    client.socket.destroy();
    await expect.poll(() => told(header)).toEqual(['restarting']);
    expect(await header.locator('[data-first]').count()).toBe(1);

    await page.evaluate(() => (window.location.hash = '#/settings/listen'));
    const form = page.locator('form').filter({ has: page.getByRole('heading', { name: 'For machines' }) });
    await expect.poll(() => told(form)).toEqual([`Listening on 127.0.0.1:${app.machinePort}`]);
  });
});

it('the second click of a double click, and a held Enter, do not hit what has appeared in its place', async () => {
  const { page } = await shared.asLeft();
  await page.evaluate(() => {
    const put = (name: string, onClick: () => void): HTMLElement => {
      const button = document.createElement('button');
      button.textContent = name;
      button.style.cssText =
        'position: fixed; inset: 0 auto auto 0; z-index: 9999; width: 200px; height: 60px';
      button.addEventListener('click', onClick);
      document.body.append(button);
      button.focus();
      return button;
    };
    const first = put('Ask', () => {
      first.remove();
      const second = put('Confirm', () => {
        second.dataset['hits'] = String(Number(second.dataset['hits'] ?? 0) + 1);
      });
    });
  });
  const confirm = page.getByRole('button', { name: 'Confirm', exact: true });
  await page.getByRole('button', { name: 'Ask', exact: true }).dblclick();
  expect(await confirm.getAttribute('data-hits')).toBe(null);
  await confirm.click();
  expect(await confirm.getAttribute('data-hits')).toBe('1');
  // On one button a double click is two clicks. A held key repeats.
  await confirm.dblclick();
  expect(await confirm.getAttribute('data-hits')).toBe('3');
  await confirm.focus();
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await confirm.getAttribute('data-hits')).toBe('4');
  await confirm.evaluate((button) => button.remove());
});
