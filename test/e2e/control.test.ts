/** Commands from a machine's page, in the real app: virtual machines of both platforms, and bare TCP clients. */
import { afterAll, describe, expect, it } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import { secondOf } from '#shared/messages/times';
import type { Fleet } from '../../src/main/tools/simulator/fleet';
import { en } from '../../src/renderer/src/locales/en';
import { badInputsOf } from '../fixtures/badInputs';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { act, answer, drinkDone, go, hears, history, line, machine, says } from '../builders/controlledPage';
import { listenForNotices, pacedMachines } from '../builders/pacedMachines';
import type { RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

let fleet: Fleet | null = null;
/** An android machine that the test drives by hand. */
let hall: RawClient;
let loggedIn = 0;
/** Machines of all tests: evidence counts only some time after a login. */
const shared = sharedApp(undefined, async (app) => {
  await fleet?.stop();
  // Notices of android machines prove that an effect follows a command.
  const notifyBase = await listenForNotices(app);
  fleet = await pacedMachines(app, { count: 2, platform: 'mixed', notifyBase });
  hall = await machine(app, 44402, 'android');
  loggedIn = Date.now();
});
afterAll(() => fleet?.stop());

/** Answers the query that precedes the next command, which would otherwise wait for seconds. */
async function isAlive(client: RawClient, vmcNo: number): Promise<void> {
  await hears(client, '"statusquery"');
  // Keeps later bytes: the command may have arrived already.
  client.received = client.received.subarray(client.received.indexOf('"statusquery"') + 1);
  says(client, `{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"normal"}`);
}

/** With an open door the dialog shows the reason, and offers to brew anyway. */
async function brewsNothing({ page }: TestApp): Promise<void> {
  await page.getByRole('button', { name: 'Brew', exact: true }).click();
  const why = page.getByRole('dialog', { name: 'Brew' });
  await why.getByText('The door is open.').waitFor();
  await why.getByRole('button', { name: /anyway$/ }).waitFor();
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'detached' });
}

