import { describe, expect, it } from 'vitest';
import { openTables } from '../../../scripts/lib/tables.mjs';

const names = (/** @type {string} */ source) => openTables(source).map(({ name }) => name);

describe('a table that any text may be looked up in', () => {
  it('is found, with its line', () => {
    expect(openTables(`\n\nconst words: Readonly<Record<string, number>> = { one: 1 };`)).toEqual([
      { line: 3, name: 'words' },
    ]);
    expect(names(`export const a: Record<string, () => void> = {\n  x: () => undefined,\n};`)).toEqual(['a']);
    expect(names(`const b: Readonly<Partial<Record<string, string>>> = { x: 'y' };`)).toEqual(['b']);
    expect(names(`const c: { readonly [name: string]: number } = { x: 1 };`)).toEqual(['c']);
    expect(names(`static readonly d: Record<string, number> = { x: 1 };`)).toEqual(['d']);
    expect(names(`const step = { ArrowRight: 1, ArrowLeft: -1 }[key];`)).toEqual(['key']);
  });

  it('does not include named keys, a Map, or a table that begins empty', () => {
    expect(names(`const a: Readonly<Record<Kind, string>> = { one: '1' };`)).toEqual([]);
    expect(names(`const b: ReadonlyMap<string, string> = new Map([['one', '1']]);`)).toEqual([]);
    expect(names(`const c: Record<string, string> = {};\nconst d = { one: 1 };`)).toEqual([]);
    expect(names(`const made: Record<string, number> = { one: 1 };\nmade[key] = 2;`)).toEqual([]);
    expect(names(`const e = { one: 1 } as const satisfies Record<string, number>;`)).toEqual([]);
    expect(
      names(`type F = { [K in Name]: X }[Name];\nconst f = (g: Record<string, number>): void => {};`),
    ).toEqual([]);
  });
});
