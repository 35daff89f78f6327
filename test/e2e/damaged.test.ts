/**
 * The window reports damaged data with the loss: settings by name, and rows of the journal. One byte is changed
 * in each JSON column in turn. The banner counts the damaged rows of each kind, all other data are there, and machines
 * are served. Damage is per row, so one start covers several columns, if the banner distinguishes them.
 */
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import type { OrderRecord } from '#shared/model/history';
import { copyOf } from '../../src/main/lib/files/keptFile';
import { queuedCommand, sentCommand } from '../../src/main/machines/commands/judge';
import { accessibilityProblems } from '../builders/accessibility';
import { newDataFolder, startApp, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { connection, World } from '../builders/connection';
import { onRecord } from '../builders/counted';
import { makeSettings, wholeSettings } from '../builders/damagedSettings';
import { removed } from '../builders/folders';
import { batchOf, openStore } from '../builders/journal';
import { useFolder } from '../builders/useFolder';

const machines = Array.from({ length: 40 }, (_, n) => 33_001 + n);
const newcomer = 50_001;
/** Heartbeats for eight blocks of the index. */
const beats = 2_250;
const made = useFolder('all');
let folder = '';
let app: TestApp | null = null;
let runs = 0;

beforeAll(() => {
  makeJournal(made('journal.sqlite'));
});
afterAll(async () => {
  await end();
});
async function end(): Promise<void> {
  await app?.close({ keepData: true });
  app = null;
  if (folder !== '') await removed(folder);
  folder = '';
}

/** Forty machines with an order and a command each. */
function makeJournal(file: string): void {
  const store = openStore(file);
  const world = new World();
  world.now = Date.now() - 3_600_000;
  const orders = new Map<number, OrderRecord>();
  world.entryLog.onEntry((_entry, change) => {
    for (const order of change?.orders ?? []) orders.set(order.entry, order);
  });
  const links = machines.map((vmc_no) =>
    connection({}, world)
      .receives({ cmd: 'login', vmc_no, version: '1.0', linuxDriverVersion: '1.3' })
      .receives({ cmd: 'machinestatus', vmc_no, status: 'dooropen' })
      .receives({
        cmd: 'qrcode',
        vmc_no,
        qr_type: 'wx_pub',
        product_id: 8,
        Amount: 900,
        order_no: `o${vmc_no}`,
      })
      .receives({ cmd: 'productdone', vmc_no, order_no: `o${vmc_no}`, isok: true }),
  );
  for (let n = 0; n < beats; n += 1)
    links[n % links.length]?.receives({ cmd: 'hb', vmc_no: machines[n % machines.length] ?? 0 });
  const now = Date.now();
  const commands = machines.map((vmcNo, n) => {
    const sent = { platform: 'linux', conn: links[n]?.conn ?? 0, entry: 9 } as const;
    return sentCommand(
      queuedCommand(
        { id: n + 1, vmcNo, name: 'setDiscount', input: { percent: 80 }, sessionId: `s${n}` },
        now,
      ),
      sent,
      now,
    );
  });
  const last = world.entries.at(-1)?.id ?? 0;
  store.append(
    batchOf({
      // As on a full disk: the numbers of each block have a gap, so that the blocks are listed.
      entries: world.entries.filter(({ id }) => id < 600 || id % 500 !== 250),
      orders: [...orders.values()],
      commands,
      machines: [...world.fleet.machines.values()].map((machine) => ({
        vmcNo: machine.vmcNo,
        entry: last,
        state: JSON.stringify(machine),
      })),
      marks: [],
    }),
  );
  store.close();
}

/** The place that reads the rows of each kind, and their name in the banner. Columns of one `start` are damaged together. */
const columns = [
  {
    start: 1,
    table: 'machines',
    column: 'state',
    key: 'vmc_no',
    rows: 40,
    at: '#/machines',
    said: /([\d,]+) machine[’s]/,
  },
  {
    start: 1,
    table: 'commands',
    column: 'body',
    key: 'id',
    rows: 40,
    at: '#/machines',
    said: /([\d,]+) commands?/,
  },
  {
    start: 1,
    table: 'orders',
    column: 'body',
    key: 'id',
    rows: 40,
    at: '#/orders',
    said: /([\d,]+) orders?/,
  },
  {
    start: 1,
    table: 'entries',
    column: 'detail',
    key: 'id',
    where: "kind = 'opened'",
    rows: 40,
    at: '#/inspector',
    filter: 'kind:opened',
    said: /([\d,]+) frames? or event/,
  },
  {
    start: 1,
    table: 'blocks',
    column: 'shapes',
    key: 'first',
    rows: 8,
    at: '#/inspector',
    filter: 'dir:in',
    said: /([\d,]+) parts? of the index/,
  },
  {
    start: 2,
    table: 'facts',
    column: 'ids',
    key: 'block',
    rows: 8,
    at: '#/inspector',
    // The index must be read before the entry.
    filter: 'dir:in size>20',
    said: /([\d,]+) parts? of the index/,
  },
] as const;

/** Starts with damaged settings: some of them, with a machine's state and a mark in the journal, or the whole file. */
const withoutSettings = 1;
const withSettings = 2;
/** The content of a lost disk block. */
const nothing = '\0'.repeat(512);
/** Unreadable rows of the journal. */
function damageRows(): void {
  const db = new DatabaseSync(join(folder, 'journal.sqlite'));
  db.exec(`UPDATE machines SET state = replace(state, '"vmcNo":', '"vmcNo";') WHERE vmc_no = ${machines[1]};
    INSERT INTO marks (entry, marked, note) VALUES (1, 3, 'x')`);
  db.close();
}
// No dialog would have accepted it: it is not lost, and must not be counted.
const rule = {
  id: 1,
  name: 'No upgrade',
  filter: 'cmd:',
  when: 'always',
  does: 'drop',
  answer: '',
  isOn: true,
};
const damagedSettings = {
  ...wholeSettings,
  settings: {
    ...wholeSettings.settings,
    machineListen: { host: 'here', port: '9700' },
    relay: { ...wholeSettings.settings.relay, rules: [rule] },
  },
  machines: { ...wholeSettings.machines, 33232: { name: 7, platform: 'linux' } },
  secrets: { ...wholeSettings.secrets, 44401: 12 },
};

async function speaks({ page }: TestApp, language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((wanted) => window.crema.request('setSettings', { language: wanted }), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}
const saying = ({ page }: TestApp, text: string): Locator =>
  page.locator('[role="status"], [role="alert"]').filter({ hasText: text });

/** For each column of a start, the number of rows with invalid JSON. */
let broken = new Map<Column, number>();
/** The app with the damage of this start; reuses the open app if it began with that damage. */
async function started(start: number): Promise<TestApp> {
  onTestFailed(end);
  if (app !== null && runs === start) return app;
  await end();
  folder = await newDataFolder();
  runs = start;
  const damaged = columns.filter((column) => column.start === start);
  copyFileSync(made('journal.sqlite'), join(folder, 'journal.sqlite'));
  broken = new Map();
  for (const column of damaged) {
    const texts = flip(column);
    expect(texts).toHaveLength(column.rows);
    broken.set(column, texts.filter((text) => !canParse(text)).length);
    // A changed digit may still be valid; most changes are not.
    expect(broken.get(column), column.table).toBeGreaterThan(column.rows / 3);
  }
  if (start === withSettings) {
    damageRows();
    makeSettings(folder, { made: JSON.stringify(damagedSettings) });
  }
  if (start === withoutSettings) {
    makeSettings(folder, { made: nothing });
    // Otherwise Crema uses the copy.
    writeFileSync(copyOf(join(folder, 'settings.json')), nothing);
  }
  app = await startApp({
    dataDirectory: folder,
    language: null,
    size: { width: 1366, height: 768 },
  });
  await speaks(app, 'en');
  return app;
}

async function byteInEachColumn(start: number): Promise<void> {
  const on = await started(start);
  const { page } = on;
  const banner = page.locator('[role="status"], [role="alert"]').filter({ hasText: 'damaged on the disk' });
  for (const [column, least] of broken) {
    await go(on, column.at);
    if ('filter' in column) {
      await page.getByRole('combobox', { name: 'Filter', exact: true }).first().fill(column.filter);
      await page.keyboard.press('Enter');
      // The list reads for a limited time and may stay at the place of the previous filter. The count reads everything.
      await onRecord(on, column.filter);
    }
    const count = async (): Promise<number> =>
      Number(column.said.exec(await banner.innerText().catch(() => ''))?.[1]?.replace(',', '') ?? 0);
    // The banner counts every row with invalid JSON, and those of the others that fail the schema.
    await expect.poll(count, { timeout: 20_000, message: column.table }).toBeGreaterThanOrEqual(least);
    expect(await count()).toBeLessThanOrEqual(column.rows);
  }

  (await logIn(on, newcomer)).socket.destroy();
  (await logIn(on, machines[0] ?? 0)).socket.destroy();
  const known = async (): Promise<ReadonlySet<number>> => {
    const snapshot = await page.evaluate(() => window.crema.request('snapshot', undefined));
    return new Set(snapshot.ok ? snapshot.value.machines.map(({ vmcNo }) => vmcNo) : []);
  };
  // The machines thread publishes a new row a moment after the machine has its answer.
  await expect.poll(known).toEqual(new Set([...machines, newcomer]));
}

const saidOfRows = {
  en: ['Some records were damaged on the disk: 1 machine’s state', '1 mark'],
  'zh-CN': ['磁盘上有部分记录已损坏：1台机器的状态', '1个标记'],
} as const;

const lost = {
  en: [
    'Some settings could not be read',
    'the address for machines',
    'machine 33232: name',
    'machine 44401: verification code',
    'The file is kept as',
    'Dismiss',
  ],
  'zh-CN': ['部分设置无法读取', '33232', '44401', '知道了'],
} as const;

it('start 1: a byte in the rows of each column', () => byteInEachColumn(1));

it('damage of the whole settings file: the consequences are reported', async () => {
  const on = await started(withoutSettings);
  const banner = saying(on, 'The settings could not be read');
  await banner.waitFor();
  expect(await banner.innerText()).toMatch(
    /Machine names, verification codes, listening addresses.*The file is kept as/s,
  );
});

it('start 2: a byte in the rows of each column', () => byteInEachColumn(2));

it('damage of journal rows: the number of each kind; of settings: the lost names, codes and addresses', async () => {
  const on = await started(withSettings);
  const copy = readdirSync(folder).find((name) => name.startsWith('settings.damaged-')) ?? 'none';
  for (const language of ['zh-CN', 'en'] as const) {
    await speaks(on, language);
    const [first, ...others] = lost[language];
    const banner = saying(on, first);
    await banner.waitFor();
    const text = await banner.innerText();
    for (const what of others) expect(text).toContain(what);
    expect(text).toContain(join(folder, copy));
    const [states, marks] = saidOfRows[language];
    const ofRows = saying(on, states);
    await ofRows.waitFor();
    await expect.poll(() => ofRows.innerText()).toContain(marks);
    expect(await accessibilityProblems(on)).toEqual([]);
  }
  const banner = saying(on, lost.en[0]);
  await banner.getByRole('button').last().click();
  await banner.waitFor({ state: 'hidden' });
  // The machine is still there, and every screen shows the banner about its records.
  await go(on, `#/machines/${machines[1]}/overview`);
  await on.page
    .getByRole('heading', { name: new RegExp(String(machines[1])) })
    .first()
    .waitFor();
  const ofRows = saying(on, 'Some records were damaged on the disk');
  await ofRows.getByRole('button', { name: 'Dismiss' }).click();
  await ofRows.waitFor({ state: 'hidden' });
  await go(on, '#/relay');
  await on.page.locator('[data-rule="1"]').getByText('This rule has no effect').waitFor();
  expect(await accessibilityProblems(on)).toEqual([]);
});

type Column = (typeof columns)[number];

/** Changes one byte in this many rows, like a bad disk; gives the new values. */
function flip({ table, column, key, rows, ...more }: Column): readonly string[] {
  const random = seeded(7);
  const db = new DatabaseSync(join(folder, 'journal.sqlite'));
  const where = 'where' in more ? more.where : `${column} IS NOT NULL`;
  const found = db
    .prepare(
      `SELECT ${key} AS id, CAST(${column} AS BLOB) AS bytes FROM ${table} WHERE ${where} ORDER BY ${key} LIMIT ?`,
    )
    .all(rows) as readonly { readonly id: number; readonly bytes: Uint8Array }[];
  const texts = found.map(({ id, bytes: as }) => {
    const bytes = Buffer.from(as);
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    db.prepare(`UPDATE ${table} SET ${column} = CAST(? AS TEXT) WHERE ${key} = ?`).run(bytes, id);
    return bytes.toString('utf8');
  });
  db.close();
  return texts;
}

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
