/** Ten frequent jobs take the steps that docs/decisions/clicks.md says: clicks, pressed keys and typed texts. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { TestApp } from '../builders/app';
import { startApp } from '../builders/app';
import { drinkDone, machine, says } from '../builders/controlledPage';
import { Person } from '../builders/person';
import { decimalFrame, type RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { zipOf } from '../builders/zips';

/** By the number of the job: by mouse, and by keys. */
const documented = new Map<number, readonly (number | null)[]>();
beforeAll(async () => {
  const page = await readFile(join('docs', 'decisions', 'clicks.md'), 'utf8');
  for (const [, job, mouse, keys] of page.matchAll(/^\| (\d+)[^|]*\|[^|]*\| +(\d+) *\| +(\d+|–) *\|$/gm))
    documented.set(Number(job), [Number(mouse), keys === '–' ? null : Number(keys)]);
  expect(documented.size).toBe(10);
});
const takes = (job: number, { steps }: Person): void => expect(steps).toBe(documented.get(job)?.[0]);
const takesByKeys = (job: number, { steps }: Person): void => expect(steps).toBe(documented.get(job)?.[1]);

const fine = 33_232;
const broken = 33_233;
/** For jobs by keys: it has none of the commands given by mouse. */
const spare = 33_234;
const clients: RawClient[] = [];
afterAll(() => {
  for (const client of clients) client.socket.destroy();
});
const shared = sharedApp(undefined, async (app) => {
  const [one, another, other] = await Promise.all([fine, spare, broken].map((vmcNo) => machine(app, vmcNo)));
  if (one === undefined || another === undefined || other === undefined) throw new Error('no machines');
  clients.push(one, another, other);
  for (const [client, vmcNo] of [
    [one, fine],
    [another, spare],
  ] as const) {
    for (const product of [701, 702])
      says(client, drinkDone(vmcNo, product, true, `A20261126000${vmcNo}1${product}`));
    says(client, `{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"doorclose"}`);
  }
  says(
    other,
    `{"cmd":"error","vmc_no":${broken},"error_code":"ERROR:5300","error_description":"no cup","isSet":true,"is_fatal_error":true,"is_persistence_error":false}`,
  );
  says(other, `{"cmd":"hb","vmc_no":${broken}}`);
  await other.until(() => other.received.includes('"hb"'));
  // As the window opens next time.
  await app.page.evaluate(() => history.replaceState(null, '', location.pathname));
  await app.page.reload();
});

/** Presses Tab until the control has the focus. */
async function tabTo(person: Person, control: Locator): Promise<void> {
  const isThere = (): Promise<boolean> => control.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; !(await isThere()); tabs += 1) {
    if (tabs === 30) throw new Error(`Tab does not lead to ${control.toString()}`);
    await person.press('Tab');
  }
}

/** The window as it opens: with the table of machines. */
async function opened(): Promise<{ readonly app: TestApp; readonly person: Person }> {
  const app = await shared();
  await lineOf(app, fine).waitFor();
  expect(await app.page.evaluate(() => location.hash)).toBe('#/machines');
  return { app, person: new Person(app.page) };
}
const lineOf = ({ page }: TestApp, vmcNo: number): Locator =>
  page.getByRole('listbox', { name: 'All machines' }).locator(`[data-vmc="${vmcNo}"]`);
/** The command beside the dots of the line. */
async function beside(app: TestApp, command: string): Promise<Locator> {
  const its = lineOf(app, fine);
  await its.locator('[data-more]').hover();
  return its.locator(`[data-command="${command}"]`);
}
const rail = ({ page }: TestApp, name: string): Locator =>
  page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) });
const inDialog = ({ page }: TestApp, button: string): Locator =>
  page.getByRole('dialog').getByRole('button', { name: button, exact: true });
async function isClosed({ page }: TestApp): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
    throw new Error(`The dialog stays open: ${await dialog.innerText()}`, { cause });
  });
}
/** The question is answered, and Crema has the command. */
async function isGiven(app: TestApp, vmcNo: number, name: CommandName): Promise<void> {
  await isClosed(app);
  const reply = await app.page.evaluate(
    (number) => window.crema.request('commands', { vmcNo: number, before: null, limit: 20 }),
    vmcNo,
  );
  expect(reply.ok && reply.value.map((command) => command.name)).toContain(name);
}

