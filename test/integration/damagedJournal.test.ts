/** A journal with changed bytes: the server starts, serves machines, reports the damage, and loses nothing else. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FrameCount } from '#shared/model/frameCount';
import { everyFrame } from '#shared/filter/frames';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { DamagedKind, DamagedRows } from '#shared/model/journal';
import type { MachineState } from '#shared/model/machine';
import { JournalReader } from '../../src/main/journal/client/journalReader';
import { queuedCommand, sentCommand } from '../../src/main/machines/commands/judge';
import { countedWhole } from '../builders/counted';
import { appBundles, setConstant, type Bundles } from '../builders/bundles';
import { connection, World } from '../builders/connection';
import { batchOf, openStore } from '../builders/journal';
import { logIn, Room } from '../builders/room';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const made = useFolder('all');
const folder = useFolder();
const rooms: Room[] = [];

const offline = 33232;
const online = 44401;
/** Heartbeats in the journals that are damaged: some blocks of the index, or a closed segment. */
const beats = { short: 1_200, long: 4_300 } as const;
/** A segment of a quarter of the usual blocks. */
const sizes = { block: 512, segment: 16 } as const;
type Length = keyof typeof beats;

beforeAll(() => {
  bundles = appBundles();
  setConstant(bundles.directory, 'usualSizes', JSON.stringify(sizes));
  for (const length of ['short', 'long'] as const) makeJournal(made(length), beats[length]);
});
beforeEach(() => {
  asMade();
});
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
});
afterAll(() => {
  bundles.remove();
});

/** The intact journal. */
function asMade(length: Length = 'short'): void {
  for (const suffix of ['-wal', '-shm']) rmSync(folder(`journal.sqlite${suffix}`), { force: true });
  copyFileSync(made(length), folder('journal.sqlite'));
}

/** A long run that was killed: one machine was offline, one was connected and waited for a restart. */
function makeJournal(file: string, count: number): void {
  const store = openStore(file, sizes);
  const world = new World();
  world.now = Date.now() - 3_600_000;
  const faults = new Map<number, Fault>();
  const orders = new Map<number, OrderRecord>();
  world.entryLog.onEntry((_entry, change) => {
    for (const fault of change?.faults ?? []) faults.set(fault.id, fault);
    for (const order of change?.orders ?? []) orders.set(order.entry, order);
  });
  const said = (vmcNo: number): ReturnType<typeof connection> =>
    connection({}, world)
      .receives({ cmd: 'login', vmc_no: vmcNo, version: '1.0', linuxDriverVersion: '1.3' })
      .receivesBytes(new TextEncoder().encode('junk!'))
      .receives({ cmd: 'error', vmc_no: vmcNo, error_code: 'ERROR:5300', isSet: true, is_fatal_error: true })
      .receives({ cmd: 'error', vmc_no: vmcNo, error_code: 'EC_2', isSet: true })
      .receives({ cmd: 'error', vmc_no: vmcNo, error_code: 'EC_2', isSet: false })
      .receives({ cmd: 'machinestatus', vmc_no: vmcNo, status: 'dooropen' })
      .receives({
        cmd: 'qrcode',
        vmc_no: vmcNo,
        qr_type: 'all',
        product_id: 8,
        Amount: 900,
        order_no: `o${vmcNo}`,
      })
      .receives({ cmd: 'productdone', vmc_no: vmcNo, order_no: `o${vmcNo}`, isok: true });
  said(offline).hangsUp();
  const stays = said(online);
  const lost: number[] = [];
  for (let n = 0; n < count; n += 1) {
    stays.receives({ cmd: 'hb', vmc_no: online });
    if (n !== 300) continue;
    connection({}, world).hangsUp();
    lost.push(...world.entries.slice(-2).map(({ id }) => id));
  }
  const now = world.now;
  const sent = { platform: 'linux', conn: stays.conn, entry: 9 } as const;
  const commands = [
    sentCommand(
      queuedCommand({ id: 1, vmcNo: offline, name: 'rinse', input: {}, sessionId: 's1' }, now),
      sent,
      now,
    ),
    sentCommand(
      queuedCommand({ id: 2, vmcNo: online, name: 'reboot', input: {}, sessionId: 's2' }, Date.now()),
      sent,
      Date.now(),
    ),
    queuedCommand({ id: 3, vmcNo: offline, name: 'reboot', input: {}, sessionId: 's3' }, now),
  ];
  const last = world.entries.at(-1)?.id ?? 0;
  const machines = [...world.fleet.machines.values()].map((machine) => ({
    vmcNo: machine.vmcNo,
    entry: last,
    state: JSON.stringify(machine),
  }));
  // As on a full disk: the numbers of their block have a gap.
  const kept = world.entries.filter(({ id }) => !lost.includes(id));
  store.append(
    batchOf({
      entries: kept,
      faults: [...faults.values()],
      orders: [...orders.values()],
      commands,
      machines,
      marks: [{ entry: 5, marked: true, note: 'look' }],
    }),
  );
  store.close();
}

