/** A filter means the same in the live view and in the journal. */
import fc from 'fast-check';
import { RecentTimes } from '../../../../../src/main/core/state/recentTimes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyFrame, frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { Finding } from '#shared/findings';
import type { Entry } from '#shared/model/frame';
import type { FrameCount } from '#shared/model/frameCount';
import { DatabaseSync } from '@photostructure/sqlite';
import type { StoredPage } from '../../../../../src/main/journal/queries/frames';
import type { Sizes } from '../../../../../src/main/journal/index/sizes';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { frameRow } from '../../../../../src/main/core/state/frameRow';
import { UnnamedEntries } from '../../../../../src/main/core/state/unnamedEntries';
import { frameFacts, RecentFrames } from '../../../../../src/main/core/state/recentFrames';
import { noon, connection, World } from '../../../../builders/connection';
import { batchOf, openStore } from '../../../../builders/journal';
import { expectSame } from '../../../../builders/same';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder('all');
const world = new World();
/** Incoming data. Some entries were lost, so that ids have gaps. */
let entries: readonly Entry[] = [];
/** Small sizes, for many borders. Retention deletes half a segment at a time. */
const small: Sizes = { block: 16, segment: 16 };
const kinds = ['in blocks of the usual size', 'in small blocks', 'written by two runs'] as const;
type Kind = (typeof kinds)[number];
const stores = new Map<Kind, JournalStore>();
/** The known facts of each entry. */
let known: Readonly<Record<Kind, readonly Entry[]>>;

function opened(name: string, sizes?: Sizes): JournalStore {
  return openStore(directory(name), sizes);
}

function append(to: JournalStore, some: readonly Entry[]): void {
  for (let at = 0; at < some.length; at += 100) to.append(batchOf({ entries: some.slice(at, at + 100) }));
  for (const mark of marks.values()) to.marks.set(mark);
}

/** Owners of the first entries of connections, from the entries at place `start` on. */
function owned(some: readonly Entry[], start = 0): readonly Entry[] {
  return some.map((entry, i): Entry => {
    // Of an earlier launch, only starts of connections are assigned afterwards.
    if (entry.vmcNo !== null || (i < start && entry.kind !== 'opened')) return entry;
    const { conn } = entry;
    const owner = some.find(
      (one, j) => j > i && j >= start && one.conn === conn && one.vmcNo !== null,
    )?.vmcNo;
    return owner == null ? entry : Object.assign({}, entry, { owner });
  });
}

/** Like data from the server side of a relayed connection. */
function ofServer(entry: Entry): void {
  if (entry.kind !== 'junk') return;
  const finding: Finding = { code: 'capture.fromServer', params: { bytes: entry.bytes.length } };
  world.entries[entry.id - 1] = Object.assign({}, entry, { findings: [...entry.findings, finding] });
}

beforeAll(() => {
  const gb = Buffer.concat([
    Buffer.from('S00370000000000'.slice(0, 4)),
    Buffer.from('00000000{"cmd":"error","vmc_no":8,"x":"'),
    Buffer.from([0xbf, 0xa7, 0xb7, 0xc8]), // 咖啡
    Buffer.from('"}'),
  ]);
  connection({}, world)
    .receives({ cmd: 'login', vmc_no: 7, version: '1.0', linuxDriverVersion: '1.3' })
    .receives({
      cmd: 'error',
      vmc_no: 7,
      error_code: 'EC_2',
      error_description: 'Tasse ÜBER 咖啡',
      isSet: true,
    })
    .receivesBytes(Buffer.from('\u0000junk ÿ EC_2'))
    .receives({ cmd: 'HB', vmc_no: 7 })
    .quiet();
  connection({}, world).receives({ cmd: 'login', vmc_no: 8, io_version: '1' }).receivesBytes(gb).quiet();
  for (let n = 0; n < 450; n += 1) {
    world.now += 5_000;
    const body =
      n % 10 === 3
        ? { cmd: n % 20 === 3 ? 'error' : `long${'x'.repeat(n % 90)}`, vmc_no: 1_000 + n, n }
        : { cmd: n % 50 === 7 ? 'null' : 'hb', vmc_no: n % 2 === 0 ? 2_000 + n : 9, n };
    const link = connection({}, world).receives(body);
    if (n % 40 === 9) link.receivesBytes(Buffer.from(`junk ${n}`));
    link.quiet();
  }
  const heard = world.entries.filter(({ kind }) => kind === 'junk');
  heard.forEach((entry, i) => (i % 2 === 0 ? undefined : ofServer(entry)));
  const recorded = world.entries.filter(({ id }) => id % 97 !== 0);
  for (const entry of recorded) labels.times.take(entry);
  entries = owned(recorded);
  // The second launch begins with a connection.
  const half = recorded.findLastIndex((entry, i) => entry.kind === 'opened' && i < recorded.length - 300);
  known = {
    'in blocks of the usual size': entries,
    'in small blocks': entries,
    'written by two runs': owned([...owned(recorded.slice(0, half)), ...recorded.slice(half)], half),
  };
  stores.set('in blocks of the usual size', opened('usual.sqlite'));
  stores.set('in small blocks', opened('small.sqlite', small));
  for (const store of stores.values()) append(store, entries);
  const first = opened('runs.sqlite', small);
  append(first, entries.slice(0, half));
  first.close();
  const second = opened('runs.sqlite', small);
  append(second, entries.slice(half));
  stores.set('written by two runs', second);
});
afterAll(() => {
  for (const store of stores.values()) store.close();
});

