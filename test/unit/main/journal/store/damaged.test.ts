/** Unreadable rows of the journal. */
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Entry } from '#shared/model/frame';
import type { OrderRecord } from '#shared/model/history';
import type { DamagedKind } from '#shared/model/journal';
import { usualSizes } from '../../../../../src/main/journal/index/sizes';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { newOrder } from '../../../../../src/main/core/state/orders';
import { readStored } from '../../../../../src/main/core/state/readStored';
import { queuedCommand } from '../../../../../src/main/machines/commands/judge';
import { connection, World } from '../../../../builders/connection';
import { batchOf, openStore } from '../../../../builders/journal';
import { fault } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let found: (readonly [DamagedKind, number])[] = [];
let store: JournalStore;
afterEach(() => {
  store.close();
});

const file = (): string => directory('journal.sqlite');
function open(): JournalStore {
  found = [];
  return openStore(file(), usualSizes, (kind, id) => found.push([kind, id]));
}

/** Reopens the file after a change. */
function after(sql: string): void {
  store.close();
  const db = new DatabaseSync(file());
  db.exec(sql);
  db.close();
  store = open();
}
const asideRows = (): unknown => {
  const db = new DatabaseSync(file());
  const rows = db.prepare('SELECT kind, id, CAST(row AS TEXT) AS row FROM damaged ORDER BY id').all();
  db.close();
  return rows;
};

const all = { vmcNo: null, before: null, limit: 2 };

describe('an entry', () => {
  const world = new World();
  connection({}, world)
    .receives({ cmd: 'login', vmc_no: 33232, version: '1.0', linuxDriverVersion: '1.3' })
    .receivesBytes(new TextEncoder().encode('junk!'))
    .receives('{"cmd":"hb","vmc_no":33232,}')
    .hangsUp();
  const entry = (kind: string): number => world.entries.findLast((one) => one.kind === kind)?.id ?? 0;
  const damaged = [{ code: 'record.damaged' }];
  beforeEach(() => {
    store = open();
    store.append(batchOf({ entries: world.entries }));
  });

  it.each([
    ['opened', { kind: 'opened', peer: { remoteAddress: '?', remotePort: 0 } }],
    ['closed', { kind: 'closed', reason: 'unreadable' }],
    ['frame', { kind: 'frame', cmd: 'hb', findings: damaged }],
    ['junk', { kind: 'junk', findings: damaged }],
  ])('%s with invalid JSON in its detail is read partly and reported once', (kind, expected) => {
    const id = entry(kind);
    after(`UPDATE entries SET detail = '{' WHERE id = ${id}`);
    expect(store.entry(id)).toMatchObject(expected);
    expect(store.entriesAfter(0, 100).map((one) => one.id)).toEqual(world.entries.map((one) => one.id));
    expect(found).toEqual([['entries', id]]);
    const bytesOf = (entries: readonly Entry[]): readonly string[] =>
      entries.flatMap((one) => ('bytes' in one ? [Buffer.from(one.bytes).toString('hex')] : []));
    expect(bytesOf(store.entriesAfter(0, 100).map(readStored))).toEqual(bytesOf(world.entries));
  });

  it.each([
    ["kind = 'fraxe'", { kind: 'junk', findings: damaged }],
    ["dir = 'iN'", { kind: 'junk', findings: damaged }],
    ["head = 'x'", { kind: 'junk', findings: damaged }],
    [`detail = '[{"code":"seq.gat"}]'`, { kind: 'frame', findings: damaged }],
    [`detail = '{"code":"seq.gap"}'`, { kind: 'frame', findings: damaged }],
  ])('whose row is changed by %s keeps its bytes', (change, expected) => {
    const id = entry('frame');
    after(`UPDATE entries SET ${change} WHERE id = ${id}`);
    expect(store.entry(id)).toMatchObject(expected);
    expect(found).toEqual([['entries', id]]);
  });
});

