import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedBatch } from '#shared/contract/feed';
import { createFeedGate } from '../../../../src/renderer/src/bridge/live';
import { snapshot } from '../../../builders/snapshot';

const batch = (seq: number): FeedBatch => ({ seq });

function watched() {
  const seen: string[] = [];
  const gate = createFeedGate(
    ({ seq }) => void seen.push(`snapshot ${seq}`),
    ({ seq }) => void seen.push(`batch ${seq}`),
  );
  return { seen, gate };
}

describe('the feed gate', () => {
  it('holds batches back until the snapshot is there', () => {
    const { seen, gate } = watched();
    gate.batch(batch(6));
    gate.batch(batch(7));
    expect(seen).toEqual([]);
    gate.snapshot(snapshot({ seq: 5 }));
    gate.batch(batch(8));
    expect(seen).toEqual(['snapshot 5', 'batch 6', 'batch 7', 'batch 8']);
  });

  it('skips what the snapshot already holds, and what came twice', () => {
    const { seen, gate } = watched();
    gate.batch(batch(4));
    gate.batch(batch(5));
    gate.batch(batch(6));
    gate.snapshot(snapshot({ seq: 5 }));
    gate.batch(batch(6));
    expect(seen).toEqual(['snapshot 5', 'batch 6']);
  });

  it('takes a new snapshot at any time', () => {
    const { seen, gate } = watched();
    gate.snapshot(snapshot({ seq: 1 }));
    gate.batch(batch(2));
    gate.snapshot(snapshot({ seq: 9 }));
    gate.batch(batch(3));
    gate.batch(batch(10));
    expect(seen).toEqual(['snapshot 1', 'batch 2', 'snapshot 9', 'batch 10']);
  });

  it('applies newer batches to a snapshot that was requested later', () => {
    const { seen, gate } = watched();
    gate.snapshot(snapshot({ seq: 1 }));
    gate.expect();
    gate.batch(batch(2));
    gate.batch(batch(3));
    gate.snapshot(snapshot({ seq: 2 }));
    gate.batch(batch(4));
    expect(seen).toEqual(['snapshot 1', 'batch 2', 'batch 3', 'snapshot 2', 'batch 3', 'batch 4']);
  });

  it('continues if the requested snapshot does not arrive', () => {
    const { seen, gate } = watched();
    gate.snapshot(snapshot({ seq: 0 }));
    gate.expect();
    for (let seq = 1; seq <= 1_100; seq += 1) gate.batch(batch(seq));
    expect(seen).toHaveLength(1_101);
    gate.expect();
    gate.batch(batch(1_101));
    gate.snapshot(snapshot({ seq: 1_100 }));
    expect(seen.slice(-3)).toEqual(['batch 1101', 'snapshot 1100', 'batch 1101']);
  });

  it('shows every batch after the snapshot once and in order, at any time of the snapshot', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (total, at) => {
        const { seen, gate } = watched();
        const taken = Math.min(at, total);
        for (let seq = 1; seq <= total; seq += 1) {
          if (seq === taken) gate.snapshot(snapshot({ seq }));
          gate.batch(batch(seq));
        }
        if (taken === 0) gate.snapshot(snapshot({ seq: 0 }));
        const expected = Array.from({ length: total - taken }, (_, index) => `batch ${taken + index + 1}`);
        expect(seen).toEqual([`snapshot ${taken}`, ...expected]);
      }),
    );
  });
});
