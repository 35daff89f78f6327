/**
 * A byte changed by the disk in each JSON column of the journal in turn, 200 of them behind a window: it says how many rows of which
 * kind were damaged, everything else is there, and machines are served. Damage is per row, so that one start has many of them,
 * of several columns where the banner tells them apart.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OrderRecord } from '#shared/model/history';
import { packEntries } from '../../src/main/journal/client/packed';
import { openJournal } from '../../src/main/journal/store/openJournal';
import { queuedCommand, sentCommand } from '../../src/main/session/judge';
import { startApp, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { connection, World } from '../builders/connection';
import { onRecord } from '../builders/counted';
import { removed } from '../builders/removed';

const machines = Array.from({ length: 40 }, (_, n) => 33_001 + n);
const newcomer = 50_001;
/** Heartbeats for twenty blocks of the index, and for a segment of 64 and the block that ends it. */
const blocks = 5_700;
const segment = 17_000;
let made = '';
let folder = '';
let app: TestApp | null = null;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'crema-flips-base-'));
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-flips-'));
});
afterEach(async () => {
  await app?.close({ keepData: true });
  app = null;
  await removed(folder);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A copy of forty machines' journal with so many heartbeats. */
function copyJournal(beats: number): void {
  const file = join(made, `journal-${beats}`);
  if (!existsSync(file)) makeJournal(file, beats);
  copyFileSync(file, join(folder, 'journal.sqlite'));
}

/** Forty machines with an order and a command each. */
function makeJournal(file: string, beats: number): void {
  const journal = openJournal(file);
  if (journal.kind !== 'open') throw new Error(journal.kind);
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
      queuedCommand({ id: n + 1, vmcNo, name: 'setDiscount', input: { percent: 80 } }, now),
      sent,
      now,
    );
  });
  const last = world.entries.at(-1)?.id ?? 0;
  journal.store.append({
    // As on a full disk: the numbers of each block have a gap, so that they are listed.
    entries: packEntries(world.entries.filter(({ id }) => id < 600 || id % 500 !== 250)),
    faults: [],
    orders: [...orders.values()],
    commands,
    machines: [...world.fleet.machines.values()].map((machine) => ({
      vmcNo: machine.vmcNo,
      entry: last,
      state: JSON.stringify(machine),
    })),
    marks: [],
  });
  journal.store.close();
}

/** Where rows of each kind are looked at, and what the banner calls them: those of one `start` are damaged together. */
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
    rows: 20,
    at: '#/inspector',
    filter: 'dir:in',
    said: /([\d,]+) parts? of the index/,
  },
  {
    start: 2,
    table: 'facts',
    column: 'ids',
    key: 'block',
    rows: 20,
    at: '#/inspector',
    // What each entry is has to be known before it is read.
    filter: 'dir:in size>20',
    said: /([\d,]+) parts? of the index/,
  },
  {
    start: 3,
    table: 'segments',
    column: 'blocks',
    key: 'id',
    rows: 1,
    beats: segment,
    // One of those after which the only row is no JSON.
    seed: 9,
    at: '#/inspector',
    filter: 'dir:in',
    said: /([\d,]+) parts? of the index/,
  },
] as const;

it('are two hundred and one', () => {
  expect(columns.reduce((sum, { rows }) => sum + rows, 0)).toBe(201);
});

it.each([1, 2, 3])('start %i: a byte in the rows of each column', async (start) => {
  const damaged = columns.filter((column) => column.start === start);
  copyJournal(damaged.some((column) => 'beats' in column) ? segment : blocks);
  const broken = new Map<Column, number>();
  for (const column of damaged) {
    const texts = flip(column);
    expect(texts).toHaveLength(column.rows);
    broken.set(column, texts.filter((text) => !canParse(text)).length);
    // A digit that is another digit now may still fit; most changes do not.
    expect(broken.get(column), column.table).toBeGreaterThan(column.rows / 3);
  }

  app = await startApp({ dataDirectory: folder, size: { width: 1366, height: 768 } });
  const { page } = app;
  const banner = page.locator('[role="status"], [role="alert"]').filter({ hasText: 'damaged on the disk' });
  for (const [column, least] of broken) {
    await go(app, column.at);
    if ('filter' in column) {
      await page.getByRole('combobox', { name: 'Filter', exact: true }).first().fill(column.filter);
      await page.keyboard.press('Enter');
      // The list reads as much as it has time for, and may stay where the filter before was looked at: counted, all of it is read.
      await onRecord(app, column.filter);
    }
    const count = async (): Promise<number> =>
      Number(column.said.exec(await banner.innerText().catch(() => ''))?.[1]?.replace(',', '') ?? 0);
    // Every one that is no JSON any more is said; of the others those that do not fit.
    await expect.poll(count, { timeout: 20_000, message: column.table }).toBeGreaterThanOrEqual(least);
    expect(await count()).toBeLessThanOrEqual(column.rows);
  }

  (await logIn(app, newcomer)).socket.destroy();
  (await logIn(app, machines[0] ?? 0)).socket.destroy();
  const snapshot = await page.evaluate(() => window.crema.snapshot(undefined));
  const known = snapshot.ok ? snapshot.value.machines.map(({ vmcNo }) => vmcNo) : [];
  expect(new Set(known)).toEqual(new Set([...machines, newcomer]));
});

type Column = (typeof columns)[number];

/** Changes one byte of as many rows, as a disk might; gives what is there now. */
function flip({ table, column, key, rows, ...more }: Column): readonly string[] {
  const random = seeded('seed' in more ? more.seed : 7);
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

/** The same numbers at every run. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