/** By palette: the machine and the command in one text, then the question. */
async function byPalette(
  text: string,
  found: string,
): Promise<{ readonly app: TestApp; readonly person: Person }> {
  const { app, person } = await opened();
  await person.press('Control+k');
  await person.types(text, app.page.getByRole('combobox'));
  await app.page.getByRole('option', { selected: true }).filter({ hasText: found }).waitFor();
  await person.press('Enter');
  return { app, person };
}
describe('with connected machines', () => {
  it('3: what is wrong with a machine, and what to do', async () => {
    const { app, person } = await opened();
    await lineOf(app, broken)
      .getByText(/no cups \(ERROR:5300\)/)
      .waitFor();
    await person.click(lineOf(app, broken));
    await app.page.getByText('Refill cups.').first().waitFor();
    takes(3, person);

    const again = await opened();
    await again.person.press('j');
    await again.person.press('Enter');
    await app.page.getByText('Refill cups.').first().waitFor();
    takesByKeys(3, again.person);
    // Keys also lead to why, and to the frame that says so.
    const why = app.page
      .getByRole('list', { name: 'Problems' })
      .getByRole('button', { name: 'No cups' })
      .first();
    await tabTo(again.person, why);
    await again.person.press('Enter');
    await app.page.getByText('The cup sensor sees no cup').waitFor();
    await tabTo(again.person, app.page.getByRole('button', { name: 'Show the frame: No cups' }));
    await again.person.press('Enter');
    await app.page
      .getByRole('region', { name: /^Frame \d+$/ })
      .getByRole('treeitem', { name: /ERROR:5300/ })
      .waitFor();
  });

  it.each([
    [4, 'openDoor', 'Open door'],
    [5, 'rinse', 'Rinse'],
  ] as const)('%i: %s', async (job, command, name) => {
    const { app, person } = await opened();
    await person.click(await beside(app, command));
    await person.click(inDialog(app, name));
    await isGiven(app, fine, command);
    takes(job, person);
  });

  it.each([
    [4, 'openDoor', 'Open door'],
    [5, 'rinse', 'Rinse'],
  ] as const)('%i by palette', async (job, command, name) => {
    const { app, person } = await byPalette(`${spare} ${name}`, name);
    await inDialog(app, name).and(app.page.locator(':focus')).waitFor();
    await person.press('Enter');
    await isGiven(app, spare, command);
    takesByKeys(job, person);
  });

  it('6: a test drink', async () => {
    const { app, person } = await opened();
    await person.click(await beside(app, 'makeDrink'));
    await person.click(app.page.getByRole('dialog').getByRole('option').filter({ hasText: '702' }));
    await person.click(inDialog(app, 'Brew'));
    await isGiven(app, fine, 'makeDrink');
    takes(6, person);

    const { person: byKeys } = await byPalette(`${spare} brew`, 'Brew');
    await byKeys.types('702', app.page.getByRole('dialog').getByRole('combobox'));
    await byKeys.click(inDialog(app, 'Brew'));
    await isGiven(app, spare, 'makeDrink');
    takesByKeys(6, byKeys);
  });

  it('7: a price', async () => {
    const { app, person } = await opened();
    await person.click(await beside(app, 'setPrices'));
    await person.types('11.00', app.page.getByLabel('Price (yuan), row 1'));
    // Enter sends nothing.
    await app.page.keyboard.press('Enter');
    await person.click(inDialog(app, 'Set prices'));
    await isGiven(app, fine, 'setPrices');
    takes(7, person);

    const { person: byKeys } = await byPalette(`${spare} prices`, 'Prices');
    await byKeys.types('11.00', app.page.getByLabel('Price (yuan), row 1'));
    await byKeys.click(inDialog(app, 'Set prices'));
    await isGiven(app, spare, 'setPrices');
    takesByKeys(7, byKeys);
  });

  it('8: an upgrade with a file', async () => {
    const { app, person } = await opened();
    const file = join(app.dataDirectory, 'vendui_1.2.9.0.zip');
    await writeFile(file, await zipOf({ 'vendui/main': 'x' }));
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, file);
    await person.click(await beside(app, 'upgrade'));
    await person.click(inDialog(app, 'Choose ZIP…'));
    await person.click(inDialog(app, 'Upgrade'));
    await isGiven(app, fine, 'upgrade');
    // The ZIP did not name its program: it was sent as one for this machine's.
    const snapshot = await app.page.evaluate(() => window.crema.request('snapshot', undefined));
    expect(snapshot.ok && snapshot.value.packages.map(({ platform }) => platform)).toEqual(['linux']);
    takes(8, person);

    // The file can also be dropped on the line.
    const { person: byDrop } = await opened();
    const place = await lineOf(app, broken).boundingBox();
    if (place === null) throw new Error('no line');
    await byDrop.drops({
      file,
      x: place.x + 200,
      y: place.y + place.height / 2,
      text: `Drop here to upgrade machine ${broken}`,
    });
    await byDrop.click(inDialog(app, 'Upgrade'));
    await isGiven(app, broken, 'upgrade');
    expect(byDrop.steps).toBe(2);

    const { person: byKeys } = await byPalette(`${spare} upgrade`, 'Upgrade');
    // The package is in the library now.
    await inDialog(app, 'Upgrade').and(app.page.locator(':focus')).waitFor();
    // Until the chosen file has arrived, a click does not send another package.
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () =>
        new Promise((resolve) => {
          Object.assign(globalThis, { chooseZip: () => resolve({ canceled: false, filePaths: [path] }) });
        });
    }, file);
    await byKeys.click(inDialog(app, 'Choose ZIP…'));
    await expect.poll(() => inDialog(app, 'Upgrade').isDisabled()).toBe(true);
    await app.electron.evaluate(() => (globalThis as unknown as { chooseZip: () => void }).chooseZip());
    await byKeys.click(inDialog(app, 'Upgrade'));
    await isGiven(app, spare, 'upgrade');
    takesByKeys(8, byKeys);
  });

  it('9: an order by the end of its number', async () => {
    const { app, person } = await opened();
    const { page } = app;
    await person.click(page.getByRole('button', { name: 'Search' }).first());
    await person.types('321701', page.getByRole('combobox'));
    await person.click(page.getByRole('option').filter({ hasText: '321701' }));
    await page.getByRole('region', { name: /^Order number .*321701$/ }).waitFor();
    takes(9, person);

    const { person: byKeys } = await byPalette('321701', '321701');
    await page.getByRole('region', { name: /^Order number .*321701$/ }).waitFor();
    takesByKeys(9, byKeys);
  });

  it('10: the frames of an error as a file', async () => {
    const { app, person } = await opened();
    const file = join(app.dataDirectory, 'error.pcapng');
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    }, file);
    await person.click(rail(app, 'Errors'));
    const error = app.page.getByRole('listbox', { name: 'Errors, newest first' }).getByRole('option').first();
    await person.click(error.locator('[data-export]'));
    await app.page.getByRole('radio', { name: /around this error$/, checked: true }).waitFor();
    await person.click(inDialog(app, 'Choose file…'));
    await isClosed(app);
    await expect.poll(() => existsSync(file)).toBe(true);
    takes(10, person);

    const { person: byKeys } = await opened();
    await byKeys.press('Control+4');
    await error.waitFor();
    await byKeys.press('j');
    await byKeys.click(app.page.getByRole('button', { name: 'Export its frames…' }));
    await inDialog(app, 'Choose file…').and(app.page.locator(':focus')).waitFor();
    await byKeys.press('Enter');
    await isClosed(app);
    takesByKeys(10, byKeys);
  });
});

