/** Keys in the list of frames of the real app, wherever in the journal it stands. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { TestApp } from '../builders/app';
import { list } from '../builders/captureScreens';
import { atRest, dragTo, longJournal } from '../builders/longJournal';

const { started } = longJournal();

/** The lines that are wholly in view, first to last, once the list has come to rest. */
async function inView(on: TestApp): Promise<readonly string[]> {
  const look = (): Promise<readonly string[]> =>
    list(on).evaluate((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return [...box.querySelectorAll<HTMLElement>('[data-id]')]
        .map((line) => ({ id: line.dataset['id'] ?? '', at: line.getBoundingClientRect() }))
        .filter(({ at }) => at.top >= top && at.bottom <= bottom)
        .toSorted((a, b) => a.at.top - b.at.top)
        .map(({ id }) => id);
    });
  let seen = await look();
  await expect
    .poll(async () => {
      await atRest(on);
      const before = seen;
      seen = await look();
      return seen.length > 5 && seen.join() === before.join();
    })
    .toBe(true);
  return seen;
}
/** Opens the line of this entry; what it says is beside the list then. */
async function opens(on: TestApp, id: string): Promise<Locator> {
  await list(on).locator(`[data-id="${id}"]`).click();
  const detail = on.page.getByRole('region', { name: new RegExp(`^(Frame|Entry) ${id}$`) });
  await detail.waitFor();
  return detail;
}

describe('keys in a list that stands elsewhere', () => {
  const isSelected = (on: TestApp, id: string | undefined): Promise<void> =>
    list(on).locator(`[data-id="${id}"][aria-selected="true"]`).waitFor();

  it('with nothing current, go on from what is in view', async () => {
    const on = await started();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    const lets = async (): Promise<void> => {
      await list(on).focus();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await list(on).locator('[aria-selected="true"]').waitFor({ state: 'detached' });
    };
    await page.mouse.move(500, 400);
    await page.getByText('held still').waitFor();
    // By page some of what is in view stays: a line, or two where an edge cuts one.
    for (const [key, edge, within] of [
      ['ArrowDown', 'first', 0],
      ['ArrowUp', 'last', 0],
      ['PageDown', 'last', 1],
      ['PageUp', 'first', 1],
    ] as const) {
      const before = await inView(on);
      await page.mouse.wheel(0, -1_800);
      await expect.poll(async () => (await inView(on))[0]).not.toBe(before[0]);
      const seen = await inView(on);
      await list(on).focus();
      await page.keyboard.press(key);
      const chosen = list(on).locator('[aria-selected="true"]');
      await chosen.waitFor();
      const at = seen.indexOf((await chosen.getAttribute('data-id')) ?? '');
      const off = edge === 'first' ? at : seen.length - 1 - at;
      expect([key, at >= 0, off <= within]).toEqual([key, true, true]);
      expect(await inView(on)).toEqual(seen);
      await lets();
    }
    // With a frame opened that is not there any more, too.
    await opens(on, (await inView(on))[4] ?? '');
    await dragTo(on, 0.5);
    await page.mouse.up();
    const there = await inView(on);
    await list(on).focus();
    await page.keyboard.press('ArrowDown');
    await isSelected(on, there[0]);
  });

  it('are not those of a note that is being written, nor of a menu', async () => {
    const on = await started();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    await dragTo(on, 0.7);
    await page.mouse.up();
    const seen = await inView(on);
    const id = seen.slice(3).find((one) => Number.isInteger(Number(one))) ?? '';
    await opens(on, id);
    await list(on).focus();
    await page.keyboard.press('Shift+ArrowUp');
    const bar = page.getByRole('group', { name: 'Chosen entries' });
    await bar.waitFor();
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: /^Note on frame/ });
    await page.keyboard.type('end');
    await page.keyboard.press('Home');
    await page.keyboard.type('begin and ');
    expect(await note.inputValue()).toBe('begin and end');
    // What is copied and asked about is its text, not the lines.
    await page.evaluate(() => {
      for (const name of ['copy', 'contextmenu'] as const)
        window.addEventListener(name, (event) => {
          document.body.dataset[name] = event.defaultPrevented ? 'of the list' : 'of the field';
        });
    });
    const taken = (name: string): Promise<string | null> => page.locator('body').getAttribute(`data-${name}`);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await expect.poll(() => taken('copy')).toBe('of the field');
    await note.click({ button: 'right' });
    await expect.poll(() => taken('contextmenu')).toBe('of the field');
    expect(await page.getByRole('menu').count()).toBe(0);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await note.waitFor({ state: 'detached' });
    expect(await inView(on)).toContain(id);

    await list(on).focus();
    await page.keyboard.press('Shift+F10');
    const item = page.getByRole('menuitem');
    await item.first().and(page.locator(':focus')).waitFor();
    for (const key of ['End', 'Home']) {
      await page.keyboard.press(key);
      await atRest(on);
      expect(await inView(on)).toContain(id);
    }
    await page.keyboard.press('Escape');
  });

  it('of the opened frame are its own: its mark, its note, its neighbours and the others of its command', async () => {
    const on = await started();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    await dragTo(on, 0.7);
    await page.mouse.up();
    // Between heartbeats, which are folded.
    const rows = (await inView(on)).filter((id) => Number.isInteger(Number(id)));
    const [previous = '', id = ''] = rows.slice(3);
    const away = async (to = 0.2): Promise<void> => {
      await dragTo(on, to);
      await page.mouse.up();
      expect(await list(on).locator(`[data-id="${id}"]`).count()).toBe(0);
    };
    const detail = await opens(on, id);
    await away();
    await page.keyboard.press('m');
    await detail.getByText('marked', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('from afar');
    // Where the list is moved while a note is written, that goes on.
    await away(0.4);
    await page.keyboard.type('!');
    await page.keyboard.press('Enter');
    await detail.getByText('from afar!').waitFor();
    await page.keyboard.press('m');
    await detail.getByText('marked', { exact: true }).waitFor({ state: 'detached' });

    const isOpened = async (wanted: string): Promise<void> => {
      await page.getByRole('region', { name: new RegExp(`^Frame ${wanted}$`) }).waitFor();
      await isSelected(on, wanted);
      expect(await inView(on)).toContain(wanted);
    };
    // From the detail: the list has arrows of its own.
    for (const [step, wanted] of [
      ['Previous frame', previous],
      ['Next frame', id],
    ] as const) {
      await away();
      await page.getByRole('button', { name: step, exact: true }).click();
      await isOpened(wanted);
    }
    // Each of a thousand machines says the same every time.
    for (const [key, wanted] of [
      ['[', Number(id) - 1_000],
      [']', Number(id)],
    ] as const) {
      await dragTo(on, 0.2);
      await page.mouse.up();
      await page.keyboard.press(key);
      await isOpened(String(wanted));
    }
  });
});
