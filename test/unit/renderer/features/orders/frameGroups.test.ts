import { expect, it } from 'vitest';
import { frameGroups, singleFrames } from '../../../../../src/renderer/src/features/orders/frameGroups';
import { frame } from '../../../../builders/rows';

const rows = [
  frame(1, { dir: 'in', cmd: 'productdone' }),
  frame(2, { dir: 'out', cmd: 'productdone_r' }),
  frame(3, { dir: 'in', cmd: 'productdone' }),
  frame(4, { dir: 'out', cmd: 'productdone_r' }),
  frame(5, { dir: 'in', cmd: 'upordrecipe' }),
  frame(6, { dir: 'in', cmd: 'productdone' }),
];

it('repetitions are one line, at the place of the first', () => {
  expect(frameGroups(rows).map(({ first, last, times }) => [first.cmd, first.id, last.id, times])).toEqual([
    ['productdone', 1, 6, 3],
    ['productdone_r', 2, 4, 2],
    ['upordrecipe', 5, 5, 1],
  ]);
});

it('or each has its own, with none left out', () => {
  expect(singleFrames(rows).map(({ first, times }) => [first.id, times])).toEqual(
    rows.map(({ id }) => [id, 1]),
  );
});
