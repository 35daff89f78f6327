import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Entry } from '#shared/model/frame';
import { everyFrame } from '#shared/filter/frames';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { openJournal } from '../../../../../src/main/journal/store/openJournal';
import { readStored } from '../../../../../src/main/core/state/readStored';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { faultChanges } from '../../../../../src/main/core/state/faults';
import type { Fault, FaultQuery } from '#shared/model/history';
import { connection, World } from '../../../../builders/connection';
import { batchOf, openStore, openedJournal } from '../../../../builders/journal';
import { fault } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();

const file = (): string => directory('journal.sqlite');
function opened(): JournalStore {
  return openStore(file());
}

const error = (code: string, isSet: boolean) => ({
  cmd: 'error',
  vmc_no: 33232,
  error_code: code,
  error_description: '缺杯',
  isSet,
  is_fatal_error: true,
  is_persistence_error: false,
  datetime: '20150624',
});

/** A short day: two connections, junk, findings, faults set and cleared, a drink. */
function day(): World {
  const world = new World();
  connection({}, world)
    .receives({ cmd: 'login', vmc_no: 33232, version: '1.0', linuxDriverVersion: '1.3' })
    .receivesBytes(new TextEncoder().encode('junk!'))
    .receives(error('ERROR:5300', true), 'le48', 7)
    .receives('{"cmd":"hb","vmc_no":33232,}')
    .receives(error('ERROR:5300', false))
    .receives(error('EC_2', true))
    .receives({
      cmd: 'qrcode',
      vmc_no: 33232,
      qr_type: 'all',
      product_id: 810,
      Amount: 1000,
      order_no: 'o-1',
    })
    .receives({ cmd: 'productdone', vmc_no: 33232, order_no: 'o-1', isok: true })
    .hangsUp();
  connection({}, world)
    .receives({ cmd: 'login', vmc_no: 33232, version: '1.0', linuxDriverVersion: '1.3' })
    .receives({ cmd: 'machinestatus', vmc_no: 33232, status: 'clearerror' })
    .after(4_001)
    .receives({ cmd: 'hb', vmc_no: 33232 });
  return world;
}

const ofMachine = (vmcNo: number) => ({ ...everyFrame, vmcNo });

