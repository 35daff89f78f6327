import { describe, expect, it } from 'vitest';
import { nextPoint } from '../../../../../src/renderer/src/ui/chart/nextPoint';

describe('the keys of a chart', () => {
  it.each([
    ['ArrowRight', null, 0],
    ['ArrowRight', 0, 1],
    ['ArrowRight', 3, 3],
    ['ArrowUp', 1, 2],
    ['ArrowLeft', null, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 2, 1],
    ['Home', 2, 0],
    ['End', 0, 3],
    ['a', 2, null],
    ['Tab', 2, null],
  ])('%s at %s of four leads to %s', (key, at, next) => {
    expect(nextPoint(key, at, 4)).toBe(next);
  });

  it('have no effect in an empty chart', () => {
    expect(nextPoint('Home', null, 0)).toBeNull();
  });
});
