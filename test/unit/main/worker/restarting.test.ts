import { describe, expect, test } from 'vitest';
import { Restarting } from '../../../../src/main/worker/restarting';

function thread() {
  const launched: { readonly nr: number; readonly die: (error: Error) => void; ended: boolean }[] = [];
  const prepared: number[] = [];
  const deaths: string[] = [];
  const clock = { now: 0 };
  const restarting = new Restarting({
    launch: (die) => {
      const one = {
        nr: launched.length + 1,
        die,
        ended: false,
        end: () => {
          one.ended = true;
          return Promise.resolve();
        },
      };
      launched.push(one);
      return one;
    },
    prepare: ({ nr }) => {
      prepared.push(nr);
      return Promise.resolve();
    },
    onDeath: ({ message }, isFinal) => deaths.push(isFinal ? `${message}, final` : message),
    now: () => clock.now,
  });
  return { restarting, launched, prepared, deaths, clock };
}

describe('a thread that dies', () => {
  test('is started again and brought to where it was', async () => {
    const { restarting, launched, prepared, deaths } = thread();
    expect((await restarting.ready()).nr).toBe(1);
    launched[0]?.die(new Error('a bug'));
    expect((await restarting.ready()).nr).toBe(2);
    expect(prepared).toEqual([1, 2]);
    expect(deaths).toEqual(['a bug']);
  });

  test('three times within a minute stays dead', () => {
    const { restarting, launched, deaths } = thread();
    for (const nr of [0, 1, 2]) launched[nr]?.die(new Error('a bug'));
    expect(restarting.thread.nr).toBe(3);
    expect(deaths).toEqual(['a bug', 'a bug', 'a bug, final']);
  });

  test('now and then is started again each time', () => {
    const { restarting, launched, clock } = thread();
    for (const nr of [0, 1, 2, 3, 4]) {
      clock.now += 30_001;
      launched[nr]?.die(new Error('a bug'));
    }
    expect(restarting.thread.nr).toBe(6);
  });

  test('while it is being ended is not started again', async () => {
    const { restarting, launched } = thread();
    const ended = restarting.end();
    launched[0]?.die(new Error('a bug'));
    await ended;
    expect(launched.map((one) => one.ended)).toEqual([true]);
  });
});
