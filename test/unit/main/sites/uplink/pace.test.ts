import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../../src/main/sites/uplink/pace';

/** The rests after 100 batches of 20 ms, while the journal grows by so many entries per second. */
function rests(perSecond: number, rate = Infinity): readonly number[] {
  const pace = new Pace(rate);
  let now = 1_000;
  return Array.from({ length: 100 }, () => {
    now += 20;
    const last = 5_000_000 + Math.floor((now / 1_000) * perSecond);
    const rest = pace.rest({ bytes: 100_000, worked: 20, last, now });
    now += rest;
    return rest;
  });
}

describe('an uplink that works off a backlog', () => {
  it('never rests if the journal does not grow', () => {
    expect(new Set(rests(0))).toEqual(new Set([0]));
  });

  it('rests as long as it works while machines are busy, after the first second', () => {
    expect(rests(1_000).filter((rest) => rest === 20).length).toBeGreaterThanOrEqual(48);
    expect(rests(1_000).at(-1)).toBe(20);
    expect(rests(5).at(-1)).toBe(0);
  });

  it('sends no more bytes per second than it may', () => {
    // 100,000 bytes at 2 MB/s take 50 ms.
    expect(new Set(rests(0, 2_000_000))).toEqual(new Set([30]));
  });
});