describe('a command', () => {
  it('waits for an offline machine, is sent after the login, or is withdrawn', async () => {
    const app = await shared();
    const first = await machine(app, 33233);
    first.socket.destroy();
    await go(app, 33233);
    await app.page
      .getByText(/^Offline for/)
      .first()
      .waitFor();
    await act(app, 'Restart');
    await answer(app, 'Restart', /waits up to 10 min for a login/);
    await line(app, 'Restart').getByText('waiting for the machine to connect').waitFor();
    await line(app, 'Restart')
      .getByText(/expires in (10|9) min/)
      .waitFor();
    await line(app, 'Restart').getByRole('button', { name: 'Change wait: Restart' }).click();
    await app.page.getByRole('menuitem', { name: '1 h from now' }).click();
    await line(app, 'Restart')
      .getByText(/expires in (1 h|59 min)/)
      .waitFor();
    // A second reboot would be indistinguishable from the first.
    await app.page.getByRole('button', { name: 'Restart', exact: true, disabled: true }).first().waitFor();
    await act(app, 'Discount');
    await app.page.getByLabel('Customers pay').fill('0');
    await app.page.getByText('everything would be free').waitFor();
    expect(await app.page.getByRole('button', { name: 'Set discount', exact: true }).isDisabled()).toBe(true);
    await app.page.getByLabel('Customers pay').fill('80');
    await app.page.getByText('¥10.00 becomes ¥8.00').waitFor();
    await answer(app, 'Set discount', /waits up to/);
    await line(app, 'Discount').getByRole('button', { name: 'Withdraw' }).click();
    await line(app, 'Discount').getByText('withdrawn').first().waitFor();
    // The line under the pointer stays in its place.
    await app.page.getByRole('heading', { name: '33233', level: 1 }).hover();

    const second = await machine(app, 33233);
    await isAlive(second, 33233);
    await hears(second, '"reboot"');
    expect(second.received.includes('"discount"')).toBe(false);
    await line(app, 'Restart').getByText('waiting for the connection to close').waitFor();
    second.socket.destroy();
    await line(app, 'Restart').getByText('waiting for login').waitFor();
    // A reconnect alone proves nothing.
    const third = await machine(app, 33233, 'linux', '1.3.0.0');
    await line(app, 'Restart').getByText('reconnected; nothing shows a restart').waitFor();

    // Its proof is one click away.
    await line(app, 'Restart')
      .getByRole('button', { name: /^Show the frame: reconnected/ })
      .click();
    await app.page.waitForFunction(() => location.hash === '#/machines/33233/frames');
    await go(app, 33233);
    await line(app, 'Restart').getByRole('button', { name: 'Stop waiting for result' }).click();
    await line(app, 'Restart').getByText('stopped waiting', { exact: true }).waitFor();
    third.socket.destroy();
  });

  it('for an unheard door is sent in the other spelling; with an open door no drink is made', async () => {
    const app = await shared();
    const { page } = app;
    const deaf = await machine(app, 33232);
    await go(app, 33232);
    await act(app, 'Open door');
    await answer(app, 'Open door', /The door unlocks/);
    await isAlive(deaf, 33232);
    await hears(deaf, '"opendoor"');
    const silent = line(app, 'Open door').getByText('Door still closed?');
    expect(await silent.count()).toBe(0);
    // 15 s later, by the window's clock.
    await page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 15_000;
    });
    await go(app, 33232, 'settings');
    await go(app, 33232);
    await silent.waitFor();
    await line(app, 'Open door').getByRole('button', { name: 'Send the other form' }).click();
    await isAlive(deaf, 33232);
    await hears(deaf, '"door open"');
    says(deaf, '{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}');
    // The machine has never reported its door closed.
    await line(app, 'spelled “door open”')
      .getByText(/door reported open [\d.]+ s after the command; this confirms nothing/)
      .waitFor();
    expect(await line(app, 'Open door').count()).toBe(1);
    await brewsNothing(app);
    deaf.socket.destroy();
  });

  it('for android only: a refill by its sum, locked products; and a question that is skipped for a while', async () => {
    const app = await shared();
    const { page } = app;
    await go(app, 44402);
    const stock = (beans: number): void =>
      says(hall, `{"cmd":"machinestatus","vmc_no":44402,"status":"supply","supply":{"10009":"${beans}"}}`);
    stock(420);
    await page.getByText('420').first().waitFor();
    await act(app, 'Refill');
    const change = page.getByLabel('Change of coffee beans');
    await change.fill('two');
    await page.getByText('A whole number from').waitFor();
    expect(await change.inputValue()).toBe('two');
    await change.fill('');
    // Sets the current amount instead of adding to it.
    const right = page.getByLabel('New amount of coffee beans');
    await right.fill('420');
    await page.getByText('The machine already has this amount.').waitFor();
    await right.fill('620');
    await page.getByRole('cell', { name: '620 +200' }).waitFor();
    await answer(app, 'Change stock', /known from one build of the Android program only/);
    await hears(hall, '"supply":{"10009":"+200"}');
    const second = secondOf(Date.now());
    says(
      hall,
      `{"cmd":"feedrecord","vmc_no":44402,"timestamp":"${second}","operation":"supply","supply":{"10009":"200"}}`,
    );
    await line(app, 'Stock').getByText('waiting for the new amount').waitFor();
    stock(620);
    await line(app, 'Stock').getByText('confirmed', { exact: true }).waitFor();

    await act(app, 'Take off menu');
    await page.getByLabel('Product ids').fill('101, 60000');
    await page.getByText('numbers its products from 1 to 59999').waitFor();
    await page.getByLabel('Product ids').fill('101，102');
    await answer(app, 'Take off menu', /The menu for customers changes/);
    await hears(hall, '"pid_list":"101,102"');

    // A door report within 6 s of the login belongs to the ritual.
    await expect.poll(() => Date.now() - loggedIn, { interval: 500 }).toBeGreaterThan(6_500);
    await act(app, 'Open door');
    await page.getByLabel('Don’t ask again for this machine for 10 min').check();
    await answer(app, 'Open door', /The door unlocks/);
    await hears(hall, '"operation":"opendoor"');
    const opened = Date.now();
    const unasked = page.getByText('“Open door” is sent to this machine without confirmation.');
    await unasked.waitFor();
    // An earlier report was sent before the machine received the command.
    await expect.poll(() => Date.now() - opened, { interval: 50 }).toBeGreaterThan(300);
    says(hall, '{"cmd":"machinestatus","vmc_no":44402,"status":"dooropen"}');
    await line(app, 'Open door').getByText('confirmed', { exact: true }).waitFor();
    await brewsNothing(app);
    says(hall, '{"cmd":"machinestatus","vmc_no":44402,"status":"doorclose"}');
    const told = (): number => hall.received.toString('latin1').split('"opendoor"').length - 1;
    expect(told()).toBe(1);
    await act(app, 'Open door');
    await hall.until(() => told() === 2);
    await page.getByRole('button', { name: 'Ask every time' }).click();
    await unasked.waitFor({ state: 'detached' });
    hall.socket.destroy();
  });

  it('with many prices: pasted, with wrong rows marked, sent in several frames, each proved by itself', async () => {
    const app = await shared();
    const { page } = app;
    const client = await machine(app, 33234);
    await go(app, 33234);
    await act(app, 'Prices');
    await page.evaluate(() =>
      window.crema.request('setSettings', {
        ownProducts: { 200: { price: 800, at: 1 }, 201: { price: 1200, at: 1 } },
      }),
    );
    const rows = Array.from({ length: 100 }, (_, i) => `${200 + i}\t${(8 + i / 10).toFixed(2)}\t0`);
    const paste = (text: string): Promise<void> =>
      page.evaluate((pasted) => {
        const data = new DataTransfer();
        data.setData('text/plain', pasted);
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      }, text);
    // In a table that was begun, products and prices go into their own columns, and Ctrl+Z takes them out again.
    await page.getByLabel('Product id, row 1').fill('200');
    await page.getByLabel('Price (yuan), row 1').fill('7');
    await paste('200\t9.00\n201\t9.50');
    await expect.poll(() => page.getByLabel('Price, row 2').inputValue()).toBe('9.50');
    expect(await page.getByLabel('Product id, row 2').inputValue()).toBe('201');
    // First the field that was typed after it.
    await page.getByLabel('Price, row 2').press('End');
    await page.keyboard.type('5');
    await expect.poll(() => page.getByLabel('Price, row 2').inputValue()).toBe('9.505');
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByLabel('Price, row 2').inputValue()).toBe('9.50');
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByLabel('Price (yuan), row 1').inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Remove row 1' }).click();
    await expect.poll(() => page.getByLabel('Price (yuan), row 1').inputValue()).toBe('');
    await page.getByLabel('Price (yuan), row 1').press('Control+z');
    await expect.poll(() => page.getByLabel('Price (yuan), row 1').inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Clear table' }).click();
    await page.getByLabel('Product id, row 1').focus();
    await paste([...rows, '300\t9,5\t0'].join('\r\n'));
    // The unit of imported prices is unknown until a person chooses it.
    await page.getByText('Choose the unit of the imported prices.').waitFor();
    expect(await page.getByText('Enter at least one product').count()).toBe(0);
    await page.getByRole('radio', { name: /^fen/ }).check();
    await page.getByText('101 rows are incomplete or wrong').waitFor();
    await page.getByRole('radio', { name: /^yuan/ }).check();
    await page.getByText('1 row is incomplete or wrong').waitFor();
    await page.getByText('Price: such as 10.00').waitFor();
    const send = page.getByRole('button', { name: 'Set prices' });
    expect(await send.isDisabled()).toBe(true);
    // Closing keeps the input.
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await act(app, 'Prices');
    await page.getByLabel('Price (yuan), row 101').fill('0.05');
    // Enter goes to the next cell. It sends nothing.
    await page.keyboard.press('Enter');
    await page.getByLabel('Type, row 101').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByLabel('Price (yuan), row 101').and(page.locator(':focus')).waitFor();
    await page
      .getByText('101 prices, sent in 2 frames: 1 changed, 1 unchanged, 99 without a known price.')
      .waitFor();
    await page.getByText('¥12.00 → ¥8.10').waitFor();
    await answer(app, 'Set prices', /restarts and can’t sell/);
    await hears(client, '[300,5,0]');
    expect(client.received.toString('latin1').split('"priceset"').length - 1).toBe(2);
    // Earlier steps appear on hover.
    await line(app, 'Prices of 101 products').hover();
    await line(app, 'Prices of 101 products').getByText('sent (×2)').waitFor();
    const ask = (id: number, amount: number): void =>
      says(
        client,
        `{"cmd":"qrcode","vmc_no":33234,"qr_type":"all","product_id":${id},"Amount":${amount},"order_no":"q${id}-${amount}"}`,
      );
    ask(200, 800);
    await line(app, 'Prices').getByText('product 200 is sold for ¥8.00').waitFor();
    await line(app, 'Prices').getByText('waiting for QR requests of 100 products').waitFor();
    ask(300, 6);
    await line(app, 'Prices').getByText('product 300 is sold for ¥0.06, not for ¥0.05').waitFor();
    await go(app, 33234, 'commands');
    await history(app).getByRole('option').first().click();
    const sent = page.getByRole('region', { name: 'Prices of 101 products' }).getByRole('listitem');
    await sent.filter({ hasText: 'not confirmed yet' }).nth(99).waitFor();
    expect(
      await sent
        .filter({ hasText: '200' })
        .filter({ hasText: /0confirmed$/ })
        .count(),
    ).toBe(1);
    await page.evaluate(() => window.crema.request('setSettings', { ownProducts: {} }));
    client.socket.destroy();
  });

  it('with invalid input: the form reports it and keeps the input, on each platform', async () => {
    const app = await shared();
    const { page } = app;
    const tried = new Set<string>();
    for (const [platform, vmcNo] of [
      ['linux', 33238],
      ['android', 33239],
    ] as const) {
      const client = await machine(app, vmcNo, platform);
      await go(app, vmcNo);
      says(client, `{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"supply","supply":{"10009":"420"}}`);
      await page.getByText('420').first().waitFor();
      for (const name of commandNames) {
        const { offered } = rowOf(name);
        // Invalid inputs of both platforms are typed on the first platform, because the form is the same.
        const cases = badInputsOf(name).filter(({ on }) => on[0] === platform);
        // A form shared by several commands is tested once.
        const inputs = cases
          .map(({ field, typed, says: sentence }) => `${field}: ${typed}: ${sentence}`)
          .join();
        if (offered === 'order' || cases.length === 0 || tried.has(inputs)) continue;
        tried.add(inputs);
        await act(app, en.command[name].name);
        const dialog = page.getByRole('dialog');
        for (const { field, typed, says: sentence, after } of cases) {
          const input = dialog.getByLabel(field);
          await input.fill(typed);
          await dialog.getByText(sentence).first().waitFor();
          expect(await input.inputValue()).toBe(typed);
          const send = dialog.getByRole('button', { name: en.command[name].send, exact: true });
          expect(await send.isDisabled(), `${name}: ${typed}`).toBe(true);
          if (after !== undefined) await input.fill(after);
        }
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      client.socket.destroy();
    }
  });
});