const now = noon + 3_600_000;
const marks = new Map([
  [3, { entry: 3, marked: true, note: '' }],
  [40, { entry: 40, marked: false, note: 'odd' }],
]);
const names = { 8: 'Lobby' };
const labels = {
  nameOf: (vmcNo: number) => (vmcNo === 8 ? 'Lobby' : ''),
  markOf: (entry: number) => marks.get(entry) ?? null,
  times: new RecentTimes(),
};

const words = [
  'ec_2',
  '咖啡',
  '咖',
  'über',
  '"\\"n\\":4"',
  '"%"',
  '_',
  'ÿ',
  'tasse',
  '"Tasse ÜBER"',
  'cmd:hb',
  'cmd:h*',
  'NOT cmd:hb',
  'vmc:7,8',
  'vmc:Lobby',
  'dir:out',
  'kind:junk -dir:in',
  'dir:out OR n',
  'size>60',
  'size:10..50',
  'finding:*',
  'finding:text.gb18030',
  'kind:junk',
  'code:EC_2',
  'body.n>=650',
  'body.isSet:true',
  'time>=-61m',
  'time<-2h',
  'time>=-30m',
  'time<=-20m',
  'cmd:"null"',
  'cmd:long*',
  'vmc>=1000',
  'kind:opened',
  'vmc:9 kind:opened',
  '-vmc:9',
  'kind:closed,finding',
  'conn:2',
  'head:none',
  'fold:hb',
  'mark:*',
  'note:odd',
  'id:100..200',
  'latency:*',
  'answered:yes',
  '-answered:yes',
  'gap>=0',
  '-gap:*',
  'peer:4567',
  'peer:192.168.0.0/16',
  'text~"n.:6[0-9]"',
];
const text = fc
  .array(fc.tuple(fc.constantFrom('', 'OR ', '-'), fc.constantFrom(...words)), { maxLength: 4 })
  .map((terms) => terms.map(([how, word], i) => (i === 0 && how === 'OR ' ? word : how + word)).join(' '));

const filter: fc.Arbitrary<FrameFilter> = fc.record({
  vmcNo: fc.constantFrom(null, 7, 8, 9, 10),
  dir: fc.constantFrom(null, 'in', 'out'),
  cmd: fc.constantFrom(null, 'hb', 'Error', 'login_r', 'nothing'),
  text,
});

/** Newest first, page by page. */
function backwards(store: JournalStore, wanted: FrameFilter, limit: number): readonly number[] {
  const found: number[] = [];
  for (let before: number | null = null, more = true; more; more = before !== null) {
    const page: StoredPage = store.frames({ filter: wanted, place: { before }, limit, now, names });
    found.push(...page.entries.map(({ id }) => id));
    before = page.next;
  }
  return found;
}

function forwards(store: JournalStore, wanted: FrameFilter, limit: number, start: number): readonly number[] {
  const found: number[] = [];
  for (let after: number | null = start; after !== null;) {
    const page = store.frames({ filter: wanted, place: { after }, limit, now, names });
    found.unshift(...page.entries.map(({ id }) => id));
    after = page.next;
  }
  return found;
}

