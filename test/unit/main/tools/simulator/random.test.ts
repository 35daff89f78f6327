import { describe, expect, test } from 'vitest';
import { Random } from '../../../../../src/main/tools/simulator/random';

const draw = (random: Random, n = 100) => Array.from({ length: n }, () => random.next());

describe('seeded random numbers', () => {
  test('are equal for equal seeds, different for others', () => {
    expect(draw(new Random(7))).toEqual(draw(new Random(7)));
    expect(draw(new Random(7))).not.toEqual(draw(new Random(8)));
  });

  test('a fork depends on seed and name only, not on earlier draws', () => {
    const fresh = new Random(7);
    const used = new Random(7);
    draw(used, 33);
    expect(draw(used.fork('wire'))).toEqual(draw(fresh.fork('wire')));
    expect(draw(fresh.fork('wire'))).not.toEqual(draw(fresh.fork('life')));
    expect(draw(fresh.fork(1))).not.toEqual(draw(fresh.fork(2)));
  });

  test('forks of different seeds differ', () => {
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    expect(new Set(seeds.map((seed) => new Random(seed).fork('truth').next())).size).toBe(100);
  });

  test('whole numbers stay within their limits and reach both', () => {
    const random = new Random(1);
    const drawn = new Set(Array.from({ length: 2_000 }, () => random.int(3, 9)));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  test('weights count', () => {
    const random = new Random(1);
    const rows = [
      { name: 'rare', weight: 1 },
      { name: 'often', weight: 9 },
      { name: 'never', weight: 0 },
    ] as const;
    const counts = { rare: 0, often: 0, never: 0 };
    for (let i = 0; i < 10_000; i += 1) counts[random.weighted(rows).name] += 1;
    expect(counts.never).toBe(0);
    expect(counts.rare / 10_000).toBeCloseTo(0.1, 1);
    expect(counts.often + counts.rare).toBe(10_000);
  });

  test('hex digits', () => {
    expect(new Random(3).hex(20)).toMatch(/^[0-9a-f]{20}$/);
  });
});