describe('the journal on disk', () => {
  it('returns every entry as it was recorded', () => {
    const { entries } = day();
    const store = opened();
    store.append(batchOf({ entries }));
    store.close();
    const again = opened();
    const read = again.entriesAfter(0, 1_000);
    again.close();
    expect(read.length).toBe(entries.length);
    // The same bytes return in another kind of view.
    const plain = (entry: Entry): unknown =>
      JSON.parse(
        JSON.stringify({
          ...entry,
          ...('bytes' in entry && { bytes: [...entry.bytes] }),
          // Learned later and stored in another table.
          owner: undefined,
        }),
      );
    expect(read.map((entry) => plain(readStored(entry)))).toEqual(entries.map(plain));
  });

  it('replay of the file yields the live state', () => {
    const world = day();
    const store = opened();
    store.append(batchOf({ entries: world.entries }));
    const fleet = new Fleet();
    for (const entry of store.entriesAfter(0, 1_000)) fleet.apply(readStored(entry));
    store.close();
    expect(fleet.machines).toEqual(world.fleet.machines);
  });

  it('keeps each fault from set to cleared, with the entry that cleared it', () => {
    const world = day();
    const fleet = new Fleet();
    const store = opened();
    for (const entry of world.entries) {
      const applied = fleet.apply(entry);
      const faults = applied === null ? [] : faultChanges(applied.before, applied.after, entry);
      store.append(batchOf({ entries: [entry], faults }));
    }
    const faults = store.history.faults({ vmcNo: 33232, activeOnly: false, before: null, limit: 10 });
    store.close();
    expect(faults.map(({ code, clearedBy }) => ({ code, clearedBy }))).toEqual([
      { code: 'EC_2', clearedBy: 'clearerror' },
      { code: 'ERROR:5300', clearedBy: 'machine' },
    ]);
    const ids = new Map(world.entries.map((entry) => [entry.id, entry]));
    for (const { id, clearedEntry } of faults) {
      expect(ids.get(id)?.kind).toBe('frame');
      expect(ids.get(clearedEntry ?? 0)?.kind).toBe('frame');
    }
  });

  it('returns faults page by page, newest first, without repetition or gap', () => {
    const store = opened();
    // Three within the same millisecond; every fourth still active; two machines.
    const cleared = { clearedAt: 99, clearedEntry: 99, clearedBy: 'machine' } as const;
    const faults = Array.from({ length: 40 }, (_, i) =>
      fault(i + 1, { vmcNo: 1 + (i % 2), setAt: Math.floor(i / 3), ...(i % 4 === 0 ? {} : cleared) }),
    );
    store.append(batchOf({ faults: faults.toReversed() }));
    const paged = (query: Omit<FaultQuery, 'before' | 'limit'>): readonly Fault[] => {
      const all: Fault[] = [];
      for (;;) {
        const { setAt, id } = all.at(-1) ?? { setAt: 0, id: 0 };
        const page = store.history.faults({ ...query, before: id === 0 ? null : { setAt, id }, limit: 7 });
        all.push(...page);
        if (page.length < 7) return all;
      }
    };
    expect(paged({ vmcNo: null, activeOnly: false })).toEqual(faults.toReversed());
    expect(paged({ vmcNo: 2, activeOnly: false })).toEqual(
      faults.filter(({ vmcNo }) => vmcNo === 2).toReversed(),
    );
    expect(paged({ vmcNo: null, activeOnly: true })).toEqual(
      faults.filter(({ clearedAt }) => clearedAt === null).toReversed(),
    );
    expect(paged({ vmcNo: 2, activeOnly: true })).toEqual([]);
    store.close();
  });

  it('a batch is written completely or not at all', () => {
    const { entries } = day();
    const store = opened();
    const first = entries.slice(0, 2);
    store.append(batchOf({ entries: first }));
    const again = [...entries.slice(2, 4), ...first];
    expect(() => store.append(batchOf({ entries: again }))).toThrow('UNIQUE');
    expect(store.last().entry).toBe(first.at(-1)?.id);
    store.append(batchOf({ entries: entries.slice(2) }));
    expect(store.last().entry).toBe(entries.at(-1)?.id);
    store.close();
  });

  it('a batch is not written if its predecessor is missing', () => {
    const { entries } = day();
    const store = opened();
    const batch = (from: number, to: number, follows: number) =>
      batchOf({ entries: entries.slice(from, to), follows });
    store.append(batch(0, 2, 0));
    expect(() => store.append(batch(4, 6, entries[3]?.id ?? 0))).toThrow('not written');
    expect(store.last().entry).toBe(entries[1]?.id);
    store.append(batch(2, 4, entries[1]?.id ?? 0));
    expect(store.entriesAfter(0, 100).map(({ id }) => id)).toEqual(entries.slice(0, 4).map(({ id }) => id));
    store.close();
  });

  it('newest frames first, of one machine, below an id', () => {
    const world = day();
    const store = opened();
    store.append(batchOf({ entries: world.entries }));
    const machine = new Set(world.entries.flatMap(({ conn, vmcNo }) => (vmcNo === 33232 ? [conn] : [])));
    // Its connections begin before its login.
    const frames = world.entries.filter(({ conn }) => machine.has(conn));
    const newest = store
      .frames({ filter: ofMachine(33232), place: { before: null }, limit: 3, now: 0, names: {} })
      .entries.map(({ id }) => id);
    expect(newest).toEqual(
      frames
        .slice(-3)
        .map(({ id }) => id)
        .toReversed(),
    );
    const older = store
      .frames({ filter: ofMachine(33232), place: { before: newest[2] ?? 0 }, limit: 2, now: 0, names: {} })
      .entries.map(({ id }) => id);
    expect(older).toEqual(
      frames
        .slice(-5, -3)
        .map(({ id }) => id)
        .toReversed(),
    );
    expect(
      store.frames({ filter: ofMachine(1), place: { before: null }, limit: 3, now: 0, names: {} }),
    ).toEqual({
      entries: [],
      next: null,
    });
    store.close();
  });

  it('a damaged file is moved aside under a dated name and replaced by a new one', () => {
    writeFileSync(file(), 'this is no database, and it is longer than the header of one would be'.repeat(20));
    const result = openedJournal(file());
    expect(result.damagedCopy).toMatch(/journal\.damaged-\d{4}-.*\.sqlite$/);
    expect(result.store.last()).toEqual({
      entry: 0,
      conn: 0,
      command: 0,
      diagnosis: 0,
      run: 0,
      runMachine: 0,
    });
    result.store.close();
    expect(readdirSync(directory()).some((name) => name.startsWith('journal.damaged-'))).toBe(true);
  });

  it.each([
    [
      'an older one, from before version 1',
      'CREATE TABLE entries (id INTEGER); PRAGMA user_version = 7',
      '0.7',
    ],
    ['a newer one', 'PRAGMA application_id = 0x43726d61; PRAGMA user_version = 3', '3'],
    ['a database of another program', 'PRAGMA application_id = 7; PRAGMA user_version = 1', null],
    ['a database without a mark', 'CREATE TABLE notes (text)', null],
  ])('a journal of another version is refused and not changed: %s', (_what, sql, version) => {
    const db = new DatabaseSync(file());
    db.exec(sql);
    db.close();
    const before = readFileSync(file());
    expect(openJournal(file())).toEqual({ kind: 'otherVersion', version });
    expect(readFileSync(file())).toEqual(before);
    expect(readdirSync(directory())).toEqual(['journal.sqlite']);
  });

  it('a new journal is marked as version 2', () => {
    opened().close();
    const db = new DatabaseSync(file());
    expect(db.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x43_72_6d_61 });
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    db.close();
  });
});

describe('entries recorded before their machine was known', () => {
  it('are found by the machine even if the naming entry was refused at first', () => {
    const store = opened();
    const base = { at: 1, conn: 1 };
    const peer = {
      remoteAddress: '192.0.2.7',
      remotePort: 4_000,
      localAddress: '192.0.2.1',
      localPort: 3_380,
    };
    const junk = { ...base, kind: 'junk', vmcNo: null, bytes: Buffer.from('zz'), findings: [] } as const;
    store.append(
      batchOf({
        entries: [
          { ...base, id: 1, kind: 'opened', vmcNo: null, peer },
          { ...junk, id: 2 },
          { ...junk, id: 3 },
        ],
      }),
    );
    const naming = [
      { ...junk, id: 4 },
      { ...junk, id: 5, vmcNo: 7 },
    ];
    const twice = [...naming, ...naming];
    expect(() => store.append(batchOf({ entries: twice }))).toThrow('UNIQUE');
    store.append(batchOf({ entries: naming }));
    const { entries } = store.frames({
      filter: ofMachine(7),
      place: { before: null },
      limit: 10,
      now: 0,
      names: {},
    });
    expect(entries.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
    store.close();
  });
});