describe('virtual machines obey', () => {
  // The proof of each command: test/integration/truth.test.ts.
  it('on each platform over the network, android with its notices', async () => {
    const app = await shared();
    await go(app, 90001);
    await act(app, 'Rinse');
    await answer(app, 'Rinse', /Linux machines never report this/);
    await act(app, 'Query status');
    await line(app, 'Query status').getByText('status “normal” reported').waitFor();
    await go(app, 90001, 'commands');
    const lines = history(app).getByRole('option');
    await lines.filter({ hasText: 'Rinse' }).getByText('can’t be confirmed', { exact: true }).waitFor();
    await go(app, 90002);
    await act(app, 'Brew');
    await app.page.getByLabel('Product id').fill('801');
    await answer(app, 'Brew', /Put a cup under/);
    await go(app, 90002, 'commands');
    await lines.filter({ hasText: 'Brew' }).getByText('confirmed', { exact: true }).waitFor();
    await act(app, 'Sync');
    await answer(app, 'Sync', /which may not be Crema/);
    await line(app, 'Sync').getByText('confirmed', { exact: true }).waitFor();
    await act(app, 'Restart');
    await answer(app, 'Restart', /can’t sell for a minute or more/);
    const reboots = history(app).getByRole('option').filter({ hasText: 'Restart' });
    // android sends its notice up to ten seconds after the restart.
    await reboots.getByText('confirmed').waitFor({ timeout: 40_000 });
  });
});

