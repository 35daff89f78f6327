import { afterEach, describe, expect, it } from 'vitest';
import {
  deleteFilter,
  readSaved,
  renameFilter,
  saveFilter,
  undoFilter,
  useSavedFilters,
} from '../../../../src/renderer/src/store/savedFilters';

const names = (): string[] => useSavedFilters.getState().saved.map(({ name, text }) => `${name}=${text}`);
afterEach(() => useSavedFilters.setState({ saved: [], undo: null }));

describe('saved filters', () => {
  it('are deleted and restored at their position', () => {
    for (const name of ['a', 'b', 'c']) saveFilter(name, `cmd:${name}`);
    deleteFilter('b');
    expect(names()).toEqual(['a=cmd:a', 'c=cmd:c']);
    undoFilter();
    expect(names()).toEqual(['a=cmd:a', 'b=cmd:b', 'c=cmd:c']);
    undoFilter();
    expect(names()).toHaveLength(3);
  });

  it('of the same name are replaced, and the old one can be restored', () => {
    saveFilter(' a ', 'x');
    saveFilter('a', 'y');
    expect(names()).toEqual(['a=y']);
    undoFilter();
    expect(names()).toEqual(['a=x']);
  });

  it('accept neither an existing nor an empty name', () => {
    saveFilter('a', 'x');
    saveFilter('b', 'y');
    expect(renameFilter('a', 'b')).toBe(false);
    expect(renameFilter('a', '  ')).toBe(false);
    expect(renameFilter('a', ' errors ')).toBe(true);
    expect(names()).toEqual(['errors=x', 'b=y']);
  });

  it('are read as far as possible', () => {
    expect(readSaved(null)).toEqual([]);
    expect(readSaved('{"x"')).toEqual([]);
    expect(readSaved('[{"name":"a","text":"x"},{"name":1},null,"b"]')).toEqual([{ name: 'a', text: 'x' }]);
  });
});
