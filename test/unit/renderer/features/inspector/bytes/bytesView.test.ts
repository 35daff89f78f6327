import { describe, expect, it } from 'vitest';
import { byteMove, pieces } from '../../../../../../src/renderer/src/features/inspector/bytes/bytesView';

describe('keys in the bytes', () => {
  it.each([
    ['ArrowRight', 5, 6],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 5, 21],
    ['ArrowDown', 30, 30],
    ['ArrowUp', 20, 4],
    ['Home', 20, 0],
    ['End', 20, 39],
    ['ArrowDown', null, 0],
    ['x', 5, null],
  ])('%s at %s', (key, from, to) => {
    expect(byteMove(key, from, 40, 16)).toBe(to);
  });
});

describe('the text split into pieces', () => {
  it('at the selection and at findings', () => {
    const cut = pieces('{"a":12}', { from: 1, to: 7 }, { from: 5, to: 7 }, [{ from: 7, to: 8 }]);
    expect(cut).toEqual([
      { from: 0, to: 1, part: undefined, isFlagged: false, isUnseen: false },
      { from: 1, to: 5, part: 'name', isFlagged: false, isUnseen: false },
      { from: 5, to: 7, part: 'value', isFlagged: false, isUnseen: false },
      { from: 7, to: 8, part: undefined, isFlagged: true, isUnseen: false },
    ]);
  });

  it('and at every invisible character', () => {
    const cut = pieces('a\u202Eb', null, null, []);
    expect(cut.map(({ from, to, isUnseen }) => [from, to, isUnseen])).toEqual([
      [0, 1, false],
      [1, 2, true],
      [2, 3, false],
    ]);
  });
});