describe('for everyone', () => {
  it('there is no accessibility problem, in both themes and languages', async () => {
    const app = await shared();
    const { page } = app;
    const client = await machine(app, 33237);
    await page.evaluate(async () => {
      await window.crema.request('command', { vmcNo: 33237, name: 'reboot', input: {} });
      await window.crema.request('command', { vmcNo: 33237, name: 'rinse', input: {} });
    });
    says(client, drinkDone(33237, 810, true, 'o1'));
    // Colours do not depend on the language, and names do not depend on the theme.
    for (const [theme, language, said] of [
      [
        'light',
        'en',
        {
          brew: 'Brew',
          more: 'More',
          discount: 'Discount',
          prices: 'Prices',
          list: 'Commands, newest first',
        },
      ],
      [
        'dark',
        'zh-CN',
        { brew: '制作饮品', more: '更多', discount: '折扣', prices: '改价', list: '指令，从新到旧' },
      ],
    ] as const) {
      await page.evaluate((wanted) => window.crema.request('setSettings', wanted), { theme, language });
      await page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`).waitFor();
      await go(app, 33237, 'commands');
      await page.getByRole('listbox', { name: said.list }).getByRole('option').first().click();
      await page.waitForFunction(() => document.querySelector('[data-frame-text] pre')?.textContent !== '');
      await page.getByRole('button', { name: said.brew, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      // Errors must be readable in the dark theme too.
      await page.getByRole('dialog').getByRole('combobox').fill('0');
      expect(await accessibilityProblems(app), `brew in ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: said.more, exact: true }).click();
      await page.getByRole('menuitem', { name: said.discount, exact: true }).waitFor();
      expect(await accessibilityProblems(app), `commands and menu in ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: said.prices, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityProblems(app), `prices in ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.evaluate(() => window.crema.request('setSettings', { theme: 'system' }));
    client.socket.destroy();
  });
});

