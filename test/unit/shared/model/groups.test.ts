/** Statistics and groups against formulas and counts of their own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupTable, missingMachines, mostGroups, statisticOf } from '#shared/model/groups';

describe('statistics', () => {
  it('of known numbers are those of a spreadsheet', () => {
    // PERCENTILE.INC of the same numbers gives 3.5, 5.75 and 5.95.
    expect(statisticOf(Float64Array.from([6, 1, 2, 3, 4, 5]))).toEqual({
      count: 6,
      min: 1,
      median: 3.5,
      p95: 5.75,
      p99: 5.95,
      max: 6,
      sum: 21,
    });
    expect(statisticOf(Float64Array.from([7]))).toMatchObject({ min: 7, median: 7, p99: 7, sum: 7 });
    expect(statisticOf(new Float64Array())).toMatchObject({ count: 0, median: null, sum: 0 });
  });

  it('sum up without rounding errors that grow', () => {
    expect(statisticOf(Float64Array.from({ length: 10 }, () => 0.1)).sum).toBe(1);
    expect(statisticOf(Float64Array.from([1e100, 1, -1e100])).sum).toBe(1);
  });

  it('lie between the smallest and the largest number, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (numbers) => {
        const { count, min, median, p95, p99, max, sum } = statisticOf(Float64Array.from(numbers));
        expect([count, min, max]).toEqual([numbers.length, Math.min(...numbers), Math.max(...numbers)]);
        expect(sum).toBe(numbers.reduce((all, number) => all + number, 0));
        const ranks = [min, median, p95, p99, max].map(Number);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const below = numbers.filter((number) => number <= Number(median)).length;
        expect(below).toBeGreaterThanOrEqual(count / 2);
      }),
    );
  });
});

describe('groups', () => {
  const add = (table: GroupTable, id: number, ...values: readonly (readonly (string | number)[])[]): void =>
    table.add(id, 1_000 - id, values, []);
  const found = (table: GroupTable) => table.groups().map(({ values, count }) => [values, count]);

  it('take a value in any case, as a number or as text, as one', () => {
    const table = new GroupTable(0);
    add(table, 1, ['Hb']);
    add(table, 2, ['hb']);
    add(table, 3, [5]);
    add(table, 4, ['5']);
    add(table, 5, []);
    expect(found(table)).toEqual([
      [[5], 2],
      [['Hb'], 2],
      [[null], 1],
    ]);
  });

  it('have an entry in each combination of its values, once', () => {
    const table = new GroupTable(0);
    add(table, 1, ['a', 'A', 'b'], ['x', 'y']);
    expect(found(table).map(([values]) => values)).toEqual([
      ['a', 'x'],
      ['a', 'y'],
      ['b', 'x'],
      ['b', 'y'],
    ]);
    expect(table.entries).toBe(1);
  });

  it('never mix values of two names, whatever they contain', () => {
    const table = new GroupTable(0);
    add(table, 1, ['a\u0000=b'], ['c']);
    add(table, 2, ['a'], ['b\u0000=c']);
    add(table, 3, ['a\u0000-'], []);
    add(table, 4, ['a'], ['-']);
    expect(table.size).toBe(4);
  });

  it('have the first and last entry by time, whatever the order', () => {
    const [one, other] = [new GroupTable(0), new GroupTable(0)];
    const entries = [3, 1, 2].map((id) => [id, id === 3 ? 5 : 7] as const);
    for (const [id, at] of entries) one.add(id, at, [['x']], []);
    for (const [id, at] of entries.toReversed()) other.add(id, at, [['x']], []);
    expect(one.groups()).toEqual(other.groups());
    expect(one.groups()[0]).toMatchObject({ first: 5, firstId: 3, last: 7, lastId: 2 });
  });

  it('are limited in number, and what is beyond is counted', () => {
    const table = new GroupTable(0);
    for (let i = 0; i < mostGroups + 5; i += 1) add(table, i, [i]);
    expect([table.size, table.beyond, table.entries]).toEqual([mostGroups, 5, mostGroups + 5]);
  });
});

it('missing machines are those that are in no group', () => {
  const table = new GroupTable(0);
  table.add(1, 1, [[7]], []);
  table.add(2, 2, [[]], []);
  expect(missingMachines([9, 7, 8, 9], table.groups())).toEqual([8, 9]);
});
