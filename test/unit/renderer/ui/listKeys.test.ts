import { describe, expect, it } from 'vitest';
import { pressed } from '../../../builders/pressed';
import { listMove } from '../../../../src/renderer/src/ui/listKeys';

describe('keys in a list', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['j', 3, 4],
    ['ArrowUp', 3, 2],
    ['k', 3, 2],
    ['Home', 3, 0],
    ['End', 3, 9],
    ['PageDown', 3, 7],
    ['PageUp', 3, 0],
    ['j', 9, 9],
    ['k', 0, 0],
    ['j', -1, 0],
    ['k', -1, 9],
    ['x', 3, null],
  ])('%s at %i goes to %s', (key, from, to) => {
    expect(listMove(pressed(key), from, 10, 4)).toBe(to);
  });

  it('an empty list has nowhere to go', () => {
    expect(listMove(pressed('j'), -1, 0, 4)).toBeNull();
  });
});
