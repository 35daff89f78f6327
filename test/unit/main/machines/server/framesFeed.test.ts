import { describe, expect, it } from 'vitest';
import { FramesFeed, rowsWhenOver, rowsPerBatch } from '../../../../../src/main/machines/server/framesFeed';
import { frame } from '../../../../builders/rows';

const addFrames = (feed: FramesFeed, from: number, to: number): void => {
  for (let id = from; id <= to; id += 1) feed.add(() => frame(id));
};
const takeFrom = (feed: FramesFeed): { first: number | undefined; count: number; skipped: number } => {
  const { rows, skipped } = feed.take();
  return { first: rows[0]?.id, count: rows.length, skipped };
};

describe('rows for a window', () => {
  it('are all sent up to the limit', () => {
    const feed = new FramesFeed();
    addFrames(feed, 1, rowsPerBatch);
    expect(takeFrom(feed)).toEqual({ first: 1, count: rowsPerBatch, skipped: 0 });
    expect(feed.isEmpty).toBe(true);
  });

  it('beyond the limit are the newest, and the others are counted', () => {
    for (const many of [rowsPerBatch + 1, 2 * rowsPerBatch, 2 * rowsPerBatch + 7, 5_000]) {
      const feed = new FramesFeed();
      addFrames(feed, 1, many);
      expect(takeFrom(feed)).toEqual({
        first: many - rowsWhenOver + 1,
        count: rowsWhenOver,
        skipped: many - rowsWhenOver,
      });
    }
  });

  it('are made only when they are sent', () => {
    const feed = new FramesFeed();
    let made = 0;
    for (let id = 1; id <= 1_000; id += 1)
      feed.add(() => {
        made += 1;
        return frame(id);
      });
    feed.take();
    expect(made).toBe(rowsWhenOver);
  });

  it('start empty with every batch', () => {
    const feed = new FramesFeed();
    addFrames(feed, 1, 1_000);
    feed.take();
    addFrames(feed, 1_001, 1_002);
    expect(takeFrom(feed)).toEqual({ first: 1_001, count: 2, skipped: 0 });
  });
});
