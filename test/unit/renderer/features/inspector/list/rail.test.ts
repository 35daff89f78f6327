import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entryAt,
  shareAt,
  shareOf,
  smallestThumb,
  thumbOf,
} from '../../../../../../src/renderer/src/features/inspector/list/rail';

const all = { first: 1, last: 1_000_000 };

describe('the rail beside a list', () => {
  it('is at its ends with the oldest and newest in view, and between them elsewhere', () => {
    expect(shareOf(all, { first: 1, last: 30 })).toBe(0);
    expect(shareOf(all, { first: 999_971, last: 1_000_000 })).toBe(1);
    expect(shareOf(all, { first: 499_985, last: 500_016 })).toBeCloseTo(0.5, 4);
    expect(shareOf({ first: 7, last: 9 }, { first: 7, last: 9 })).toBe(1);
  });

  it('stays within its ends with outdated limits', () => {
    expect(shareOf({ first: 100, last: 200 }, { first: 90, last: 120 })).toBe(0);
    expect(shareOf({ first: 100, last: 200 }, { first: 150, last: 230 })).toBe(1);
  });

  it('has the entry number of each position', () => {
    expect(entryAt(all, 0)).toBe(1);
    expect(entryAt(all, 0.5)).toBe(500_001);
    expect(entryAt(all, 1)).toBe(1_000_000);
    expect(entryAt({ first: 5_000_000, last: 5_000_010 }, 2)).toBe(5_000_010);
  });

  it('shows the requested position where the thumb was released', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const first = Math.min(entryAt(all, share), all.last - 30);
        expect(Math.abs(shareOf(all, { first, last: first + 30 }) - share)).toBeLessThan(0.001);
      }),
    );
  });

  it('has a thumb of usable size, which follows a drag', () => {
    expect(thumbOf(500, 0, 1)).toEqual({ top: 500 - smallestThumb, height: smallestThumb });
    expect(thumbOf(500, 0.5, 1)).toEqual({ top: 250, height: 250 });
    expect(thumbOf(20, 0, 0.5)).toEqual({ top: 0, height: 20 });
    const { top, height } = thumbOf(500, 0, 0.3);
    expect(shareAt(500, height, top)).toBeCloseTo(0.3);
    expect(shareAt(500, height, -90)).toBe(0);
    expect(shareAt(500, height, 900)).toBe(1);
    expect(shareAt(20, 20, 4)).toBe(1);
  });
});
