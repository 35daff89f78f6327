/**
 * Data that survive a restart in the real app: orders, names that people gave, and records written before a kill in the middle
 * of traffic. The audit trail survives too, and shows changes made to its file meanwhile.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, expect, it } from 'vitest';
import type { Reply } from '#shared/contract/requests/index';
import { everyFrame } from '#shared/filter/frames';
import type { StoredEntry } from '#shared/model/frame';
import type { StoredPage } from '../../src/main/journal/queries/frames';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { onRecord } from '../builders/counted';
import { openedJournal } from '../builders/journal';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

const shared = sharedApp();
/** The same data, in the next run. */
async function restarted(meanwhile?: (dataDirectory: string) => void): Promise<TestApp> {
  const app = await shared.restart(meanwhile === undefined ? {} : { meanwhile });
  await app.page.mouse.move(700, 4);
  return app;
}

const texts = async (app: TestApp): Promise<string[]> => {
  const lines = app.page.getByRole('listbox', { name: 'Audit trail, newest first' }).getByRole('option');
  return (await lines.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
};

/** First test, because the trail begins with the app. */
async function leavesTrail(first: TestApp): Promise<void> {
  const { page } = first;
  const client = await logIn(first, 33232);
  clients.push(client);
  await page.evaluate(async () => {
    location.hash = '#/machines/33232/overview';
    await window.crema.request('setSettings', { person: 'Li Wei' });
    await window.crema.request('command', { vmcNo: 33232, name: 'queryStatus', input: {} });
    await window.crema.request('command', { vmcNo: 33232, name: 'queryStatus', input: {} });
    await window.crema.request('disconnect', { vmcNo: 999 });
  });
  await client.until(() => client.received.includes('statusquery'));
  client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"normal"}'));
  await page.keyboard.press('Control+8');
  await page.getByRole('tab', { name: 'Audit trail' }).click();
  await expect.poll(() => texts(first)).toHaveLength(7);
  const lines = await texts(first);
  expect(lines[0]).toMatch(/Crema 33232 Query status: confirmed$/);
  expect(lines[1]).toMatch(/Li Wei 999 Disconnected a machine not done: .*999/);
  expect(lines[2]).toMatch(/Li Wei 33232 Query status not done: /);
  expect(lines[3]).toMatch(/Li Wei 33232 Query status issued$/);
  expect(lines[4]).toMatch(/Li Wei Changed settings · Your name Li Wei done$/);
  expect(lines[5]).toMatch(/Changed settings · Language English done$/);
  expect(lines[6]).toMatch(/Start of the trail/);
  expect(
    await page.getByRole('status').filter({ hasText: '7 entries, integrity check passed' }).count(),
  ).toBe(1);
  expect(await accessibilityProblems(first)).toEqual([]);

  await page.getByRole('option').nth(3).click();
  const detail = page.getByRole('region', { name: 'Entry 4' });
  expect(await detail.innerText()).toContain('unchanged, and follows the entry before');
  await detail.getByRole('link', { name: 'Machines' }).waitFor();
  expect(await accessibilityProblems(first)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('textbox', { name: 'Search the audit trail' }).fill('disconnected');
  await expect.poll(() => texts(first)).toHaveLength(1);
  await page.getByRole('textbox', { name: 'Search the audit trail' }).fill('');
  await page.getByRole('combobox', { name: 'Result' }).click();
  await page.getByRole('option', { name: 'Not done', exact: true }).click();
  await expect.poll(() => texts(first)).toHaveLength(2);

  const target = join(first.dataDirectory, 'saved.csv');
  await first.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await page.getByText('Saved as saved.csv.').waitFor();
  const saved = readFileSync(target, 'utf8').trimEnd().split('\r\n');
  expect(saved).toHaveLength(3);
  expect(saved[2]).toContain(',Li Wei,/machines/33232/overview,Disconnected a machine,999,');
}

/** Changes one of the first five lines, removes the rest, and adapts the file with the trail's end. The journal remembers more. */
function changeTrail(dataDirectory: string): void {
  const trail = join(dataDirectory, 'audit.jsonl');
  const five = readFileSync(trail, 'utf8').split('\n').slice(0, 5);
  const { n, hash } = JSON.parse(five[4] ?? '') as { readonly n: number; readonly hash: string };
  writeFileSync(trail, `${five.join('\n')}\n`.replace('"queryStatus"', '"rinse"'));
  writeFileSync(`${trail}.end`, JSON.stringify({ n, hash }));
}
async function trailIsChanged(second: TestApp): Promise<void> {
  await second.page.evaluate(() => {
    location.hash = '#/work/audit';
  });
  await second.page.getByText('2 places where entries were changed or are not verified').waitFor();
  await expect
    .poll(async () => (await texts(second)).filter((text) => text.includes('the entry was changed')))
    .toHaveLength(1);
  await second.page.getByRole('button', { name: 'Show them' }).click();
  await expect.poll(() => texts(second)).toHaveLength(2);
  expect(await texts(second)).toContainEqual(expect.stringContaining('entries at the end were removed'));
}

const vmcNo = 33_241;
async function machine(app: TestApp): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  client.send(
    decimalFrame(`{"cmd":"login","vmc_no":${vmcNo},"version":"3.4.4","io_version":"2.0","login_count":2}`),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}
const times = (client: RawClient, text: string): number =>
  client.received.toString('latin1').split(text).length - 1;

/** More than the limit of a machine's history. */
const count = 55;
const sells = async (app: TestApp): Promise<void> => {
  const client = await machine(app);
  for (let n = 0; n < count; n += 1)
    client.send(
      decimalFrame(
        `{"cmd":"productdone","vmc_no":${vmcNo},"order_no":"S${100 + n}","ProductId":101,"ProductAmount":1000,"isok":true,"PayType":"wx_pub","timestamp":"202503181${n % 10}5359"}`,
      ),
    );
  await client.until(() => times(client, '"productdone_r"') === count);
  client.socket.destroy();
};
const shown = async (app: TestApp): Promise<void> => {
  await go(app, '#/orders');
  const first = app.page.getByRole('listbox', { name: 'Orders, newest first' }).getByRole('option').first();
  await expect.poll(() => first.getAttribute('aria-setsize')).toBe(String(count));
  const reply = await app.page.evaluate(
    (number) => window.crema.request('orders', { vmcNo: number, before: null, limit: 500 }),
    vmcNo,
  );
  const orders = reply.ok ? reply.value : [];
  expect(orders).toHaveLength(count);
  expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(count);
  // As many as it keeps, each once.
  const detail = await app.page.evaluate(
    (number) => window.crema.request('watchMachine', { vmcNo: number }),
    vmcNo,
  );
  const known = detail.ok ? (detail.value?.state.orders ?? []) : [];
  expect(new Set(known.map(({ orderNo }) => orderNo)).size).toBe(50);
  expect(known).toHaveLength(50);
  await go(app, `#/machines/${vmcNo}/orders`);
  const own = app.page
    .getByRole('listbox')
    .getByRole('option', { name: /S1\d\d/ })
    .first();
  await expect.poll(() => own.getAttribute('aria-setsize')).toBe(String(count));
};
const code = 'ERROR:F7F7';
const fails = async (app: TestApp): Promise<void> => {
  const client = await machine(app);
  client.send(
    decimalFrame(
      `{"cmd":"error","vmc_no":${vmcNo},"error_code":"${code}","isSet":true,"is_fatal_error":true}`,
    ),
  );
  await client.until(() => client.received.includes('"error_r"'));
};
const named = async (app: TestApp): Promise<void> => {
  const { page } = app;
  await go(app, '#/errors');
  const line = page.getByRole('listbox', { name: 'Errors, newest first' }).getByRole('option').first();
  await line.getByText('Grinder jam').waitFor();
  await go(app, `#/machines/${vmcNo}/overview`);
  await page.getByRole('list', { name: 'Problems' }).getByText('Grinder jam').waitFor();
  // The machine's sentence, in the list and on its page.
  await expect.poll(() => page.getByText(/Grinder jam/).count()).toBeGreaterThan(1);
  await go(app, `#/machines/${vmcNo}/errors`);
  await page.getByRole('listbox').getByText('Grinder jam').first().waitFor();
  await go(app, '#/inspector');
  await page.locator('[data-frame]', { hasText: 'Grinder jam' }).first().waitFor();
};

async function givesName(app: TestApp): Promise<void> {
  await go(app, '#/errors');
  await app.page.getByRole('listbox', { name: 'Errors, newest first' }).getByText(code).click();
  await app.page.getByRole('button', { name: 'Edit this entry' }).click();
  await app.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Grinder jam');
  await app.page.getByRole('button', { name: 'Save' }).click();
}
const hangUp = (): void => clients.splice(0).forEach((client) => client.socket.destroy());

const hb = (n: number): string => decimalFrame(`{"cmd":"hb","vmc_no":501,"n":${String(n).padStart(7, '0')}}`);
const answer = decimalFrame('{"cmd":"hb","vmc_no":501}');

/** Gives how many frames must be in the journal by then. */
async function killedInTraffic(app: TestApp): Promise<number> {
  // Nothing of them is drawn.
  await go(app, '#/settings');
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  client.socket.removeAllListeners('data');
  let bytes = 0;
  client.socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const file = new DatabaseSync(join(app.dataDirectory, 'journal.sqlite'), { readOnly: true });
  const query = file.prepare('PRAGMA data_version');
  const version = (): unknown => (query.get() as { readonly data_version: number }).data_version;
  /** Each growth of the file: the number of the poll, and the number of frames answered by then. */
  const commits: { readonly look: number; readonly answered: number }[] = [];
  let seen = version();
  for (let look = 0; commits.length < 10; look += 1) {
    client.send(Array.from({ length: 8 }, (_, i) => hb(8 * look + i)).join(''));
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = version();
    if (now !== seen) commits.push({ look, answered: Math.floor(bytes / answer.length) });
    seen = now;
  }
  const pid = app.electron.process().pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await client.until(() => client.closed);
  file.close();
  // One batch is written while the next waits. The duration of each depends on the computer, which also delays the polls
  // (10 ms and more). The frequency of the batches is up to Crema.
  const mustBeThere = commits.at(-4)?.answered ?? 0;
  expect(mustBeThere).toBeGreaterThan(100);
  const apart = commits.map(({ look }, n) => look - (commits[n - 1]?.look ?? Number.NEGATIVE_INFINITY));
  expect(Math.min(...apart)).toBeLessThanOrEqual(20);
  return mustBeThere;
}

/** Checks that no frame is missing in between; gives how many are kept. */
function opensClean(dataDirectory: string, mustBeThere: number): number {
  const result = openedJournal(join(dataDirectory, 'journal.sqlite'));
  expect(result.damagedCopy).toBeNull();
  const kept: StoredEntry[] = [];
  for (let top: number | null = null, more = true; more; more = top !== null) {
    const filter = { ...everyFrame, vmcNo: 501 };
    const page: StoredPage = result.store.frames({
      filter,
      place: { before: top },
      limit: 5_000,
      now: 0,
      names: {},
    });
    kept.push(...page.entries.filter((entry) => entry.kind === 'frame' && entry.dir === 'in'));
    top = page.next;
  }
  result.store.close();
  const text = (entry: (typeof kept)[number]): string =>
    'bytes' in entry ? Buffer.from(entry.bytes).toString() : '';
  expect(kept.length).toBeGreaterThanOrEqual(mustBeThere);
  // Oldest to newest without a gap.
  expect(kept.toReversed().map(text)).toEqual(kept.map((_, n) => hb(n)));
  return kept.length;
}

/** The next run knows the machine and its disconnection. */
async function showsKept(second: TestApp, kept: number): Promise<void> {
  const snapshot = await second.page.evaluate(() => window.crema.request('snapshot', undefined));
  expect(snapshot.ok && snapshot.value.machines.find((one) => one.vmcNo === 501)).toMatchObject({
    online: false,
  });
  const watched = await second.page.evaluate(() => window.crema.request('watchMachine', { vmcNo: 501 }));
  expect(watched.ok && watched.value?.state.counts.framesIn).toBe(kept);
  // A page ends early if a slow computer exceeds its time limit, and names the place to continue from.
  const rows = await second.page.evaluate(async (wanted) => {
    let found = 0;
    for (let before: number | null = null, more = true; more && found < wanted; more = before !== null) {
      const reply: Reply<'frames'> = await window.crema.request('frames', {
        filter: { vmcNo: 501, dir: 'in', cmd: 'HB', text: '' },
        place: { before },
        limit: wanted - found,
      });
      if (!reply.ok) return reply.error.code;
      found += reply.value.rows.length;
      before = reply.value.next;
    }
    return found;
  }, 300);
  // The number of frames within ten batches depends on the computer.
  expect(rows).toBe(Math.min(300, kept));
}

it('orders sent twice stay one each, and names and the audit trail stay, after a restart; after kill -9 all but the last batches, which are written every 100 ms', async () => {
  const first = await shared();
  await leavesTrail(first);
  await sells(first);
  await shown(first);
  await fails(first);
  await givesName(first);
  await named(first);
  hangUp();

  const second = await restarted(changeTrail);
  await trailIsChanged(second);
  await shown(second);
  await sells(second);
  await shown(second);
  expect(await onRecord(second, 'finding:order.repeated')).toBe(count);
  await fails(second);
  await named(second);
  hangUp();
  const mustBeThere = await killedInTraffic(second);
  const kept = opensClean(second.dataDirectory, mustBeThere);

  const third = await restarted();
  await showsKept(third, kept);
  await shown(third);
  const db = new DatabaseSync(join(third.dataDirectory, 'journal.sqlite'), { readOnly: true });
  const rows = db.prepare('SELECT count(*) AS count, min(done_times) AS least FROM orders').get() as unknown;
  db.close();
  expect(rows).toEqual({ count, least: 2 });
});
