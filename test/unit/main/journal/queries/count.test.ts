/** Counter, time strip, list, file and command line return the same counts. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import fc from 'fast-check';
import { everyFrame, frameTest, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import type { BinSpan, FrameCount } from '#shared/model/frameCount';
import type { Entry } from '#shared/model/frame';
import { scan } from '../../../../../src/main/journal/queries/scan';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { frameFacts } from '../../../../../src/main/core/state/recentFrames';
import { connection, World } from '../../../../builders/connection';
import { RecentTimes } from '../../../../../src/main/core/state/recentTimes';
import { filters as anyFilters } from '../../../../builders/filterArbitraries';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const world = new World();
const times = new RecentTimes();
const labels = { nameOf: () => '', markOf: () => null, times };
const directory = useFolder('all');
let store: JournalStore;
let entries: readonly Entry[];
let db: DatabaseSyncInstance;

beforeAll(() => {
  for (let n = 0; n < 120; n += 1) {
    world.now += 5_000;
    const vmc_no = n % 3 === 0 ? 7 : 8;
    const body =
      n % 4 === 0 ? { cmd: 'error', error_code: n % 8 === 0 ? 'EC_2' : 'ERROR:5300' } : { cmd: 'hb' };
    connection({}, world)
      .receives({ ...body, vmc_no })
      .quiet();
  }
  ({ entries } = world);
  for (const entry of entries) times.take(entry);
  store = openStore(directory('journal.sqlite'), { block: 16, segment: 16 });
  db = new DatabaseSync(directory('journal.sqlite'), { readOnly: true });
  store.append(batchOf({ entries }));
});
afterAll(() => {
  db.close();
  store.close();
});

afterEach(() => void vi.restoreAllMocks());

/**
 * Start in ms after the first entry, and duration: many blocks, one or two
 * blocks, and from a block into unindexed entries.
 */
const spans = [
  [100_000, 350_000],
  [96_000, 7_000],
  [101_000, 7_000],
  [106_000, 7_000],
  [111_000, 7_000],
  [560_000, 70_000],
] as const;
const filters: readonly Partial<FrameFilter>[] = [
  {},
  { vmcNo: 7 },
  { dir: 'in' },
  { cmd: 'error' },
  { text: 'cmd:hb' },
  { text: 'EC_2' },
  { text: 'ERROR:5300 vmc:8', dir: 'in' },
  { text: 'cmd:nothing' },
  { text: '-cmd:hb OR finding:*' },
  { text: 'answered:yes' },
  { text: 'gap>=0 -size<70' },
  { text: 'latency:0 EC_2' },
];
const cases = filters.flatMap((given) => spans.map(([after, long]) => [given, after, long] as const));

function whole(filter: FrameFilter, bins: BinSpan | null): FrameCount {
  let all: FrameCount | null = null;
  for (;;) {
    const part: FrameCount = store.count({
      filter,
      after: all?.next ?? null,
      bins,
      now: world.now,
      names: {},
    });
    all =
      all === null
        ? part
        : {
            ...part,
            count: all.count + part.count,
            bars: {
              entries: part.bars?.entries.map((count, n) => count + (all?.bars?.entries[n] ?? 0)) ?? [],
              errors: part.bars?.errors.map((count, n) => count + (all?.bars?.errors[n] ?? 0)) ?? [],
            },
          };
    if (part.next === null) return all;
  }
}

it.each(cases)('counts %j from %i ms for %i ms', (given, after, long) => {
  const filter = { ...everyFrame, ...given };
  const [from, count] = [(entries[0]?.at ?? 0) + after, 7];
  const to = from + long;
  const test = frameTest(filter, world.now);
  if (!test.ok) throw new Error(test.error.code);
  const expected = {
    entries: Array.from({ length: count }, () => 0),
    errors: Array.from({ length: count }, () => 0),
  };
  for (const entry of entries) {
    // The start of a connection belongs to the machine that logs in later.
    const facts = { ...frameFacts(entry, labels), vmcNo: world.connections[entry.conn - 1]?.vmcNo ?? null };
    if (entry.at < from || entry.at >= to || !test.matches(facts)) continue;
    const bin = Math.floor((entry.at - from) / (long / count));
    expected.entries[bin] = (expected.entries[bin] ?? 0) + 1;
    if (entry.kind === 'frame' && entry.dir === 'in' && entry.message.body.cmd === 'error')
      expected.errors[bin] = (expected.errors[bin] ?? 0) + 1;
  }
  // Even on a busy computer.
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const found = whole(filter, { from, to, count });
  expect(found.bars).toEqual(expected);
  expect(found.count).toBe(expected.entries.reduce((sum, one) => sum + one, 0));
});

it('counts exactly in slices, and never reports more than it has counted', () => {
  const filter = { ...everyFrame, text: 'EC_2' };
  const bins = { from: 0, to: world.now + 1, count: 2 };
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const atOnce = whole(filter, bins);
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 45));
  const first = store.count({ filter, after: null, bins, now: world.now, names: {} });
  expect(first.next).not.toBeNull();
  expect(first.count).toBeLessThan(atOnce.count);
  expect(first.until).toBeLessThan(world.now);
  expect(whole(filter, bins)).toEqual(atOnce);
});

/** A year around all entries. */
const always = (): BinSpan => ({ from: world.now - 2e10, to: world.now + 2e10, count: 9 });

/** Filters that some entries match. */
const texts = [
  '',
  'cmd:hb',
  'EC_2',
  'vmc:7',
  '-cmd:error',
  'kind:opened',
  'EC_2 OR kind:closed',
  'finding:*',
  'vmc:7 dir:in',
];

it('counter, strip, list and file agree for any filter', () => {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...texts), anyFilters.map(formatFilter)), (text) => {
      const filter = { ...everyFrame, text };
      if (!frameTest(filter, world.now).ok) return;
      const question = { filter, now: world.now, names: {} };
      let listed = 0;
      for (let before: number | null = null; ;) {
        const page = store.frames({ ...question, place: { before }, limit: 50 });
        listed += page.entries.length;
        if (page.next === null) break;
        before = page.next;
      }
      const filed = [...scan(db, { ...question, ids: null }, new Map())].flatMap(({ entries: some }) => some);
      const counted = whole(filter, null).count;
      expect({ listed, filed: filed.length, strip: whole(filter, always()).count }).toEqual({
        listed: counted,
        filed: counted,
        strip: counted,
      });
    }),
    { numRuns: 20, seed: 7 },
  );
});