describe('a command', () => {
  it('that fails shows the reason, is recorded, and can be sent again', async () => {
    const app = await shared();
    const client = await machine(app, 44401, 'android');
    await go(app, 44401);
    // Products from its own orders and from the workshop's list are found by name.
    says(client, drinkDone(44401, 810, true, 'o1'));
    await app.page.evaluate(() =>
      window.crema.request('setSettings', {
        ownProducts: { 810: { fastcode: '152', at: 1 }, 811: { name: 'Mocha', at: 1 } },
      }),
    );
    await act(app, 'Brew');
    const product = app.page.getByRole('combobox', { name: 'Product id or name' });
    const offered = app.page
      .getByRole('listbox', { name: 'Known products of this machine' })
      .getByRole('option');
    await offered.filter({ hasText: 'Latte' }).getByText('its orders, products in Settings').waitFor();
    expect(await offered.count()).toBe(2);
    await product.fill('tea');
    await app.page.getByText('No known product is called “tea”').waitFor();
    expect(await app.page.getByRole('dialog').getByRole('button', { name: 'Brew' }).isDisabled()).toBe(true);
    await product.fill('o');
    await product.press('ArrowDown');
    await product.press('ArrowUp');
    await product.fill('latt');
    await product.press('Enter');
    expect(await product.inputValue()).toBe('810');
    // The taste from the workshop's list, in steps and as the code on the wire.
    const fastcode = app.page.getByLabel('Taste code');
    expect(await fastcode.inputValue()).toBe('152');
    await fastcode.fill('37');
    await app.page.getByText('3 digits, each 0 to 5.').waitFor();
    expect(await app.page.getByRole('dialog').getByRole('button', { name: 'Brew' }).isDisabled()).toBe(true);
    await fastcode.fill('335');
    await app.page.getByRole('radiogroup', { name: 'Sugar' }).getByText('0', { exact: true }).click();
    expect(await fastcode.inputValue()).toBe('330');
    await answer(app, 'Brew', /nobody pays for it/);
    await hears(client, '"fastcode":330');
    says(client, drinkDone(44401, 810, false));
    await line(app, 'Brew Latte (810), strength 3, milk 3, sugar 0')
      .getByText('drink not made: no cups (ERROR:5300)')
      .waitFor();
    await line(app, 'Brew').getByText('failed', { exact: true }).waitFor();
    client.socket.destroy();

    // The window knows the command only from the journal, as after a restart.
    const again = await shared();
    const back = await machine(again, 44401, 'android');
    await go(again, 44401, 'commands');
    await history(again).getByRole('option').filter({ hasText: 'Brew' }).click();
    const detail = again.page.getByRole('region', { name: /^Brew/ });
    await detail.getByText('drink not made: no cups (ERROR:5300)').waitFor();
    await detail.getByText(/"fastcode":330/).waitFor();
    await detail.getByRole('button', { name: 'Send again' }).click();
    expect(await again.page.getByRole('combobox').inputValue()).toBe('810');
    await answer(again, 'Brew', /Put a cup/);
    await hears(back, '"fastcode":330');
    says(back, drinkDone(44401, 810, true));
    await line(again, 'Brew').getByText('confirmed', { exact: true }).waitFor();
    await act(again, 'Rinse');
    await answer(again, 'Rinse', /Keep hands/);
    await hears(back, '"operation":"rinsing"');
    says(
      back,
      `{"cmd":"rinsingrecord","vmc_no":44401,"c_uid":"C${secondOf(Date.now())}1","isok":true,"rinsing_code":"all"}`,
    );
    await line(again, 'Rinse')
      .getByText(/rinse recorded; by the machine’s clock [\d.]+ s after/)
      .waitFor();
    back.socket.destroy();
  });
});
