import { expect, it } from 'vitest';
import { rolloutWaves, together, type Waves } from '#shared/model/run';
import {
  begunFirst,
  typedWaves,
  wavesOf,
  wrongEnds,
} from '../../../../../../src/renderer/src/features/machines/runs/waves';

const empty = typedWaves(together);

it('empty fields mean all at once, and waves are shown again as typed', () => {
  expect(wavesOf(empty)).toEqual(together);
  const all: Waves = {
    first: 1,
    atOnce: 10,
    pause: 30,
    stopAfter: 3,
    stopShare: 20,
    hours: { from: 1_350, to: 305 },
  };
  expect(typedWaves(all)).toMatchObject({ stopShare: '20', from: '22:30', to: '05:05' });
  for (const waves of [all, rolloutWaves]) expect(wavesOf(typedWaves(waves))).toEqual(waves);
});

it.each([
  [
    { atOnce: ' 10 ', pause: '', stopAfter: '3' },
    { ...together, atOnce: 10, stopAfter: 3 },
  ],
  [
    { from: '6:00', to: '23：59' },
    { ...together, hours: { from: 360, to: 1_439 } },
  ],
  [{ first: '0' }, null],
  [{ atOnce: '0' }, null],
  [{ atOnce: 'ten' }, null],
  [{ atOnce: '2001' }, null],
  [{ pause: '-1' }, null],
  [{ pause: '86401' }, null],
  [{ stopAfter: '0' }, null],
  [{ stopShare: '0' }, null],
  [{ stopShare: '101' }, null],
  [{ from: '22:00' }, null],
  [{ to: '22:00' }, null],
  [{ from: '22:00', to: '22:00' }, null],
  [{ from: '24:00', to: '6:00' }, null],
  [{ from: '22:60', to: '6:00' }, null],
  [{ from: '2200', to: '6:00' }, null],
  [{ from: '22:', to: '6:00' }, null],
])('%j', (typed, waves) => {
  expect(wavesOf({ ...empty, ...typed })).toEqual(waves);
});

it('a time may be a whole hour, and the invalid end is reported', () => {
  expect(wavesOf({ ...empty, from: '22', to: '6' })?.hours).toEqual({ from: 1_320, to: 360 });
  expect(wrongEnds({ from: '22', to: '6' })).toEqual([]);
  expect(wrongEnds({ from: '22', to: 'six' })).toEqual(['to']);
  expect(wrongEnds({ from: '', to: '6' })).toEqual(['from']);
  expect(wrongEnds({ from: '6', to: '06:00' })).toEqual(['from', 'to']);
});

it.each([
  [{ first: 1, atOnce: 5 }, 1],
  [{ first: null, atOnce: 5 }, 5],
  [{ first: 8, atOnce: 5 }, 6],
  [{ first: null, atOnce: null }, 6],
])('with %j, %i of six online machines begin first', (waves, count) => {
  expect(begunFirst({ ...together, ...waves }, 6)).toBe(count);
});
