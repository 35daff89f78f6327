import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockSize,
  heightAtEnd,
  movedBy,
  windowAt,
  windowAtEnd,
} from '../../../../src/renderer/src/ui/lineWindow';

describe('the lines that are drawn', () => {
  it('are those in view and some ahead, in whole blocks, never more than there are nodes for', () => {
    const lengths = fc.integer({ min: 1, max: 100_000 });
    const given = fc.tuple(lengths, fc.nat(100_000), fc.integer({ min: 1, max: 60 }), fc.nat(60));
    fc.assert(
      fc.property(given, ([count, place, shown, ahead]) => {
        const first = Math.min(place, Math.max(0, count - shown));
        const { from, to, blocks } = windowAt(first, shown, ahead, count);
        expect(from % blockSize).toBe(0);
        expect(Math.ceil((to - from) / blockSize)).toBeLessThanOrEqual(blocks);
        expect(from).toBeLessThanOrEqual(Math.max(0, first - ahead));
        expect(to).toBeGreaterThanOrEqual(Math.min(count, first + shown + ahead));
      }),
    );
  });

  it('are the last ones of a list that follows, which is no higher than it needs to be', () => {
    expect(windowAtEnd(30, 10)).toMatchObject({ from: 0, to: 10 });
    const { from, to } = windowAtEnd(30, 5_000);
    expect(to).toBe(5_000);
    expect(to - from).toBeGreaterThanOrEqual(30);
    expect(heightAtEnd(30, 10)).toBe(10);
    expect(heightAtEnd(30, 5_000)).toBe(60);
  });
});

describe('what is in view stays where it is', () => {
  it('when lines come before it or are let go there', () => {
    expect(movedBy([5, 6, 7], [1, 2, 3, 4, 5, 6, 7], 1)).toBe(4);
    expect(movedBy([1, 2, 3, 4, 5], [3, 4, 5], 3)).toBe(-2);
    expect(movedBy([1, 2, 3], [1, 2, 3, 4], 1)).toBe(0);
  });

  it('when the line at the upper edge is gone and one after it is not', () => {
    expect(movedBy([10, 11, 12, 13], [8, 9, 12, 13], 1)).toBe(0);
    expect(movedBy([10, 11, 12, 13], [7, 8, 9, 12, 13], 1)).toBe(1);
  });

  it('or is another list altogether', () => {
    expect(movedBy([1, 2, 3], [901, 902], 1)).toBe(0);
    expect(movedBy([], [1, 2], 0)).toBe(0);
  });
});
