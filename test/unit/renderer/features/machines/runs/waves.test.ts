import { expect, it } from 'vitest';
import { rolloutWaves, together, type Waves } from '#shared/model/run';
import { typedWaves, wavesOf } from '../../../../../../src/renderer/src/features/machines/runs/waves';

const empty = typedWaves(together);

it('nothing typed is all at once, and what is typed comes back as it was', () => {
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
])('%j', (typed, waves) => {
  expect(wavesOf({ ...empty, ...typed })).toEqual(waves);
});
