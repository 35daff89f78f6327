/** Every frame of two machines, live and past, in the real app: listed, filtered, paused, found again and opened. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { onRecord } from '../builders/counted';
import { frame } from '../builders/frames';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
async function inspecting(app: TestApp): Promise<TestApp> {
  await go(app, '#/inspector');
  await away(app);
  return app;
}

const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);
/** The list pauses under the pointer. */
const away = (app: TestApp): Promise<void> => app.page.mouse.move(700, 4);
const list = ({ page }: TestApp): Locator => page.getByRole('listbox', { name: 'Frames, oldest first' });
const line = (app: TestApp, text: string): Locator => list(app).locator('[data-frame]', { hasText: text });
const mode = (app: TestApp, word: string): Promise<void> =>
  app.page.getByRole('region', { name: 'Frames' }).getByText(word, { exact: true }).waitFor();

/** Waits until the list has this many lines. */
async function hasLines(app: TestApp, count: number): Promise<void> {
  await list(app).locator(`[aria-setsize="${count}"]`).first().waitFor();
}
async function linesNow(app: TestApp): Promise<number> {
  return Number(await list(app).getByRole('option').first().getAttribute('aria-setsize'));
}

async function linux(app: TestApp, vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}

async function android(app: TestApp, vmcNo: number) {
  const client = await RawClient.open(app.machinePort);
  let sequence = 0;
  const send = (body: JsonObject): void => {
    client.send(frame(body, 'le48', sequence));
    sequence += 1;
  };
  send({
    cmd: 'login',
    vmc_no: vmcNo,
    timestamp: 20260101,
    sign: 'x',
    version: '3.1',
    io_version: '2',
    login_count: 1,
  });
  await client.until(() => client.received.includes('"login_r"'));
  return { client, send };
}

const supply = (n: number): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":33232,"status":"supply","supply":{"10009":"${n}"}}`);

