import { expect, it } from 'vitest';
import { mostReplayRows, type ReplayRow } from '#shared/model/replay';
import { KeptRows } from '../../../../../src/main/tools/replay/keptRows';

const row = (id: number, over: Partial<ReplayRow> = {}): ReplayRow => ({
  id,
  kind: 'answer',
  step: 1,
  conn: 1,
  cmd: 'hb',
  entry: null,
  recorded: null,
  now: null,
  outcome: 'same',
  differences: [],
  notes: [],
  ...over,
});

it('pages go from newest to oldest, each with the start of the next', () => {
  const kept = new KeptRows();
  for (let id = 1; id <= 5; id += 1) kept.put(row(id));
  const ids = (before: number | null): unknown => {
    const { rows, next } = kept.page(before, 2, false);
    return [rows.map(({ id }) => id), next];
  };
  expect([ids(null), ids(4), ids(2)]).toEqual([
    [[5, 4], 4],
    [[3, 2], 2],
    [[1], null],
  ]);
});

it('a row appears in its latest version, and among the differing ones only while it differs', () => {
  const kept = new KeptRows();
  kept.put(row(1, { outcome: 'missing' }));
  kept.put(row(2, { kind: 'sent', outcome: 'explained' }));
  kept.put(row(3, { outcome: 'differs' }));
  expect(kept.page(null, 9, true).rows.map(({ id }) => id)).toEqual([3, 1]);
  kept.put(row(1, { outcome: 'same' }));
  expect(kept.page(null, 9, true).rows.map(({ id }) => id)).toEqual([3]);
  expect(kept.page(null, 9, false).rows.at(-1)?.outcome).toBe('same');
});

it('beyond the limit the oldest rows are dropped', () => {
  const kept = new KeptRows();
  for (let id = 1; id <= mostReplayRows + 2; id += 1) kept.put(row(id));
  const { rows } = kept.page(null, mostReplayRows + 9, false);
  expect([rows.length, rows.at(-1)?.id]).toEqual([mostReplayRows, 3]);
});
