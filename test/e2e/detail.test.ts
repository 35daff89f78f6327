/** The opened frame in the real app: tree, text and bytes together, related frames, and custom messages. */
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { copiedBy, type TestApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { frame, lyingFrame } from '../builders/frames';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { holdQueries } from '../builders/heldQueries';

const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const shared = sharedApp();
/** A machine driven by the test that has logged in, and its frames in the window. */
async function started(vmcNo: number): Promise<{ app: TestApp; client: RawClient; detail: Locator }> {
  // The app of earlier tests fits: no list of another machine contains this machine's frames.
  const app = await shared.asLeft();
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  await app.page.evaluate((hash) => {
    location.hash = hash;
  }, `#/machines/${vmcNo}/frames`);
  await app.page.mouse.move(700, 4);
  return { app, client, detail: app.page.getByRole('region', { name: /^Frame \d+$/ }) };
}

const line = ({ page }: TestApp, text: string): Locator =>
  page.locator('[data-frame]', { hasText: text }).first();
const clipboard = (app: TestApp): Promise<string> => copiedBy(app);
const supply = (vmcNo: number, amounts: string): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"supply","supply":${amounts}}`);

describe('an opened frame', () => {
  it('has one selection in the fields, the text and the bytes, one menu to copy, and shows repairs', async () => {
    const { app, client, detail } = await started(33_232);
    const { page } = app;
    client.send(
      lyingFrame(
        '{"cmd":"productdone","vmc_no":33232,"ProductName":"卡布奇诺"\n"ProductId":701,"ProductAmount":1000,"isok":true,"order_no":"8741"}',
        40,
      ),
    );
    await client.until(() => client.received.includes('"productdone_r"'));
    await line(app, '8741').or(line(app, 'productdone')).first().click();
    const bytes = detail.getByRole('textbox', { name: /^Bytes/ });
    const text = detail.getByRole('textbox', { name: 'Text on the wire' });
    const member = (name: string): Locator => detail.getByRole('treeitem').filter({ hasText: name });
    const said = detail.getByRole('status');
    const shows = (name: string | RegExp): Promise<void> => detail.getByRole('tab', { name }).click();
    const chosenText = async (): Promise<string> =>
      (await text.locator('[data-selected]').allTextContents()).join('');

    // From the fields.
    await member('ProductName').click();
    await shows('Text');
    await said.getByText('bytes 48 to 75, 28 B').waitFor();
    expect(await chosenText()).toBe('"ProductName":"卡布奇诺"');
    await shows(/^Bytes/);
    await said.getByText('bytes 48 to 75, 28 B').waitFor();
    expect((await bytes.locator('[data-selected="value"]').allTextContents()).join(' ')).toContain(
      '8D A1 E5 B8 83 E5 A5 87',
    );

    // From the bytes, by keyboard: the parts of the head, then the brace, which belongs to no member.
    await bytes.focus();
    await page.keyboard.press('Home');
    await said.getByText('length').waitFor();
    await page.keyboard.press('ArrowDown');
    await said.getByText('padding').waitFor();
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('ArrowRight');
    await said.getByText('byte 12').waitFor();
    await page.keyboard.press('ArrowRight');
    await said.getByText('cmd').waitFor();
    // A repair is noted beside its bytes.
    await bytes
      .getByText(/^The head declares 40 bytes.* · The frame ends where the JSON object ends/)
      .waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await shows('Fields');
    expect(await member('cmd').getAttribute('aria-selected')).toBe('true');

    // From the text, by pointer and by keyboard.
    await shows('Text');
    const place = await text
      .getByText('8741')
      .first()
      .evaluate((element) => {
        const range = document.createRange();
        const at = element.textContent.indexOf('8741');
        range.setStart(element.firstChild ?? element, at + 1);
        range.setEnd(element.firstChild ?? element, at + 2);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      });
    await page.mouse.click(place.x, place.y);
    await said.getByText('order_no').waitFor();
    expect(await chosenText()).toBe('"order_no":"8741"');
    await text.focus();
    await page.keyboard.press('ArrowLeft');
    await said.getByText('isok').waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await shows('Fields');
    expect(await member('isok').getAttribute('aria-selected')).toBe('true');

    // A repair leads to its bytes.
    await detail.getByRole('button', { name: /^JSON with a mistake/ }).click();
    await bytes.waitFor();
    expect((await bytes.locator('[data-selected]').allTextContents()).join('')).toMatch(/22/);
    await shows('Text');
    expect(await chosenText()).toBe('"');
    await shows('Fields');

    // All forms.
    const copies = async (of: string, form: string, wanted: RegExp): Promise<void> => {
      await detail.getByRole('button', { name: /^Cop/ }).first().click();
      await page.getByRole('group', { name: of }).getByRole('menuitem', { name: form, exact: true }).click();
      await expect.poll(() => clipboard(app)).toMatch(wanted);
    };
    await member('ProductAmount').click();
    await copies('Selected part', 'Value', /^1000$/);
    await copies('Selected part', 'JSON', /^\{\n {2}"ProductAmount": 1000\n\}$/);
    await copies('Selected part', 'Text as received', /^"ProductAmount":1000$/);
    await copies('Selected part', 'Hex', /^22 50 72 6F .* 31 30 30 30$/);
    await copies('Selected part', 'Hex stream', /^2250726f[\da-f]*31303030$/);
    await copies('Selected part', 'Base64', /^IlByb2R1Y3RBbW91bnQiOjEwMDA=$/);
    await copies('Selected part', 'Python bytes', /^b'"ProductAmount":1000'$/);
    await copies('Selected part', 'C array', /^const unsigned char frame_\d+_\d+\[20\] = \{/);
    await copies('Selected part', 'As filter', /^body\.ProductAmount:1000$/);
    await copies('Whole frame', 'As filter', /^vmc:33232 dir:in cmd:productdone$/);
    await copies('Whole frame', 'Link to this frame', /^crema:\/\/frame\/\d+\?journal=[\da-f-]{36}$/);
    await copies('Whole frame', 'JSON', /"ProductName": "卡布奇诺"/);
    // The first Escape closes only the menu, the second the frame behind it.
    await detail.getByRole('button', { name: /^Cop/ }).first().click();
    await page.getByRole('group', { name: 'Whole frame' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await detail.count()).toBe(1);
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
  });

  it('leads to its answer, to the previous one with the differences, and to its order', async () => {
    const { app, client, detail } = await started(33_233);
    const { page } = app;
    client.send(supply(33_233, '{"10009":"5","10007":"9"}'));
    client.send(supply(33_233, '{"10009":"4","10016":"9"}'));
    client.send(
      decimalFrame(
        '{"cmd":"qrcode","vmc_no":33233,"qr_type":"wx_pub","product_id":801,"Amount":1000,"order_no":"8742"}',
      ),
    );
    await client.until(() => client.received.includes('"qrcode_r"'));
    await line(app, 'sugar').click();
    const item = (name: string): Promise<string> =>
      detail.getByRole('treeitem').filter({ hasText: name }).last().innerText();
    await detail.getByText('1 changed, 1 new, 1 removed').waitFor();
    expect(await item('10009')).toContain('was "5"');
    expect(await item('10016')).toContain('new');
    expect(await item('10007')).toContain('removed');
    await detail.getByRole('treeitem').filter({ hasText: '10007' }).last().click();
    await detail.getByRole('tab', { name: 'Text' }).click();
    await detail.getByText(/only in frame \d+/).waitFor();
    await detail.getByRole('tab', { name: 'Fields' }).click();
    await detail.getByRole('tree').focus();
    // Copies and counts are those of this frame.
    await page.keyboard.press('c');
    await expect.poll(() => clipboard(app)).toBe('9');
    const supplies = detail.getByRole('treeitem').filter({ hasText: /^supply/ });
    const own = { '10009': '4', '10016': '9' };
    await supplies.click();
    await page.keyboard.press('c');
    await expect.poll(() => clipboard(app)).toBe(JSON.stringify(own, null, 2));
    await page.keyboard.press('ArrowLeft');
    expect(await supplies.innerText()).toContain('{ 2 }');
    await supplies.click({ button: 'right' });
    const ofMenu = page.getByRole('menu').getByRole('menuitem', { name: /^Copy/ });
    expect(await ofMenu.getAttribute('title')).not.toContain('10007');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await detail.getByRole('button', { name: /^frame \d+$/ }).click();
    await detail.getByText('10007').first().waitFor();

    await page
      .locator('[data-frame]', { hasText: /^.*qrcode(?!_r)/ })
      .first()
      .click();
    const answered = detail.locator('dt', { hasText: 'Answered by' }).locator('..');
    await answered.getByText(/^frame \d+ \d+ ms later$/).waitFor();
    await answered.getByRole('button', { name: /^frame \d+$/ }).click();
    await detail.locator('dt', { hasText: /^Answers$/ }).waitFor();
    await detail.getByText('qrcode_r').first().waitFor();
    await detail.getByRole('link', { name: '8742' }).click();
    await page.waitForURL(/#\/orders$/);
  });

  it('is shown under its own number while the next is loading', async () => {
    const { app, detail } = await started(33_242);
    const { page } = app;
    await line(app, 'login, version').click();
    await detail.getByRole('treeitem').filter({ hasText: '1.2.8.8' }).waitFor();
    const before = await detail.getAttribute('aria-label');
    const entries = await holdQueries(app, /"name":"frame"[,}]/);
    await page.keyboard.press('j');
    await expect.poll(() => entries.held()).toBe(1);
    expect(await detail.getAttribute('aria-label')).toBe(before);
    await detail.getByRole('treeitem').filter({ hasText: '1.2.8.8' }).waitFor();
    await entries.letGo();
    await detail.getByText('login accepted').waitFor();
    expect(await detail.getAttribute('aria-label')).not.toBe(before);
  });

  it('shows its mark and its note, and keeps an unfinished note', async () => {
    const { app, detail } = await started(33_234);
    const { page } = app;
    await line(app, 'login_r').click();
    await detail.getByText('login accepted').waitFor();
    await page.keyboard.press('m');
    await detail.getByText('marked', { exact: true }).waitFor();
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: /^Note on frame/ });
    await note.fill('the cable was loose');
    await note.press('Escape');
    await note.waitFor({ state: 'detached' });
    expect(await detail.getByText('the cable was loose').count()).toBe(0);
    await page.keyboard.press('n');
    expect(await note.inputValue()).toBe('the cable was loose');
    await note.press('Enter');
    await detail.getByText('the cable was loose').waitFor();
    await detail.getByRole('img', { name: 'note' }).waitFor();
    expect(await detail.getByText('marked', { exact: true }).count()).toBe(1);
    expect(await accessibilityProblems(app)).toEqual([]);
    // A first note replaces nothing. A deleted note can be brought back.
    const undo = page.getByRole('button', { name: 'Undo' });
    expect(await undo.count()).toBe(0);
    await page.keyboard.press('n');
    await note.fill('');
    await note.press('Enter');
    await detail.getByText('the cable was loose').waitFor({ state: 'detached' });
    await page.getByText(/^Note on frame \d+ before: “the cable was loose”$/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await undo.click();
    await detail.getByText('the cable was loose').waitFor();
    await undo.waitFor({ state: 'detached' });
    await page
      .getByRole('listbox', { name: /^Frames/ })
      .and(page.locator(':focus'))
      .waitFor();
  });

  it('for the end of a connection identifies the connection, and leads to all its entries', async () => {
    const { app, client } = await started(33_235);
    const { page } = app;
    const { localPort } = client.socket;
    client.socket.destroy();
    await line(app, 'disconnected').click();
    const entry = page.getByRole('region', { name: /^Entry \d+$/ });
    await entry.getByText(`127.0.0.1:${localPort}`).waitFor();
    await entry.getByRole('button', { name: /^Only conn:\d+$/ }).click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some(({ value }) => /^conn:\d+$/.test(value)),
    );
    await line(app, 'login_r').waitFor();
  });

  it('keeps the chosen view for the next frame', async () => {
    const { app, detail } = await started(33_236);
    const { page } = app;
    await line(app, 'login, version').click();
    await detail.getByRole('tab', { name: /^Bytes/ }).click();
    await detail.getByRole('textbox', { name: /^Bytes/ }).waitFor();
    const before = await detail.getAttribute('aria-label');
    await page.keyboard.press('j');
    await expect.poll(() => detail.getAttribute('aria-label')).not.toBe(before);
    expect(await detail.getByRole('tab', { name: /^Bytes/ }).getAttribute('aria-selected')).toBe('true');
    await detail.getByRole('tab', { name: 'Fields' }).click();
    await detail.getByRole('treeitem').filter({ hasText: 'login_r' }).waitFor();
    expect(await detail.getByRole('textbox').count()).toBe(0);
  });
});

describe('a custom message', () => {
  it('is checked, confirmed once, sent, and shown with the machine’s answer', async () => {
    const { app, client, detail } = await started(33_237);
    const { page } = app;
    await line(app, 'login_r').click();
    await detail.getByText('login accepted').waitFor();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: /^Custom message to machine 33237/ });
    const body = dialog.getByRole('textbox', { name: 'Body' });
    const send = dialog.getByRole('button', { name: 'Send', exact: true });
    expect(await body.inputValue()).toContain('"cmd":"login_r"');

    // Checked during typing.
    await body.fill('{"cmd":"discount","vmc_no":1,"discount":"half","x":1}');
    const hints = dialog.getByRole('region', { name: 'Hints from the catalogue' });
    await hints.getByText('vmc_no 1 is another machine’s number.').waitFor();
    await hints.getByText('discount: a whole number is usual.').waitFor();
    await hints.getByText('x: not in the catalogue for this command.').waitFor();
    await body.fill('{"cmd":"discount","vmc_no":33237,"discount":5000}');
    await hints.getByText('discount: 1 to 100 is usual.').waitFor();
    await body.fill('{"cmd":"priceset","vmc_no":33237,"price":[["a"]]}');
    await hints
      .getByText('price[0]: a list of 3 is usual: product number / price / price type, 0 to 3.')
      .waitFor();
    await body.fill(`{"cmd":"qrcode_r","qrcode":"${'x'.repeat(1_000)}"}`);
    await dialog.getByText(/^Over 1,000 bytes/).waitFor();

    // Closing keeps the input.
    await body.fill('{"cmd":"statusquery","vmc_no":33237}');
    await hints.getByText(/^No problems found in this message/).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    expect(await body.inputValue()).toBe('{"cmd":"statusquery","vmc_no":33237}');

    // A message without effect on the machine is sent at once.
    await send.click();
    await client.until(() => client.received.includes('{"cmd":"statusquery","vmc_no":33237}'));
    client.send(supply(33_237, '{"10009":"4"}'));
    const result = dialog.getByRole('region', { name: 'Sent and answered' });
    await result.getByText('answer', { exact: true }).waitFor();
    await result.getByText('supplies: coffee beans 4').waitFor();

    // A message that restarts the machine asks first, in the command's wording; so does an unknown message.
    await body.fill('{"cmd":"reboot","vmc_no":33237}');
    await send.click();
    await dialog.getByText('The machine restarts and can’t sell for a minute or more.').waitFor();
    expect(client.received).not.toContain('"reboot"');
    await dialog.getByRole('button', { name: 'Send message' }).click();
    await client.until(() => client.received.includes('{"cmd":"reboot","vmc_no":33237}'));

    // As bytes: the frame that would be sent now, to be broken on purpose. Switching back and forth loses nothing.
    const bytes = dialog.getByRole('textbox', { name: /^Bytes in hex/ });
    const hexOf = (buffer: Buffer): string =>
      buffer
        .toString('hex')
        .toUpperCase()
        .replace(/..(?=.)/g, '$& ');
    const isHex = (hex: string): Promise<void> => expect.poll(() => bytes.inputValue()).toBe(hex);
    await dialog.getByText('Raw bytes').click();
    await isHex(hexOf(frame('{"cmd":"reboot","vmc_no":33237}')));
    await dialog.getByText('JSON', { exact: true }).click();
    await body.fill('{"cmd":"hb","vmc_no":33237}');
    client.send(frame('{"cmd":"hb","vmc_no":33237}', 'le48', 5));
    await client.until(() => client.received.includes('00000000{"cmd":"hb","vmc_no":33237}'));
    // The bytes are made at the click. The window may learn of the other head after it.
    const inOtherHead = async (): Promise<string> => {
      await dialog.getByText('JSON', { exact: true }).click();
      await dialog.getByText('Raw bytes').click();
      return bytes.inputValue();
    };
    await expect.poll(inOtherHead).toBe(hexOf(frame('{"cmd":"hb","vmc_no":33237}', 'le48', 1)));
    await dialog.getByRole('textbox', { name: /^Bytes in hex/ }).fill('30 39 39 39 7B 7');
    await dialog.getByText(/^Enter pairs of hex digits/).waitFor();
    expect(await send.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /^Bytes in hex/ }).fill('30 39 39 39 7B 7A 7A 7D');
    await send.click();
    await dialog.getByText('The effect on the machine is unknown.').waitFor();
    await dialog.getByRole('button', { name: 'Send message' }).click();
    await client.until(() => client.received.includes('0999{zz}'));

    // No machine to send to.
    client.socket.destroy();
    await dialog.getByText('Machine 33237 is not connected.').waitFor();
    expect(await send.isDisabled()).toBe(true);
  });

  it('that restarts the machine is not sent while a command waits for its proof: the refusal names the command', async () => {
    const { app, client, detail } = await started(33_238);
    const { page } = app;
    const given = await page.evaluate(() =>
      window.crema.request('command', { vmcNo: 33_238, name: 'openDoor', input: { spelling: 'opendoor' } }),
    );
    if (!given.ok) throw new Error('not taken');
    await client.until(() => client.received.includes('"opendoor"'));
    await line(app, 'login_r').click();
    await detail.getByText('login accepted').waitFor();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: /^Custom message to machine 33238/ });
    await dialog.getByRole('textbox', { name: 'Body' }).fill('{"cmd":"reboot","vmc_no":33238}');
    const send = async (): Promise<void> => {
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
      await dialog.getByRole('button', { name: 'Send message' }).click();
    };
    await send();
    await dialog
      .getByText('Not sent: the machine would restart or reconnect, and “Open door” is not confirmed yet')
      .waitFor();
    expect(client.received).not.toContain('"reboot"');
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.evaluate((id) => window.crema.request('cancelCommand', { id }), given.value.id);
    await page.getByText('stopped waiting').first().waitFor({ state: 'attached' });
    await send();
    await client.until(() => client.received.includes('{"cmd":"reboot","vmc_no":33238}'));
  });

  it('starts from the menu of the inspector, once a machine is chosen there', async () => {
    const { app } = await started(33_239);
    const { page } = app;
    await go(app, '#/inspector');
    const menu = page.getByRole('button', { name: 'More for frames' });
    const item = page.getByRole('menuitem', { name: /^Custom message/ });
    const machine = page.getByRole('combobox', { name: 'Machine', exact: true });
    await menu.click();
    await page.getByRole('menuitem', { name: /^Open capture/ }).waitFor();
    expect(await item.count()).toBe(0);
    await page.keyboard.press('Escape');
    await machine.click();
    await page.getByRole('option', { name: '33239', exact: true }).click();
    await menu.click();
    await item.click();
    await page.getByRole('dialog', { name: /^Custom message to machine 33239/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear filter' }).click();
  });
});