function counted(store: JournalStore, wanted: FrameFilter, start: number | null): number {
  let sum = 0;
  let newest = 0;
  for (let after = start, more = true; more; more = after !== null) {
    const slice: FrameCount = store.count({ filter: wanted, after, bins: null, now, names });
    sum += slice.count;
    after = slice.next;
    newest = slice.last;
  }
  expect(newest).toBe(store.last().entry);
  return sum;
}

/** The facts of each entry, computed once. */
const facts = new Map<Entry, FilterFacts>();
function factsOnce(entry: Entry): FilterFacts {
  const seen = facts.get(entry) ?? frameFacts(entry, labels);
  facts.set(entry, seen);
  return seen;
}

function expected(wanted: FrameFilter, among: readonly Entry[]): readonly number[] {
  const test = frameTest(wanted, now);
  if (!test.ok) throw new Error(`${wanted.text}: ${test.error.code}`);
  return among
    .filter((entry) => test.matches(factsOnce(entry)))
    .map(({ id }) => id)
    .toReversed();
}

describe('lists of frames', () => {
  it('the live view assigns the first entries of a connection at the first login', () => {
    const recent = new RecentFrames({ perMachine: 10_000 });
    const nameless = new UnnamedEntries();
    const assigned = world.entries.flatMap((entry) => {
      recent.add(entry);
      const named = nameless.add(entry);
      recent.setOwner(named);
      return named;
    });
    const all = owned(world.entries);
    expect(assigned).toEqual(all.filter(({ owner }) => owner !== undefined));
    expectSame(
      all.map(({ id }) => recent.get(id)),
      all,
    );
  });

  it('the journal finds and counts what the live view accepts, page by page, in both directions', () => {
    fc.assert(
      fc.property(
        filter,
        fc.constantFrom(...kinds),
        fc.integer({ min: 50, max: 1_000 }),
        fc.nat(1_600),
        (wanted, kind, limit, start) => {
          const store = stores.get(kind);
          if (store === undefined) throw new Error(kind);
          const all = expected(wanted, known[kind]);
          expectSame(backwards(store, wanted, limit), all);
          expect(counted(store, wanted, null)).toBe(all.length);
          const newer = all.filter((id) => id > start);
          expectSame(forwards(store, wanted, limit, start), newer);
          expect(counted(store, wanted, start)).toBe(newer.length);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  const asked: readonly Partial<FrameFilter>[] = [
    {},
    { vmcNo: 9 },
    { cmd: 'error' },
    { vmcNo: 1_403, cmd: 'error' },
    { text: '咖啡' },
    { text: '"n\\":4"' },
    { text: 'kind:opened time>=-30m' },
    { text: 'mark:*' },
    { text: 'note:odd OR cmd:error' },
    { text: 'cmd:long* -dir:out' },
    { text: 'vmc:9 kind:opened' },
    { text: 'dir:out kind:junk' },
    { dir: 'in', text: 'kind:junk' },
    { text: 'kind:junk -dir:in' },
    { dir: 'out' },
  ];

  it('junk from the server counts as outgoing', () => {
    const junk = entries.flatMap((entry) => (entry.kind === 'junk' ? [entry] : []));
    const isServers = ({ findings }: (typeof junk)[number]): boolean =>
      findings.some(({ code }) => code === 'capture.fromServer');
    const [out, came] = [junk.filter(isServers), junk.filter((entry) => !isServers(entry))].map((some) =>
      some.map(({ id }) => id).toReversed(),
    );
    expect([out?.length, came?.length].every((count) => (count ?? 0) > 3)).toBe(true);
    for (const store of stores.values()) {
      expect(backwards(store, { ...everyFrame, dir: 'out', text: 'kind:junk' }, 300)).toEqual(out);
      expect(backwards(store, { ...everyFrame, dir: 'in', text: 'kind:junk' }, 300)).toEqual(came);
    }
    expect(expected({ ...everyFrame, dir: 'out', text: 'kind:junk' }, entries)).toEqual(out);
    expect(junk.map((entry) => frameRow(entry).dir)).toEqual(
      junk.map((entry) => (isServers(entry) ? 'out' : 'in')),
    );
  });

  it.each(kinds)(
    '%s: finds and counts all entries',
    (kind) => {
      const store = stores.get(kind);
      for (const wish of asked) {
        const wanted = { ...everyFrame, ...wish };
        const all = expected(wanted, known[kind]);
        expect(all.length).toBeGreaterThan(0);
        expectSame(store === undefined ? [] : backwards(store, wanted, 300), all);
        expect(store === undefined ? 0 : counted(store, wanted, null)).toBe(all.length);
      }
    },
    20_000,
  );

  it('junk has its real direction in files of an earlier version, whose blocks store all junk as incoming', () => {
    const store = opened('earlier.sqlite', small);
    append(store, entries);
    store.close();
    const db = new DatabaseSync(directory('earlier.sqlite'));
    const wrote = db.prepare(`UPDATE blocks SET shapes = replace(shapes, '["junk",null,', '["junk","in",')`);
    expect(wrote.run().changes).toBeGreaterThan(0);
    expect(db.prepare(`SELECT 1 FROM blocks WHERE shapes LIKE '%["junk","in",%'`).get()).toBeDefined();
    db.close();
    const again = opened('earlier.sqlite', small);
    for (const wish of asked) {
      const wanted = { ...everyFrame, ...wish };
      const all = expected(wanted, entries);
      expectSame(backwards(again, wanted, 300), all);
      expect(counted(again, wanted, null)).toBe(all.length);
    }
    again.close();
  }, 20_000);

  it('a list continues from the first remaining entry after retention', () => {
    const store = opened('limited.sqlite', small);
    append(store, entries);
    let left: readonly Entry[] = entries;
    for (let more = true, n = 0; more; n += 1) {
      more = store.retain({ before: 0, now: 0, bytes: 1 }) !== null;
      const since = store.entriesAfter(0, 1)[0]?.id ?? Infinity;
      left = left.filter(({ id }) => id >= since);
      if (n % 10 !== 1 && more) continue;
      for (const wish of asked) {
        const wanted = { ...everyFrame, ...wish };
        const all = expected(wanted, left);
        expectSame(backwards(store, wanted, 300), all);
        expect(counted(store, wanted, null)).toBe(all.length);
      }
    }
    expect(left.length).toBe(entries.length % small.block);
    store.close();
    const db = new DatabaseSync(directory('limited.sqlite'));
    for (const table of ['blocks', 'facts', 'tokens', 'segments', 'slices'])
      expect(db.prepare(`SELECT count(*) AS n FROM ${table}`).get(), table).toEqual({ n: 0 });
    db.close();
  }, 20_000);

  it('a refused batch leaves no trace, even if it had closed a segment', () => {
    const store = opened('refused.sqlite', small);
    const size = small.block * small.segment;
    append(store, entries.slice(0, size - 50));
    const twice = [...entries.slice(size - 50, size + 50), ...entries.slice(0, 1)];
    expect(() => store.append(batchOf({ entries: twice }))).toThrow('UNIQUE');
    append(store, entries.slice(size - 50));
    for (const wish of asked) {
      const wanted = { ...everyFrame, ...wish };
      expectSame(backwards(store, wanted, 300), expected(wanted, entries));
    }
    store.close();
  }, 20_000);

  it.each([
    ['in the same block', 3],
    ['in a block of its own', 40],
    ['in a segment that is closed', 700],
    ['by an entry of the next run', -1],
  ])('a search for a machine finds the start of its connection, %s', (_what, between) => {
    const store = opened(`owner${between}.sqlite`, small);
    const peer = { remoteAddress: '192.0.2.7', remotePort: 1, localAddress: '192.0.2.1', localPort: 9700 };
    const hb = entries.filter((entry) => entry.kind === 'frame' && entry.conn === 1).slice(0, 1);
    const later = (id: number, conn: number, vmcNo: number): readonly Entry[] =>
      hb.map((entry) => Object.assign({}, entry, { id, conn, vmcNo }));
    append(store, [{ kind: 'opened', id: 1, at: noon, conn: 5, vmcNo: null, peer }]);
    const others = Math.max(0, between);
    append(store, Array.from({ length: others }, (_, i) => later(2 + i, 6, 60)).flat());
    if (between < 0) store.close();
    const last = between < 0 ? opened(`owner${between}.sqlite`, small) : store;
    append(last, later(2 + others, 5, 4_711));
    last.close();
    const again = opened(`owner${between}.sqlite`, small);
    const wanted = { ...everyFrame, vmcNo: 4_711 };
    expect(backwards(again, wanted, 300)).toEqual([2 + others, 1]);
    expect(counted(again, { ...wanted, text: 'kind:opened' }, null)).toBe(1);
    expect(counted(again, { ...everyFrame, text: '-vmc:4711' }, null)).toBe(others);
    expect(again.entry(1)).toMatchObject({ vmcNo: null, owner: 4_711 });
    again.close();
  });
});
