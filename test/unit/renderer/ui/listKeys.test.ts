import { describe, expect, it } from 'vitest';
import { pressed } from '../../../builders/pressed';
import { besideView, inViewOf, listMove } from '../../../../src/renderer/src/ui/listKeys';

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

  it.each([
    // The upper edge cuts line 30, the lower one line 41.
    ['ArrowDown', 31],
    ['j', 31],
    ['PageDown', 39],
    ['ArrowUp', 40],
    ['k', 40],
    ['PageUp', 32],
    ['Home', 0],
    ['End', 99],
  ])('%s without a current line continues from the view, to %i', (key, to) => {
    const view = inViewOf({ scrollTop: 10 * 30 + 5, clientHeight: 11 * 10 + 2 - 5 }, 10, 0);
    expect(view).toEqual({ first: 31, last: 40 });
    expect(listMove(pressed(key), besideView(pressed(key), view), 100, 9)).toBe(to);
  });

  it('the view of a list that follows is its end; of a box lower than a line, one line', () => {
    expect(inViewOf({ scrollTop: 100, clientHeight: 100 }, 10, 480)).toEqual({ first: 490, last: 499 });
    expect(inViewOf({ scrollTop: 5, clientHeight: 8 }, 10, 0)).toEqual({ first: 1, last: 1 });
  });

  it('have no effect in an empty list', () => {
    expect(listMove(pressed('j'), -1, 0, 4)).toBeNull();
  });
});
