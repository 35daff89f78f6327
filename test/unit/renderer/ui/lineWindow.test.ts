import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockOf,
  blockSize,
  heightAtEnd,
  movedBy,
  windowAt,
  windowAtEnd,
} from '../../../../src/renderer/src/ui/lineWindow';

describe('the rendered lines', () => {
  it('are those in view and some ahead, in whole blocks, with a fixed number of nodes', () => {
    const lengths = fc.integer({ min: 1, max: 100_000 });
    const moves = fc.integer({ min: -5_000, max: 5_000 });
    const given = fc.tuple(lengths, fc.nat(100_000), fc.integer({ min: 1, max: 60 }), fc.nat(60), moves);
    fc.assert(
      fc.property(given, ([count, place, shown, ahead, moved]) => {
        const first = Math.min(place, Math.max(0, count - shown));
        const { from, to, begin, blocks } = windowAt(first, shown, ahead, { count, moved });
        expect(Math.abs((begin - moved) % blockSize)).toBe(0);
        expect(from).toBe(Math.max(0, begin));
        expect(from - begin).toBeLessThan(blockSize);
        expect(Math.ceil((to - begin) / blockSize)).toBeLessThanOrEqual(blocks);
        expect(from).toBeLessThanOrEqual(Math.max(0, first - ahead));
        expect(to).toBeGreaterThanOrEqual(Math.min(count, first + shown + ahead));
      }),
    );
  });

  it('keep their blocks when others are inserted or removed before them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 5_000 }),
        fc.integer({ min: -200, max: 5_000 }),
        fc.nat(7),
        (first, by, within) => {
          const at = (count: number, moved: number) =>
            windowAt(first + moved, 30, 48, { count: count + moved, moved });
          const [before, after] = [at(20_000, 0), at(20_000, by)];
          expect(after.begin - by).toBe(before.begin);
          expect(blockOf(first + by + within, by)).toBe(blockOf(first + within, 0));
        },
      ),
    );
  });

  it('of a list that follows are the last ones, and its height is the minimum', () => {
    expect(windowAtEnd(30, 10)).toMatchObject({ from: 0, to: 10 });
    const { from, to } = windowAtEnd(30, 5_000);
    expect(to).toBe(5_000);
    expect(to - from).toBeGreaterThanOrEqual(30);
    expect(heightAtEnd(30, 10)).toBe(10);
    expect(heightAtEnd(30, 5_000)).toBe(60);
  });
});

describe('the view stays in place', () => {
  it('when lines are inserted or removed before it', () => {
    expect(movedBy([5, 6, 7], [1, 2, 3, 4, 5, 6, 7], 1)).toBe(4);
    expect(movedBy([1, 2, 3, 4, 5], [3, 4, 5], 3)).toBe(-2);
    expect(movedBy([1, 2, 3], [1, 2, 3, 4], 1)).toBe(0);
  });

  it('when the line at the upper edge is gone, but not one after it', () => {
    expect(movedBy([10, 11, 12, 13], [8, 9, 12, 13], 1)).toBe(0);
    expect(movedBy([10, 11, 12, 13], [7, 8, 9, 12, 13], 1)).toBe(1);
  });

  it('or belongs to another list', () => {
    expect(movedBy([1, 2, 3], [901, 902], 1)).toBe(0);
    expect(movedBy([], [1, 2], 0)).toBe(0);
  });
});
