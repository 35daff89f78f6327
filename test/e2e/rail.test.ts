/**
 * The list of frames in the real app over a journal longer than the list. The rail beside it,
 * and keys at any place in the journal.
 */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { go, list, logIn, openFile, tab } from '../builders/captureScreens';
import { holdQueries } from '../builders/heldQueries';
import {
  atRest,
  dragTo,
  entries,
  firstLine,
  longJournal,
  machines,
  place,
  pressAt,
  rail,
  toTheFirst,
} from '../builders/longJournal';
import { decimalFrame } from '../builders/server';

const { file, started, asLeft } = longJournal();

/** The fully visible lines, first to last. */
const linesInView = (on: TestApp): Promise<readonly string[]> =>
  list(on).evaluate((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll<HTMLElement>('[data-id]')]
      .map((line) => ({ id: line.dataset['id'] ?? '', at: line.getBoundingClientRect() }))
      .filter(({ at }) => at.top >= top && at.bottom <= bottom)
      .toSorted((a, b) => a.at.top - b.at.top)
      .map(({ id }) => id);
  });
/** The same after the list has come to rest. */
async function inView(on: TestApp): Promise<readonly string[]> {
  let seen = await linesInView(on);
  await expect
    .poll(async () => {
      await atRest(on);
      const before = seen;
      seen = await linesInView(on);
      return seen.length > 5 && seen.join() === before.join();
    })
    .toBe(true);
  return seen;
}
/** Not a run of heartbeats. */
const isFrame = (id: string): boolean => Number.isInteger(Number(id));
/** Opens the line of this entry. Its detail is then beside the list. */
async function opens(on: TestApp, id: string): Promise<Locator> {
  await list(on).locator(`[data-id="${id}"]`).click();
  const detail = on.page.getByRole('region', { name: new RegExp(`^(Frame|Entry) ${id}$`) });
  await detail.waitFor();
  return detail;
}

describe('keys in a list at another place', () => {
  const isSelected = (on: TestApp, id: string | undefined): Promise<void> =>
    list(on).locator(`[data-id="${id}"][aria-selected="true"]`).waitFor();

  it('without a current line, continue from the visible lines', async () => {
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
    await page.getByText('on hold').waitFor();
    let seen = await inView(on);
    // Page keys keep a part in view: a line, or two where an edge cuts one. Other keys: listKeys.test.ts.
    for (const [key, edge, within] of [
      ['ArrowDown', 'first', 0],
      ['PageDown', 'last', 1],
    ] as const) {
      const [before] = seen;
      await page.mouse.wheel(0, -1_800);
      await expect.poll(async () => (seen = await inView(on))[0]).not.toBe(before);
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
    // Also with an opened frame that is no longer there.
    await opens(on, seen.slice(4).find(isFrame) ?? '');
    await pressAt(on, 0.5);
    const there = await inView(on);
    await list(on).focus();
    await page.keyboard.press('ArrowDown');
    await isSelected(on, there[0]);
  });

  it('do not apply during a note, nor in a menu', async () => {
    const on = await asLeft();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    await pressAt(on, 0.7);
    const seen = await inView(on);
    const id = seen.slice(3).find(isFrame) ?? '';
    await opens(on, id);
    await list(on).focus();
    await page.keyboard.press('Shift+ArrowUp');
    const bar = page.getByRole('group', { name: 'Selected entries' });
    await bar.waitFor();
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: /^Note on frame/ });
    await page.keyboard.type('end');
    await page.keyboard.press('Home');
    await page.keyboard.type('begin and ');
    expect(await note.inputValue()).toBe('begin and end');
    // Copying and the context menu apply to the selected text, not to the lines.
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
    // Either key would move the list to an end of the journal.
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    expect(await inView(on)).toContain(id);
    await page.keyboard.press('Escape');
  });

  it('of the opened frame apply to it: its mark, its note, its neighbours and the others of its command', async () => {
    const on = await asLeft();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    await pressAt(on, 0.7);
    // Between heartbeats, which are folded.
    const rows = (await inView(on)).filter(isFrame);
    const [previous = '', id = ''] = rows.slice(3);
    const away = async (to = 0.2): Promise<void> => {
      await pressAt(on, to);
      expect(await list(on).locator(`[data-id="${id}"]`).count()).toBe(0);
    };
    const detail = await opens(on, id);
    await away();
    await page.keyboard.press('m');
    await detail.getByText('marked', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('from afar');
    // Moving the list during a note keeps the note open.
    await away(0.4);
    await page.keyboard.type('!');
    await page.keyboard.press('Enter');
    await detail.getByText('from afar!').waitFor();
    await page.keyboard.press('m');
    await detail.getByText('marked', { exact: true }).waitFor({ state: 'detached' });

    const isOpened = async (wanted: string): Promise<void> => {
      await page.getByRole('region', { name: new RegExp(`^Frame ${wanted}$`) }).waitFor();
      await isSelected(on, wanted);
      await expect.poll(() => linesInView(on)).toContain(wanted);
    };
    // In the detail, because the list has its own arrow keys. With the opened frame's place restored, and in its current place.
    await away();
    await page.getByRole('button', { name: 'Previous frame', exact: true }).click();
    await isOpened(previous);
    await page.getByRole('button', { name: 'Next frame', exact: true }).click();
    await isOpened(id);
    // Each machine repeats its messages.
    await page.keyboard.press('[');
    await isOpened(String(Number(id) - machines));
    await pressAt(on, 0.2);
    await page.keyboard.press(']');
    await isOpened(id);
  });
});