it('a double click on a command beside the dots only asks', async () => {
  const { app } = await opened();
  const its = lineOf(app, broken);
  await its.locator('[data-more]').hover();
  await its.locator('[data-command="openDoor"]').dblclick();
  await inDialog(app, 'Open door').waitFor();
  const reply = await app.page.evaluate(
    (vmcNo) => window.crema.request('commands', { vmcNo, before: null, limit: 20 }),
    broken,
  );
  expect(reply.ok && reply.value.filter(({ name }) => name === 'openDoor')).toEqual([]);
  await app.page.keyboard.press('Escape');
  await isClosed(app);
});

/** An address at which machines can reach this computer. */
const address = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe('at the first start', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ size: { width: 1366, height: 768 } });
  });
  afterAll(() => app.close());

  it('2: why no machine arrives', async () => {
    const person = new Person(app.page);
    const stop = app.page.locator('[data-code="loopback"][data-state="stop"]');
    await stop.waitFor();
    takes(2, person);
    takesByKeys(2, person);
    // Keys also lead to the steps before it.
    const steps = app.page.getByRole('button', { name: 'Steps of a connection' });
    await tabTo(person, steps);
    await person.press('Enter');
    await app.page.getByText(/^Crema is listening on 127\.0\.0\.1/).waitFor();
    expect(await steps.getAttribute('aria-expanded')).toBe('true');
    await person.press('Enter');
    await app.page.reload();
  });

  it.runIf(address !== undefined)('1: a new machine', async () => {
    const { page } = app;
    const listen = page.getByRole('button', { name: `Listen on ${address}` });
    const open = page.getByRole('button', { name: `Open machine ${fine}` });
    const port = async (): Promise<number> =>
      page.evaluate(async () => {
        const snapshot = await window.crema.request('snapshot', undefined);
        const machines = snapshot.ok ? snapshot.value.listeners.machines : null;
        return machines?.status === 'listening' && machines.host !== '127.0.0.1' ? machines.port : 0;
      });
    /** A machine connects to the address. */
    const connects = async (): Promise<Socket> => {
      await expect.poll(port).toBeGreaterThan(0);
      const socket = connect({ host: address ?? '', port: await port() });
      socket.write(
        decimalFrame(
          `{"cmd":"login","vmc_no":${fine},"timestamp":"20261202","sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
        ),
      );
      await open.waitFor();
      return socket;
    };
    const person = new Person(page);
    await person.click(listen);
    const first = await connects();
    takes(1, person);
    first.destroy();

    // As at the first start.
    const used = await port();
    await page.evaluate(
      (at) => window.crema.request('listen', { which: 'machines', host: '127.0.0.1', port: at }),
      used,
    );
    await open.waitFor({ state: 'detached' });
    await page.evaluate((vmcNo) => window.crema.request('forgetMachine', { vmcNo }), fine);
    await page.reload();
    const byKeys = new Person(page);
    await page.getByRole('heading', { name: 'Connect a machine' }).and(page.locator(':focus')).waitFor();
    await tabTo(byKeys, listen);
    await byKeys.press('Enter');
    const second = await connects();
    takesByKeys(1, byKeys);
    await tabTo(byKeys, open);
    await byKeys.press('Enter');
    await page.getByRole('heading', { name: String(fine), level: 1 }).waitFor();
    second.destroy();
  });
});
