/** What the strip counts is what the list shows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { everyFrame, frameTest, type FrameFilter } from '#shared/filter/frames';
import type { Entry } from '#shared/model/frame';
import { packEntries } from '../../../../../src/main/journal/client/packed';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { openJournal } from '../../../../../src/main/journal/store/openJournal';
import { frameFacts } from '../../../../../src/main/session/recentFrames';
import { connection, World } from '../../../../builders/connection';

const world = new World();
const labels = { nameOf: () => '', markOf: () => null };
let directory: string;
let store: JournalStore;
let entries: readonly Entry[];

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
  directory = mkdtempSync(join(tmpdir(), 'crema-activity-'));
  const result = openJournal(join(directory, 'journal.sqlite'), { block: 16, segment: 16 });
  if (result.kind !== 'open') throw new Error('not opened');
  ({ store } = result);
  store.append({ entries: packEntries(entries), faults: [], orders: [], commands: [], machines: [] });
});
afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

afterEach(() => void vi.restoreAllMocks());

/** ms after the first entry, and how long: over many blocks, within one or two, and from within the last to what is in none yet. */
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
];
const cases = filters.flatMap((given) => spans.map(([after, long]) => [given, after, long] as const));

it.each(cases)('of %j, from %i ms on for %i', (given, after, long) => {
  const filter = { ...everyFrame, ...given };
  const [from, bins] = [(entries[0]?.at ?? 0) + after, 7];
  const to = from + long;
  const test = frameTest(filter, world.now);
  if (!test.ok) throw new Error(test.error.code);
  const expected = {
    frames: Array.from({ length: bins }, () => 0),
    errors: Array.from({ length: bins }, () => 0),
  };
  for (const entry of entries) {
    if (entry.at < from || entry.at >= to || (entry.kind !== 'frame' && entry.kind !== 'junk')) continue;
    if (!test.matches(frameFacts(entry, labels))) continue;
    const bin = Math.floor((entry.at - from) / (long / bins));
    expected.frames[bin] = (expected.frames[bin] ?? 0) + 1;
    if (entry.kind === 'frame' && entry.dir === 'in' && entry.message.body.cmd === 'error')
      expected.errors[bin] = (expected.errors[bin] ?? 0) + 1;
  }
  // However busy the computer is.
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const asked = { filter, from, to, bins, now: world.now, names: {} };
  expect(store.activity(asked)).toEqual({ ...expected, exact: true });
});

it('what one look has no time for is told by the part of the newest that matched', () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 15));
  const filter = { ...everyFrame, text: 'EC_2' };
  const asked = { filter, from: 0, to: world.now + 1, bins: 2, now: world.now, names: {} };
  const { frames, exact } = store.activity(asked);
  expect(exact).toBe(false);
  const all = frames.reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(5);
  expect(all).toBeLessThan(40);
});
