/** Retention deletes entries that are too old, oldest first. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import type { Fault } from '#shared/model/history';
import { connection, World } from '../../../../builders/connection';
import { batchOf, openStore } from '../../../../builders/journal';
import { command, fault } from '../../../../builders/rows';
import { Running } from '../../../../builders/running';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
let world: World;
beforeEach(() => {
  world = new World();
  store = openStore(directory('journal.sqlite'));
});
afterEach(() => {
  store.close();
});

const day = 86_400_000;
/** More entries than a block has, for each of these days (ms). */
function recorded(...days: readonly number[]): World {
  const before = world.entries.length;
  for (const at of days) {
    world.now = at;
    const link = connection({}, world);
    for (let n = 0; n < 600; n += 1) link.receives({ cmd: 'hb', vmc_no: 7 });
    link.hangsUp();
  }
  store.append(batchOf({ entries: world.entries.slice(before) }));
  return world;
}
/** A command, a run with a line and a diagnosis, all ended at `at`. */
function over(at: number): void {
  const book = new Running();
  book.starts([{ do: 'command', name: 'reboot', input: {} }], [1]);
  store.append(
    batchOf({
      commands: [command(1, { state: 'confirmed', endedAt: at })],
      runs: [{ ...book.run(1), endedAt: at }],
      runLines: [...book.lines.values()],
      diagnoses: [
        {
          id: 1,
          vmcNo: 7,
          rule: 'materialEmpty',
          cause: 'usedUp',
          since: at,
          until: at,
          evidence: [4],
          params: { materials: '10009' },
        },
      ],
    }),
  );
}
/** Counts of commands, runs, lines and diagnoses. */
const left = (): readonly number[] => [
  store.history.commands({ vmcNo: null, before: null, limit: 9 }).length,
  store.runs.page({ before: null, limit: 9 }).length,
  store.runs.linesOf(1).length,
  store.history.diagnoses({ vmcNo: 7, limit: 9 }).length,
];

/** Deletes all that is too old at `now`. */
function retained(before: number, now: number): void {
  while (store.retain({ before, now, bytes: 1e12 }) !== null);
}

it('deletes entries older than the limit and keeps the others', () => {
  const { entries } = recorded(10 * day, 20 * day, 30 * day);
  retained(25 * day, 30 * day);
  const [first] = store.entriesAfter(0, 1);
  const day30 = entries.findIndex(({ at }) => at >= 30 * day);
  // A block with both stays complete.
  expect(first?.id).toBeGreaterThan((entries[day30]?.id ?? 0) - 512);
  expect(store.entriesAfter(0, 10_000).at(-1)?.id).toBe(entries.at(-1)?.id);
});

it('deletes nothing because a wrong clock recorded later entries', () => {
  const { entries } = recorded(3_000 * day, 10 * day, 3_001 * day);
  retained(2_990 * day, 3_001 * day);
  expect(store.entriesAfter(0, 1)[0]?.id).toBe(entries[0]?.id);
});

it('deletes entries of a clock that was ahead together with the next entries', () => {
  const { entries } = recorded(9_000 * day, 10 * day, 30 * day);
  retained(5 * day, 30 * day);
  expect(store.entriesAfter(0, 1)[0]?.id).toBe(entries[0]?.id);
  retained(25 * day, 30 * day);
  expect(store.entriesAfter(0, 1)[0]?.at).toBeGreaterThan(9 * day);
  expect(store.entriesAfter(0, 1)[0]?.at).toBeLessThan(31 * day);
});

it('keeps later work when it deletes entries of a clock that was ahead', () => {
  const { entries } = recorded(...Array.from({ length: 9 }, () => 9_000 * day), 10 * day, 30 * day);
  over(29 * day);
  retained(25 * day, 30 * day);
  expect(store.entriesAfter(0, 1)[0]?.id).toBeGreaterThan(9 * 600);
  expect(store.entriesAfter(0, 10_000).at(-1)?.id).toBe(entries.at(-1)?.id);
  expect(left()).toEqual([1, 1, 1, 1]);
  retained(30 * day, 31 * day);
  recorded(40 * day, 50 * day);
  retained(45 * day, 50 * day);
  expect(left()).toEqual([0, 0, 0, 0]);
});

it('keeps later work when only entries of a clock that was ahead are deleted for size', () => {
  recorded(...Array.from({ length: 20 }, () => 9_000 * day));
  over(29 * day);
  expect(store.retain({ before: 25 * day, now: 30 * day, bytes: 1 })).not.toBeNull();
  expect(left()).toEqual([1, 1, 1, 1]);
});

it('deletes an error that lasted longer than the limit with the entry that ended it', () => {
  const { entries } = recorded(10 * day, 20 * day, 30 * day, 40 * day);
  const at = (time: number): number => entries.find((entry) => entry.at >= time)?.id ?? 0;
  const error = (id: number, clearedAt: number | null, clearedEntry: number | null): Fault => {
    const by = clearedEntry === null ? 'forgotten' : 'machine';
    return fault(id, {
      vmcNo: 7,
      setAt: 10 * day,
      clearedAt,
      clearedEntry,
      clearedBy: clearedAt === null ? null : by,
    });
  };
  const faults = [
    error(2, 10 * day, 3),
    error(3, null, null),
    error(4, 40 * day, at(40 * day)),
    error(5, 40 * day, null),
    error(6, 10 * day, null),
  ];
  store.append(batchOf({ faults }));
  const kept = (): readonly number[] =>
    store.history
      .faults({ vmcNo: 7, activeOnly: false, before: null, limit: 9 })
      .map(({ id }) => id)
      .toSorted((a, b) => a - b);
  retained(35 * day, 40 * day);
  expect(kept()).toEqual([3, 4, 5]);
  recorded(60 * day, 70 * day);
  retained(65 * day, 70 * day);
  expect(kept()).toEqual([3]);
});
