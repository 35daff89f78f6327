import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFrames, emptyLog, frameLimit } from '../../../../src/renderer/src/store/frames';
import { frame } from '../rows';

const ids = (log: { rows: readonly { id: number }[] }): number[] => log.rows.map(({ id }) => id);

describe('the live frames', () => {
  it('are kept up to the limit; the count goes on', () => {
    let log = emptyLog;
    for (let from = 1; from <= 3_000; from += 300)
      log = addFrames(
        log,
        Array.from({ length: 300 }, (_, index) => frame(from + index)),
        0,
      );
    expect(log.rows).toHaveLength(frameLimit);
    expect(log.rows[0]?.id).toBe(1_001);
    expect(log.total).toBe(3_000);
  });

  it('a batch that overtook the answer to the watch is merged, nothing twice', () => {
    const feed = addFrames(emptyLog, [frame(4), frame(5)], 0);
    const both = addFrames(feed, [frame(1), frame(2), frame(3), frame(4)], 0);
    expect(ids(both)).toEqual([1, 2, 3, 4, 5]);
    expect(both.total).toBe(5);
  });

  it('what passed too fast is counted, also without rows', () => {
    const log = addFrames(addFrames(emptyLog, [frame(1)], 20), [], 5);
    expect(log).toMatchObject({ skipped: 25, total: 1 });
    expect(addFrames(log, [], 0)).toBe(log);
  });

  it('stand in the order of the journal, each once, however they came', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), { maxLength: 6 }), (batches) => {
        let log = emptyLog;
        for (const batch of batches)
          log = addFrames(
            log,
            batch.toSorted((a, b) => a - b).map((id) => frame(id)),
            0,
          );
        const expected = [...new Set(batches.flat())].toSorted((a, b) => a - b);
        expect(ids(log)).toEqual(expected);
        expect(log.total).toBe(expected.length);
      }),
    );
  });
});
