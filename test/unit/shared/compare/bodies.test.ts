import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { compare, valueAt } from '#shared/compare/bodies';

describe('differences from the frame before', () => {
  const changesOf = (now: JsonObject, before: JsonObject) => {
    const { merged, changes } = compare(now, before);
    return { merged, changes: Object.fromEntries(changes) };
  };

  it('are new, changed and removed members, also inside objects and lists', () => {
    expect(
      changesOf(
        { cmd: 'a', n: 2, supply: { '1': '5', '3': '7' }, list: [1, 5] },
        { cmd: 'a', n: 1, supply: { '1': '6', '2': '8' }, list: [1, 2, 3], old: true },
      ),
    ).toEqual({
      merged: { cmd: 'a', n: 2, supply: { '1': '5', '2': '8', '3': '7' }, list: [1, 5, 3], old: true },
      changes: {
        '["n"]': { what: 'changed', was: 1 },
        '["supply","1"]': { what: 'changed', was: '6' },
        '["supply","3"]': { what: 'added' },
        '["supply","2"]': { what: 'gone' },
        '["list",1]': { what: 'changed', was: 2 },
        '["list",2]': { what: 'gone' },
        '["old"]': { what: 'gone' },
      },
    });
  });

  it('do not affect the body’s own value at a path', () => {
    const now = { supply: { '1': '5' }, list: [[1], null] };
    const { merged } = compare(now, { supply: { '1': '5', '2': '8' }, list: [[1, 2], null, 3] });
    expect(merged).toEqual({ supply: { '1': '5', '2': '8' }, list: [[1, 2], null, 3] });
    expect(valueAt(now, ['supply'])).toEqual({ '1': '5' });
    expect(valueAt(now, ['list'])).toEqual([[1], null]);
    expect(valueAt(now, ['list', 0])).toEqual([1]);
    expect(valueAt(now, ['list', 1])).toBeNull();
    for (const path of [
      ['supply', '2'],
      ['list', 2],
      ['list', 0, 1],
      ['list', 1, 'a'],
      ['supply', 'toString'],
    ])
      expect(valueAt(now, path)).toBeUndefined();
  });

  it('include another type of value; equal bodies have none', () => {
    expect(changesOf({ a: '1' }, { a: 1 }).changes).toEqual({ '["a"]': { what: 'changed', was: 1 } });
    expect(changesOf({ a: {} }, { a: [] }).changes).toEqual({ '["a"]': { what: 'changed', was: [] } });
    expect(changesOf({ a: [{}], b: null }, { a: [{}], b: null }).changes).toEqual({});
  });
});