interface Column {
  readonly table: string;
  readonly column: string;
  readonly key: string;
}

/** Changes bytes of one value as a disk might; gives the new value. */
function damage(
  { table, column, key, id }: Column & { readonly id: number },
  change: (bytes: Buffer) => void,
): string {
  const db = new DatabaseSync(folder('journal.sqlite'));
  const row: unknown = db
    .prepare(`SELECT CAST(${column} AS BLOB) AS bytes FROM ${table} WHERE ${key} = ?`)
    .get(id);
  const bytes = Buffer.from((row as { bytes: Uint8Array }).bytes);
  change(bytes);
  db.prepare(`UPDATE ${table} SET ${column} = CAST(? AS TEXT) WHERE ${key} = ?`).run(bytes, id);
  db.close();
  return bytes.toString('utf8');
}

async function opened(): Promise<Room> {
  const room = new Room(folder(), join(bundles.directory, 'journalWorker.js'));
  rooms.push(room);
  await room.open();
  return room;
}

async function closed(room: Room): Promise<void> {
  rooms.splice(rooms.indexOf(room), 1);
  await room.close();
}

async function readerOf(room: Room): Promise<JournalReader> {
  const { port1, port2 } = new MessageChannel();
  await room.ask.connectReader(port1);
  const ready = async (): Promise<void> => {
    await room.ask.flush(undefined);
  };
  return new JournalReader(port2, { ready, batch: () => 0 });
}

const damagedRows = (room: Room): DamagedRows =>
  room.emitted.findLast((one) => one.name === 'journal')?.value.damagedRows ?? {};