describe('the inspector', () => {
  it('lists the frames of two machines live, finds them by filter, and loses none while paused', async () => {
    const app = await inspecting(await shared());
    const { page } = app;
    await page.getByText('No frames yet').waitFor();
    const lobby = await linux(app, 33232);
    const { client: hall, send: hallSays } = await android(app, 44401);
    // Their connections, their logins and the answers.
    await hasLines(app, 6);
    await page
      .getByRole('option', { name: /connection .*connected from 127\.0\.0\.1:\d+ to port \d+/ })
      .first()
      .waitFor();
    await page.evaluate(() => window.crema.request('setMachine', { vmcNo: 33232, patch: { name: 'Lobby' } }));
    await line(app, '33232 Lobby').first().waitFor();
    hallSays({
      cmd: 'qrcode',
      vmc_no: 44401,
      qr_type: 'alipay',
      product_id: 810,
      Amount: 1000,
      order_no: '8741',
    });
    await line(app, 'order 8741: QR code for ¥10.00').waitFor();
    await line(app, 'order 8741: QR code, Alipay').waitFor();
    lobby.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
    await hasLines(app, 9);

    // By machine, by direction, by command, by text, and again without a filter.
    await page.getByLabel('Machine', { exact: true }).first().click();
    await page.getByRole('option', { name: '44401', exact: true }).click();
    // Including its connection, which began before the login.
    await hasLines(app, 5);
    await page.getByTitle('To machine', { exact: true }).click();
    await hasLines(app, 2);
    await line(app, 'login accepted').waitFor();
    const command = page.getByLabel('Command', { exact: true }).first();
    await command.fill('qrcode_r');
    await command.press('Enter');
    await hasLines(app, 1);
    // Closed, and opened again by key: it has all of them, with the first selected.
    await list(app).focus();
    await command.press('ArrowDown');
    await page.getByRole('option', { name: 'machinestatus' }).first().waitFor();
    await expect
      .poll(() =>
        command.evaluate(
          (box) => document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.innerText,
        ),
      )
      .toMatch(/^hb\s/);
    await list(app).focus();
    await hasLines(app, 1);
    hallSays({
      cmd: 'qrcode',
      vmc_no: 44401,
      qr_type: 'alipay',
      product_id: 810,
      Amount: 900,
      order_no: '8742',
    });
    await hasLines(app, 2);
    await page.keyboard.press('/');
    await page.keyboard.type('874x');
    await page.getByText('No frame matches the filter').waitFor();
    await page.getByText('Searched as text in the frames: “874x”.').waitFor();
    await page.getByRole('combobox', { name: 'Filter', exact: true }).fill('8742');
    await hasLines(app, 1);
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await hasLines(app, 11);
    await page.getByRole('combobox', { name: 'Filter', exact: true }).fill('DOOROPEN');
    await hasLines(app, 1);
    // The filter survives another screen.
    await go(app, '#/connect');
    await go(app, '#/inspector');
    await hasLines(app, 1);
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await hasLines(app, 11);

    // Paused by the key, the list stops. After the pause it shows every frame.
    await away(app);
    await page.locator(':focus').blur();
    await mode(app, 'live');
    await page.keyboard.press('f');
    await mode(app, 'paused');
    for (let n = 1; n <= 50; n += 1) lobby.send(supply(n));
    await page.getByRole('button', { name: '50 new' }).waitFor();
    expect(await linesNow(app)).toBe(11);
    await page.keyboard.press('f');
    await mode(app, 'live');
    await hasLines(app, 61);
    await line(app, 'coffee beans 50').waitFor();
    const shown = await list(app).locator('[data-frame]').allInnerTexts();
    const amounts = shown.flatMap((text) => /coffee beans (\d+)/.exec(text)?.[1] ?? []).map(Number);
    expect(amounts).toEqual(Array.from({ length: amounts.length }, (_, i) => 51 - amounts.length + i));
    expect(amounts.length).toBeGreaterThan(20);
    expect(await accessibilityProblems(app)).toEqual([]);
    lobby.socket.destroy();
    hall.socket.destroy();
    // The next test counts them.
    await hasLines(app, 63);
  });

  it('pages the past, and opens a frame with all its facts', { timeout: 400_000 }, async () => {
    const first = await shared.asLeft();
    // Frames that arrive meanwhile are not drawn.
    await go(first, '#/settings');
    // Entries of the previous test.
    const earlier = await onRecord(first, '');
    const lobby = await linux(first, 33232);
    lobby.send(
      decimalFrame(
        '{"cmd":"productdone","vmc_no":33232,"ProductName":"Hot milk"\n"ProductId":701,"ProductAmount":1000,"PayType":"qr_pay ","isok":true,"order_no":"8741"}',
      ),
    );
    await lobby.until(() => lobby.received.includes('"productdone_r"'));
    // Three pages.
    const total = 1_100;
    const all = earlier + total + 6;
    for (let n = 1; n <= total; n += 1) lobby.send(supply(n));
    await expect.poll(() => onRecord(first, '')).toBe(all - 1);
    lobby.socket.destroy();
    await expect.poll(() => onRecord(first, '')).toBe(all);
    const app = await inspecting(await shared());
    const { page } = app;
    await line(app, `coffee beans ${total}`).waitFor();
    const begun = await linesNow(app);
    expect(begun).toBeLessThan(total);
    // Scrolls up to where the next page loads by itself: the visible lines stay in place.
    const box = await list(app).boundingBox();
    if (box === null) throw new Error('no list');
    await page.mouse.move(box.x + 200, box.y + 200);
    await mode(app, 'on hold');
    const atTop = async (): Promise<string> =>
      list(app).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        const seen = [...element.querySelectorAll('[role="option"]')].find((option) => {
          const place = option.getBoundingClientRect();
          return place.bottom > top + 1 && place.top < bottom;
        });
        return seen?.textContent ?? '';
      });
    await list(app).evaluate((element) => {
      element.scrollTop = 200;
    });
    // The rows of the new place are drawn a moment later.
    await expect.poll(atTop).not.toBe('');
    const before = await atTop();
    // A page has as many lines as were found within its time limit.
    await expect.poll(() => linesNow(app), { timeout: 20_000 }).toBeGreaterThan(begun);
    expect(await atTop()).toBe(before);
    // To the first entry.
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, -100_000);
          return linesNow(app);
        },
        { timeout: 20_000 },
      )
      .toBe(all);
    await page.mouse.wheel(0, -100_000);
    await line(app, 'login, version 1.2.8.8').first().waitFor();

    // By keyboard: to the last and the first entry from any place. From the last entry on the list follows by itself.
    await page.reload();
    await page.locator('html[data-ready="true"]').waitFor();
    await away(app);
    await line(app, `coffee beans ${total}`).waitFor();
    await page.getByText(`${all.toLocaleString('en')} entries`, { exact: true }).waitFor();
    const chosen = (text: string): Locator =>
      list(app).getByRole('option', { selected: true }).filter({ hasText: text });
    await list(app).focus();
    await page.keyboard.press('Home');
    await chosen('connected').waitFor();
    const ofStart = await linesNow(app);
    expect(ofStart).toBeLessThan(total);
    expect(await list(app).locator('[aria-posinset="1"]').innerText()).toContain('connected');
    await expect
      .poll(
        async () => {
          await page.keyboard.press('PageDown');
          return line(app, `coffee beans ${total}`).count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    expect(await linesNow(app)).toBe(all);
    expect(await list(app).locator('[data-gap]').count()).toBe(0);
    await page.keyboard.press('Home');
    await chosen('connected').waitFor();
    // The current line, scrolled out of view, comes back.
    const scrolledBy = (): Promise<number> => list(app).evaluate(({ scrollTop }) => scrollTop);
    await list(app).evaluate((element) => element.scrollTo(0, 2_000));
    await page.keyboard.press('Home');
    await expect.poll(scrolledBy).toBe(0);
    await page.keyboard.press('End');
    await chosen('disconnected').waitFor();
    await page.keyboard.press('Home');

    // Opened: meaning, findings, tree, head, bytes.
    await expect
      .poll(async () => {
        if ((await line(app, 'Hot milk made, ¥10.00').count()) === 0) await page.keyboard.press('PageDown');
        return line(app, 'Hot milk made, ¥10.00').count();
      })
      .toBe(1);
    await line(app, 'Hot milk made, ¥10.00').click();
    const detail = page.getByRole('region', { name: /^Frame \d+$/ });
    await detail.getByText('JSON with a mistake that Crema could read: a missing comma').first().waitFor();
    const tree = detail.getByRole('tree', { name: 'Body' });
    const member = (name: string): Locator => tree.getByRole('treeitem').filter({ hasText: name });
    expect(await member('ProductAmount').innerText()).toMatch(/1000\s+price, in fen: ¥10\.00/);
    expect(await member('isok').innerText()).toMatch(/true\s+result: drink made/);
    expect(await member('PayType').innerText()).toContain('"qr_pay "');
    const size = Number(/(\d+) bytes/.exec(await detail.getByText(/^\d+ bytes$/).innerText())?.[1]);
    await detail.getByText('decimal', { exact: true }).waitFor();
    await detail.getByText('00000000', { exact: true }).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await detail.getByRole('tab', { name: `Bytes · ${size} B` }).click();
    await detail.getByText(/^0000 {2}30 31/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await detail.getByRole('tab', { name: 'Fields' }).click();

    // By keyboard: the next frame, a tree closed and opened, back to the list.
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await tree.getByText('coffee beans').waitFor();
    await tree.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await tree.getByText('coffee beans').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await tree.getByText('coffee beans').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('c');
    await expect.poll(() => copiedBy(app)).toBe('1');
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });

    // Back to the newest.
    await page.keyboard.press('f');
    await line(app, `coffee beans ${total}`).waitFor();
  });
});