describe('the rail', () => {
  it('keeps selected lines, including ones selected elsewhere: all are copied, marked and exported', async () => {
    const on = await toTheFirst(await started());
    const { page } = on;
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 entries selected').waitFor();
    await pressAt(on, 1);
    await list(on)
      .locator(`[data-id="${entries}"]`)
      .click({ modifiers: ['ControlOrMeta'] });
    await page.getByText('4 entries selected').waitFor();
    await page.keyboard.press('Control+c');
    const copied = (): Promise<string> => copiedBy(on);
    await expect.poll(async () => (await copied()).split('\n').length).toBe(4);
    // The last line is above the bar, and new lines do not cover its buttons.
    const bar = await page.getByRole('group', { name: 'Selected entries' }).boundingBox();
    const last = await list(on).locator(`[data-id="${entries}"]`).boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((bar?.y ?? 0) + 1);
    // A key to the other end selects only that line.
    await page.keyboard.press('Home');
    await list(on).locator('[data-id="1"][aria-selected="true"]').waitFor();
    await page.getByText('entries selected').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+a');
    const newer = await page.getByRole('button', { name: 'newer frames' }).boundingBox();
    const all = await page.getByRole('group', { name: 'Selected entries' }).boundingBox();
    expect((newer?.y ?? 0) + (newer?.height ?? 0)).toBeLessThanOrEqual(all?.y ?? 0);
  });

  it('moves the list where it is dragged, also near the current line, which was out of the list', async () => {
    const on = await toTheFirst(await asLeft());
    const { page } = on;
    await dragTo(on, 1);
    await page.mouse.up();
    // Some 100 entries from the selected line, which is read together with them.
    await dragTo(on, 100 / entries);
    await page.mouse.up();
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    expect((await firstLine(on)) * entries).toBeGreaterThan(40);
  });

  it('moves the list where it is pressed beside the thumb, even if it is released before the frames there are read', async () => {
    const on = await toTheFirst(await started());
    const { page } = on;
    const box = await rail(on).boundingBox();
    if (box === null) throw new Error('no rail');
    for (const share of [0.5, 1]) {
      const reading = await holdQueries(on, /"name":"frames"/);
      const inside = Math.min(box.height - 2, Math.max(2, share * box.height));
      await page.mouse.click(box.x + box.width / 2, box.y + inside);
      await expect.poll(() => reading.held()).toBeGreaterThan(0);
      await reading.letGo();
      await expect.poll(async () => Math.abs((await firstLine(on)) - share)).toBeLessThan(0.05);
      await expect.poll(async () => Math.abs((await place(on)) - 100 * share)).toBeLessThan(5);
    }
  });

  it('keeps times relative to the current line, wherever the list is moved', async () => {
    const on = await toTheFirst(await asLeft());
    const { page } = on;
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Time before or after the selected row' }).click();
    await list(on).getByText('+0.000 s').first().waitFor();
    await pressAt(on, 1);
    const last = list(on).locator(`[data-id="${entries}"] [data-cell="time"]`);
    expect(await last.innerText()).toMatch(/^\+\d+\.\d{3} s$/);
  });

  it('keeps the place of a person under another filter, even if the earlier time is found later', async () => {
    const on = await toTheFirst(await asLeft());
    const { page } = on;
    const filter = page.getByRole('combobox', { name: 'Filter', exact: true });
    const last = list(on).locator(`[data-id="${entries}"]`);
    const ways = [
      async () => {
        await list(on).focus();
        await page.keyboard.press('End');
        await last.and(page.locator('[aria-selected="true"]')).waitFor();
      },
      // From the current place, by keys.
      async () => {
        await page.keyboard.press('f');
        await page.getByText('paused').first().waitFor();
      },
    ];
    for (const [n, goOn] of ways.entries()) {
      if (n > 0) {
        await filter.fill('');
        await page.keyboard.press('Enter');
        await list(on).focus();
        // Nothing opened, and no current line.
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Home');
        await list(on).locator('[data-id="1"][aria-selected="true"]').waitFor();
      }
      // Holds the query for the frames at a time.
      const search = await holdQueries(on, /"name":"frames".*\btime\b/);
      await filter.fill('-cmd:hb');
      await page.keyboard.press('Enter');
      await last.waitFor();
      await expect.poll(() => search.held()).toBe(1);
      await goOn();
      expect(await search.held()).toBe(1);
      await search.letGo();
      // Each answer follows all earlier queries.
      for (let rest = 0; rest < 4; rest += 1) await atRest(on);
      expect(await last.isVisible()).toBe(true);
    }
  });

  it('jumps to the newest entry of a filter with few matches, however long the search takes', async () => {
    const on = await asLeft();
    const { page } = on;
    // The index can't exclude blocks for this filter: frame after frame is read, in slices of the journal.
    await page
      .getByRole('combobox', { name: 'Filter', exact: true })
      .fill('text~"order_no.{30,36}[b][0]d[^0-9a-f]"');
    await page.keyboard.press('Enter');
    await expect.poll(() => list(on).locator('[data-id]').count()).toBe(1);
    const only = list(on).locator('[data-id]').filter({ hasText: 'b0d' });
    await only.waitFor();
    await list(on).focus();
    await page.keyboard.press('Home');
    await only.and(page.locator('[aria-selected="true"]')).waitFor();
    // The line is also the newest: it stays, and keeps the place of the keys.
    await page.keyboard.press('End');
    for (let rest = 0; rest < 4; rest += 1) await atRest(on);
    expect(await only.isVisible()).toBe(true);
    await list(on).and(page.locator(':focus')).waitFor();
  });

  // Either the next page contains the opened frame, or it reaches the newer rows that were read before, from this place on. The reading
  // ends halfway between two pages: at 0.30 the list reads the next page, with the pressed place in it.
  it.each([
    { opened: 0.7, readFrom: 1, share: 0.6 },
    { opened: 0.9, readFrom: 0.36, share: 0.2 },
  ])(
    'keeps the list at $share when the opened frame is loaded again later',
    async ({ opened, readFrom, share }) => {
      const on = await started();
      const { page } = on;
      await list(on).locator('[data-frame]').first().waitFor();
      await pressAt(on, opened);
      await opens(on, (await inView(on)).slice(3).find(isFrame) ?? '');
      await page.mouse.move(500, 400);
      const above = (): Promise<number> => list(on).evaluate((box) => box.scrollTop);
      for (let at = await firstLine(on); at > readFrom; at = await firstLine(on)) {
        // Small steps: a page more would contain the pressed place.
        await expect.poll(above).toBeGreaterThan(500);
        await page.mouse.wheel(0, -500);
        await expect.poll(() => firstLine(on)).toBeLessThan(at);
      }
      // A page still on its way could contain the pressed place too.
      await inView(on);
      const loaded = async (): Promise<number> =>
        Number(await list(on).locator('[data-id]').first().getAttribute('aria-setsize'));
      const reading = await holdQueries(on, /"name":"frames".*"limit":500/);
      await pressAt(on, share);
      await expect.poll(() => reading.held()).toBe(2);
      const before = await loaded();
      await reading.letGo();
      await expect.poll(loaded).toBeGreaterThan(4 * before);
      for (let rest = 0; rest < 4; rest += 1) await atRest(on);
      expect(Math.abs((await firstLine(on)) - share)).toBeLessThan(0.05);
    },
  );

  it('spans the matches of a filter, in a capture too', async () => {
    const on = await started();
    const { page } = on;
    await openFile(on, file());
    await list(on).locator('[data-id="1"]').waitFor();
    // After reading, the tab shows only the file name.
    await tab(on, 'long.pcapng').waitFor({ timeout: 30_000 });
    await expect.poll(() => place(on)).toBe(0);
    await pressAt(on, 0.5);
    await expect.poll(() => rail(on).getAttribute('aria-valuetext')).toMatch(/20\d\d/);
    await page.getByRole('combobox', { name: 'Filter', exact: true }).fill('cmd:qrcode id:1001..3000');
    // The lines are the results, no longer the previous lines.
    await expect
      .poll(async () => {
        const lines = await list(on).locator('[data-frame]').allInnerTexts();
        return lines.length > 9 && lines.every((line) => line.includes('qrcode'));
      })
      .toBe(true);
    await page.getByRole('combobox', { name: 'Filter', exact: true }).press('Escape');
    // All results fit into the list: an ordinary scrollbar.
    const box = await rail(on).boundingBox();
    if (box === null) throw new Error('no rail');
    await page.mouse.click(box.x + 6, box.y + 2);
    // The list follows the thumb once its lines are drawn, and the thumb's value follows the list.
    await expect.poll(() => firstLine(on)).toBeCloseTo(1_001 / entries, 2);
    await expect.poll(() => place(on)).toBe(0);
    await page.mouse.click(box.x + 6, box.y + box.height - 2);
    await expect.poll(() => firstLine(on)).toBeGreaterThan(0.5);
    await expect.poll(() => place(on)).toBe(100);
    // Another filter with more results than the list reads at once.
    await page.getByRole('combobox', { name: 'Filter', exact: true }).fill('-cmd:hb');
    await list(on).getByText('machinestatus').first().waitFor();
    await pressAt(on, 0.25);
    await expect.poll(async () => Math.abs((await place(on)) - 25)).toBeLessThan(5);
  });

  it('ignores a wheel under a pointer that has not moved since the list appeared', async () => {
    const on = await started();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    const box = await list(on).boundingBox();
    if (box === null) throw new Error('no list');
    await go(on, '#/help');
    await page.mouse.move(box.x + 200, box.y + box.height / 2);
    await page.keyboard.press('Control+3');
    await list(on).locator('[data-frame]').first().waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    await page.mouse.wheel(0, -600);
    await page.getByText('on hold').waitFor();
    // Further up, with all visible lines drawn.
    await expect.poll(() => firstLine(on)).toBeGreaterThan(0);
    expect((await firstLine(on)) * entries).toBeLessThan(entries - 40);
  });

  it('spans the whole journal while the list continues live, and the list returns to the newest', async () => {
    const on = await started();
    const { page } = on;
    await list(on).locator('[data-frame]').first().waitFor();
    const client = await logIn(on, 33_232);
    await expect.poll(() => place(on)).toBe(100);
    await dragTo(on, 0.5);
    await page.getByText('on hold').waitFor();
    expect(await accessibilityProblems(on)).toEqual([]);
    await page.mouse.up();
    await expect.poll(async () => Math.abs((await place(on)) - 50)).toBeLessThan(5);
    // From there, by wheel and by keys.
    const middle = await firstLine(on);
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, 3_000);
    await expect.poll(() => firstLine(on)).toBeGreaterThan(middle);
    await pressAt(on, 0);
    await expect.poll(() => place(on)).toBe(0);
    await list(on).locator('[data-id="1"]').waitFor();
    // Frames that arrived meanwhile are not lost.
    client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
    await page.getByText('1 door open').waitFor();
    await pressAt(on, 1);
    await list(on).getByText('door opened').last().waitFor();
    await page.mouse.move(700, 4);
    await page.getByText('live', { exact: true }).waitFor();
    await expect.poll(() => place(on)).toBe(100);
    client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"doorclose"}'));
    await list(on).getByText('door closed').last().waitFor();
    client.socket.destroy();
  });
});