/** Whether it reports damage of this kind within `ms` milliseconds. */
async function tells(room: Room, kind: DamagedKind, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (damagedRows(room)[kind] === undefined && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return damagedRows(room)[kind] !== undefined;
}

async function state(room: Room, vmcNo: number): Promise<MachineState | null> {
  return (await room.ask.machine({ vmcNo })) as MachineState | null;
}

it('machine states that are not JSON are folded again from their entries, kept aside and reported', async () => {
  const { states } = await wholeOf('short');
  asMade();
  for (const vmcNo of [offline, online]) {
    expect(states.get(vmcNo)).toMatchObject({ vmcNo });
    damage({ table: 'machines', column: 'state', key: 'vmc_no', id: vmcNo }, (bytes) => bytes.write('[', 1));
  }
  const room = await opened();
  for (const vmcNo of [offline, online]) expect(await state(room, vmcNo)).toEqual(states.get(vmcNo));
  await expect.poll(() => damagedRows(room)).toEqual({ machines: 2 });
  expect(room.lines).toContainEqual(expect.stringMatching(/^journal: damaged.*2 machine states/));
  await logIn(await room.connect(), 50_001);
  await closed(room);

  const db = new DatabaseSync(folder('journal.sqlite'));
  expect(db.prepare('SELECT kind, id FROM damaged ORDER BY id').all()).toEqual([
    { kind: 'machines', id: offline },
    { kind: 'machines', id: online },
  ]);
  db.close();
  // Damage is reported once: the states were folded again and written.
  const again = await opened();
  for (const vmcNo of [offline, online]) expect(await state(again, vmcNo)).toEqual(states.get(vmcNo));
  expect(damagedRows(again)).toEqual({});
});

describe('an open command that can’t be read', () => {
  it('is kept aside and reported; the others continue, and its number is not used again', async () => {
    damage({ table: 'commands', column: 'body', key: 'id', id: 2 }, (bytes) => bytes.write('}', 1));
    damage({ table: 'commands', column: 'body', key: 'id', id: 3 }, (bytes) => bytes.write('}', 1));
    const room = await opened();
    await expect.poll(() => damagedRows(room)).toEqual({ commands: 2 });
    await logIn(await room.connect(), offline);
    expect(await room.request('command', { vmcNo: offline, name: 'queryStatus', input: {} })).toMatchObject({
      id: 4,
    });
  });
});

/** The server answers a machine. */
async function served(): Promise<Room> {
  const room = await opened();
  const client = await room.connect();
  await logIn(client, 50_001);
  client.socket.destroy();
  return room;
}

/** All requests of a window. */
async function look(room: Room, entry: number) {
  const reader = await readerOf(room);
  const now = Date.now();
  const facts = { now, names: {}, ownErrors: {} };
  const beat = { ...everyFrame, text: 'cmd:hb dir:in' };
  let heartbeats = 0;
  for (let after: number | null = 0; after !== null;) {
    const counted: FrameCount = await reader.query('countFrames', {
      filter: beat,
      after,
      bins: null,
      ...facts,
    });
    heartbeats += counted.count;
    after = counted.next;
  }
  const page = await reader.query('frames', { filter: beat, place: { before: 900 }, limit: 20, ...facts });
  const all = { vmcNo: null, before: null, limit: 50 };
  const day = 86_400_000;
  const seen = {
    heartbeats,
    page: page.rows.map(({ id }) => id),
    day: await countedWhole((after) =>
      reader.query('countFrames', {
        filter: everyFrame,
        after,
        bins: { from: now - day, to: now + day, count: 1 },
        ...facts,
      }),
    ),
    orders: (await reader.query('orders', all)).map(({ entry: id }) => id),
    commands: (await reader.query('commands', all)).map(({ id }) => id),
    faults: (await reader.query('faults', { ...all, activeOnly: false })).length,
    marks: await reader.query('marks', null),
    relations: (await reader.query('relations', { id: 9 })).answer,
    entry: (await reader.query('entry', { id: entry }))?.id,
  };
  await reader.close();
  return seen;
}

interface Whole {
  readonly seen: Awaited<ReturnType<typeof look>>;
  readonly states: ReadonlyMap<number, MachineState | null>;
}
const wholes = new Map<Length, Whole>();
/** The windows' view of the intact journal, read once for all damage cases. */
async function wholeOf(length: Length): Promise<Whole> {
  const known = wholes.get(length);
  if (known !== undefined) return known;
  asMade(length);
  const room = await served();
  const seen = await look(room, 1);
  const states = new Map<number, MachineState | null>();
  for (const vmcNo of [offline, online]) states.set(vmcNo, await state(room, vmcNo));
  await closed(room);
  wholes.set(length, { seen, states });
  return { seen, states };
}

describe('one changed byte', () => {
  const columns = [
    { kind: 'machines', table: 'machines', column: 'state', key: 'vmc_no', length: 'short' },
    { kind: 'commands', table: 'commands', column: 'body', key: 'id', length: 'short' },
    { kind: 'orders', table: 'orders', column: 'body', key: 'id', length: 'short' },
    { kind: 'entries', table: 'entries', column: 'detail', key: 'id', length: 'short' },
    { kind: 'index', table: 'blocks', column: 'shapes', key: 'first', length: 'short' },
    { kind: 'index', table: 'facts', column: 'ids', key: 'block', length: 'short' },
    { kind: 'index', table: 'segments', column: 'blocks', key: 'id', length: 'long' },
  ] as const satisfies readonly (Column & { readonly kind: DamagedKind; readonly length: Length })[];
  /** Changes per column. test/e2e/damaged tests two hundred rows with a window. */
  const flips = 2;

  it.each(columns)(
    'anywhere in the $column of $table',
    async ({ kind, table, column, key, length }) => {
      asMade(length);
      const base = new DatabaseSync(folder('journal.sqlite'));
      const rows = base.prepare(`SELECT ${key} AS id FROM ${table} WHERE ${column} IS NOT NULL`).all();
      base.close();
      const ids = (rows as readonly { readonly id: number }[]).map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(0);
      const { seen: asked, states } = await wholeOf(length);

      const random = seeded(7);
      let told = 0;
      const wrong: object[] = [];
      for (let n = 0; n < flips; n += 1) {
        asMade(length);
        const id = ids[Math.floor(random() * ids.length)] ?? 0;
        const text = damage({ table, column, key, id }, (bytes) => {
          const at = Math.floor(random() * bytes.length);
          // The first change makes a byte that none of our texts has.
          bytes[at] = (bytes[at] ?? 0) ^ (n === 0 ? 0x80 : 1 << Math.floor(random() * 8));
        });
        const where = `${id}: ${text.slice(0, 500)}`;
        const room = await served();
        const entry = kind === 'entries' ? id : 1;
        const seen = await look(room, entry).catch((error: unknown) => {
          throw new Error(where, { cause: error });
        });
        const isTold = await tells(room, kind, canParse(text) ? 0 : 3_000);
        if (isTold) told += 1;
        const isOf = (of: DamagedKind) => (one: number) => kind !== of || one !== id;
        const expected = {
          ...asked,
          entry,
          orders: asked.orders.filter(isOf('orders')),
          commands: asked.commands.filter(isOf('commands')),
        };
        const isWhole =
          isDeepStrictEqual(seen, expected) &&
          (kind !== 'machines' || isDeepStrictEqual(await state(room, id), states.get(id)));
        const isSaid = room.lines.some((line) => line.startsWith('journal: damaged'));
        // A changed value that still parses is accepted as valid.
        const isFine = isTold ? isSaid && isWhole : canParse(text);
        if (!isFine) wrong.push({ where, isTold, isSaid, seen, expected });
        await closed(room);
      }
      expect(wrong).toEqual([]);
      // A changed digit may still be valid.
      expect(told).toBeGreaterThan(0);
    },
    200_000,
  );
});

describe('fifty changed bits', () => {
  /** The view of the journal once its readable entries are salvaged. */
  async function afterSalvage(room: Room) {
    await expect
      .poll(() => room.lines.join('\n'), { timeout: 150_000 })
      .toContain('entries of the damaged file are in the new one');
    return look(room, 1);
  }

  it('cost less than one frame in a hundred: machines, commands and history return, and the loss is reported', async () => {
    const { seen: before, states } = await wholeOf('long');
    asMade('long');
    const file = folder('journal.sqlite');
    const db = new DatabaseSync(file, { readOnly: true });
    // Histories have few rows: one page of them would be more than one in a hundred.
    const pages = db
      .prepare(`SELECT pageno FROM dbstat WHERE name LIKE 'entries%' ORDER BY pageno`)
      .all()
      .map(({ pageno }) => Number(pageno));
    db.close();
    const bytes = readFileSync(file);
    const random = seeded(11);
    for (let n = 0; n < 50; n += 1) {
      const page = pages[Math.floor(random() * pages.length)] ?? 1;
      const at = (page - 1) * 8_192 + Math.floor(random() * 8_192);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    writeFileSync(file, bytes);
    const room = await served();
    // No index answers this: every page of the entries is read, and the damage found.
    const reader = await readerOf(room);
    await countedWhole((after) =>
      reader.query('countFrames', {
        filter: { ...everyFrame, text: 'text~"[^ -~]{40}"' },
        after,
        bins: null,
        now: Date.now(),
        names: {},
        ownErrors: {},
      }),
    ).catch(() => undefined);
    await reader.close();
    const seen = await afterSalvage(room);
    expect(seen.heartbeats).toBeGreaterThan(0.99 * before.heartbeats);
    expect(seen).toMatchObject({ orders: before.orders, commands: before.commands, marks: before.marks });
    for (const vmcNo of [offline, online]) expect(await state(room, vmcNo)).toEqual(states.get(vmcNo));
    const { status } = room.emitted.findLast((one) => one.name === 'journal')?.value ?? {};
    const salvage = status?.status === 'open' ? status.salvage : undefined;
    expect(salvage).toMatchObject({ share: 1, isOver: true });
    // The window gets each percent once, in order.
    const percents = room.emitted.flatMap((one) => {
      const journal = one.name === 'journal' ? one.value.status : null;
      const now = journal?.status === 'open' ? journal.salvage : undefined;
      return now === undefined || now.isOver ? [] : [Math.floor(now.share * 100)];
    });
    const news = percents.filter((percent, at) => percent !== percents[at - 1]);
    expect(news).toEqual([...new Set(news)].toSorted((a, b) => a - b));
    expect(Math.max(...news, 0)).toBeLessThan(100);
    expect(room.lines.join('\n')).toMatch(/these can't be read: about \d+ entries \(20\d\d-.* to 20\d\d-/);
    await closed(room);

    const again = await opened();
    const later = await look(again, 1);
    expect(later.heartbeats).toBe(seen.heartbeats);
    expect(again.lines.filter((line) => line.includes('damaged file'))).toEqual([]);
  }, 200_000);

  it('in a file that can’t even be opened: numbers continue after it, and new records stay', async () => {
    const { seen: before, states } = await wholeOf('short');
    asMade();
    const file = folder('journal.sqlite');
    const db = new DatabaseSync(file);
    const { rootpage } = db
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'entries_opened'`)
      .get() as { readonly rootpage: number };
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0, (rootpage - 1) * 8_192, rootpage * 8_192);
    writeFileSync(file, bytes);
    const room = await served();
    const seen = await afterSalvage(room);
    expect(seen).toMatchObject({ heartbeats: before.heartbeats, commands: before.commands });
    expect(await state(room, offline)).toEqual(states.get(offline));
    expect(await state(room, 50_001)).toMatchObject({ counts: { framesIn: 1 } });
  }, 200_000);
});

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
