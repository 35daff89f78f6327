import { describe, expect, it } from 'vitest';
import { FramesFeed, rowsOfMany, rowsPerBatch } from '../../../../src/main/server/framesFeed';
import { frame } from '../../renderer/rows';

const pass = (passing: FramesFeed, from: number, to: number): void => {
  for (let id = from; id <= to; id += 1) passing.add(() => frame(id));
};
const taken = (passing: FramesFeed): { first: number | undefined; count: number; skipped: number } => {
  const { rows, skipped } = passing.take();
  return { first: rows[0]?.id, count: rows.length, skipped };
};

describe('rows on their way to a window', () => {
  it('are all sent as long as they are not too many', () => {
    const passing = new FramesFeed();
    pass(passing, 1, rowsPerBatch);
    expect(taken(passing)).toEqual({ first: 1, count: rowsPerBatch, skipped: 0 });
    expect(passing.isEmpty).toBe(true);
  });

  it('are the newest of too many, and the others are counted', () => {
    for (const many of [rowsPerBatch + 1, 2 * rowsPerBatch, 2 * rowsPerBatch + 7, 5_000]) {
      const passing = new FramesFeed();
      pass(passing, 1, many);
      expect(taken(passing)).toEqual({
        first: many - rowsOfMany + 1,
        count: rowsOfMany,
        skipped: many - rowsOfMany,
      });
    }
  });

  it('are made only when they are sent', () => {
    const passing = new FramesFeed();
    let made = 0;
    for (let id = 1; id <= 1_000; id += 1)
      passing.add(() => {
        made += 1;
        return frame(id);
      });
    passing.take();
    expect(made).toBe(rowsOfMany);
  });

  it('begin anew with every batch', () => {
    const passing = new FramesFeed();
    pass(passing, 1, 1_000);
    passing.take();
    pass(passing, 1_001, 1_002);
    expect(taken(passing)).toEqual({ first: 1_001, count: 2, skipped: 0 });
  });
});