describe('a row of the histories', () => {
  const order = (id: number): OrderRecord => ({
    ...newOrder(`o${id}`, { id, at: id }),
    vmcNo: 7,
    isVirtual: false,
  });
  const command = (id: number): Command =>
    queuedCommand({ id, vmcNo: 7, name: 'rinse', input: {}, sessionId: `s${id}` }, id);
  const ids = [1, 2, 3, 4, 5];
  beforeEach(() => {
    store = open();
    store.append(
      batchOf({
        orders: ids.map(order),
        faults: ids.map((id) => fault(id)),
        commands: ids.map(command),
        marks: ids.map((entry) => ({ entry, marked: true, note: 'n' })),
      }),
    );
  });

  it('is moved aside unchanged, and the page is still full', () => {
    after(`UPDATE orders SET body = replace(body, '"state"', '"stake"') WHERE id = 4`);
    expect(store.history.orders(all).map(({ entry }) => entry)).toEqual([5, 3]);
    expect(found).toEqual([['orders', 4]]);
    expect(asideRows()).toEqual([
      { kind: 'orders', id: 4, row: JSON.stringify(order(4)).replace('"state"', '"stake"') },
    ]);
    after('SELECT 1');
    expect(store.history.orders(all).map(({ entry }) => entry)).toEqual([5, 3]);
    expect(found).toEqual([]);
  });

  it('that contradicts its columns is invalid', () => {
    after(`UPDATE commands SET body = replace(body, '"vmcNo":7', '"vmcNo":6') WHERE id = 4;
      UPDATE commands SET body = replace(body, '"queued"', '"sent"') WHERE id = 3;
      UPDATE commands SET body = replace(body, '"rinse"', '"rinsf"') WHERE id = 2`);
    expect(store.history.openCommands({ since: 10 }).map(({ id }) => id)).toEqual([1, 5]);
    expect(found).toEqual([
      ['commands', 4],
      ['commands', 3],
      ['commands', 2],
    ]);
  });

  it('commands of an earlier launch: open ones of any age and all given since, oldest first', () => {
    const done = (id: number): Command => ({ ...command(id), state: 'expired' });
    store.append(batchOf({ commands: [done(2), done(4), done(5), done(6), done(7)] }));
    expect(store.history.openCommands({ since: 5 }).map(({ id }) => id)).toEqual([1, 3, 5, 6, 7]);
    after(`UPDATE commands SET body = replace(body, '"rinse"', '"rinsf"') WHERE id = 6`);
    expect(store.history.openCommands({ since: 5 }).map(({ id }) => id)).toEqual([1, 3, 5, 7]);
    expect(found).toEqual([['commands', 6]]);
  });

  it('of a command from another place is still known by its request', () => {
    const from = (request: string) => ({ request, person: 'Anna', computer: 'DESK' });
    const given = (id: number, request: string): Command => ({ ...command(id), from: from(request) });
    const many = Array.from({ length: 300 }, (_, n) => command(100 + n));
    store.append(batchOf({ commands: [given(11, 'one'), given(12, 'two'), given(13, 'three'), ...many] }));
    const find = (request: string) => store.history.commandOfRequest({ vmcNo: 7, request });
    expect(find('one')).toEqual(given(11, 'one'));
    expect(find('four')).toBeNull();
    after(`UPDATE commands SET body = replace(body, '"rinse"', '"rinsf"') WHERE id = 11;
      UPDATE commands SET vmc_no = 8 WHERE id = 12`);
    expect([find('one'), find('two')]).toEqual(['unreadable', 'unreadable']);
    // The rows are in the table of damaged ones now.
    expect([find('one'), find('two')]).toEqual(['unreadable', 'unreadable']);
    expect(find('three')).toEqual(given(13, 'three'));
  });

  it('of a fault or a mark can be damaged too', () => {
    after(`UPDATE faults SET cleared_by = 'machinf', cleared_at = 9 WHERE id = 5;
      UPDATE faults SET cleared_at = 9 WHERE id = 4;
      UPDATE marks SET marked = 3 WHERE entry = 2`);
    const faults = store.history.faults({ ...all, activeOnly: false });
    expect(faults.map(({ id }) => id)).toEqual([3, 2]);
    expect(store.marks.all().map(({ entry }) => entry)).toEqual([1, 3, 4, 5]);
    expect(found).toEqual([
      ['faults', 5],
      ['faults', 4],
      ['marks', 2],
    ]);
  });

  it('of a mark with impossible numbers is moved aside, and the others are read', () => {
    after(`UPDATE marks SET marked = 9007199254740993 WHERE entry = 2;
      UPDATE marks SET entry = 9223372036854775807 WHERE entry = 3;
      UPDATE marks SET entry = -4 WHERE entry = 4`);
    expect(store.marks.all().map(({ entry }) => entry)).toEqual([1, 5]);
    expect(found.map(([kind]) => kind)).toEqual(['marks', 'marks', 'marks']);
    after('SELECT 1');
    expect(store.marks.all().map(({ entry }) => entry)).toEqual([1, 5]);
    expect(found).toEqual([]);
    const db = new DatabaseSync(file());
    const aside = db.prepare("SELECT count(*) AS count FROM damaged WHERE kind = 'marks'").get() as unknown;
    db.close();
    expect(aside).toEqual({ count: 3 });
  });

  it('of an order or a machine with such a number does not affect the others', () => {
    const machine = { vmcNo: 7, entry: 1, state: '{}' };
    store.append(batchOf({ machines: [machine, { ...machine, vmcNo: 8 }] }));
    after(`UPDATE orders SET at = 9223372036854775807 WHERE id = 2;
      UPDATE machines SET entry = 9223372036854775807 WHERE vmc_no = 8`);
    expect(store.history.knownOrders(10).map(({ entry }) => entry)).toEqual(ids);
    expect(store.machines()[0]).toEqual(machine);
    expect(store.machines()).toHaveLength(2);
  });

  it('of a command stops neither retention nor the search for related entries', () => {
    const world = new World();
    const one = connection({}, world);
    for (let n = 0; n < 600; n += 1) one.receives({ cmd: 'hb', vmc_no: 7 });
    store.append(batchOf({ entries: world.entries }));
    after(`UPDATE commands SET body = '{', state = 'expired' WHERE id = 1`);
    expect(store.relations(3)).toMatchObject({ command: null });
    expect(store.retain({ before: world.now + 1, now: Infinity, bytes: 1e12 })).not.toBeNull();
    expect(store.entry(1)).toBeNull();
  });
});
