import { describe, expect, test } from 'vitest';
import { Restarting } from '../../../../../src/main/lib/threads/restarting';

interface Thread {
  readonly nr: number;
  readonly die: (error: Error) => void;
  ended: boolean;
  isGone: boolean;
  readonly end: () => Promise<void>;
}

function thread(prepare: (thread: Thread) => Promise<void> = () => Promise.resolve()) {
  const launched: Thread[] = [];
  const unprepared: string[] = [];
  const prepared: number[] = [];
  const deaths: string[] = [];
  const clock = { now: 0 };
  const restarting = new Restarting({
    launch: (die) => {
      const one: Thread = {
        nr: launched.length + 1,
        die: (error) => {
          one.isGone = true;
          die(error);
        },
        ended: false,
        isGone: false,
        end: () => {
          one.ended = true;
          return Promise.resolve();
        },
      };
      launched.push(one);
      return one;
    },
    prepare: (one) => {
      prepared.push(one.nr);
      return prepare(one);
    },
    onUnprepared: ({ message }) => unprepared.push(message),
    onDeath: ({ message }, isFinal) => deaths.push(isFinal ? `${message}, final` : message),
    now: () => clock.now,
  });
  return { restarting, launched, prepared, deaths, unprepared, clock };
}

describe('a thread that dies', () => {
  test('is restarted and prepared', async () => {
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

  test('now and then is restarted each time', () => {
    const { restarting, launched, clock } = thread();
    for (const nr of [0, 1, 2, 3, 4]) {
      clock.now += 30_001;
      launched[nr]?.die(new Error('a bug'));
    }
    expect(restarting.thread.nr).toBe(6);
  });

  test('while it is ending is not restarted', async () => {
    const { restarting, launched } = thread();
    const ended = restarting.end();
    launched[0]?.die(new Error('a bug'));
    await ended;
    expect(launched.map((one) => one.ended)).toEqual([true]);
  });

  test('during its preparation: waiting calls get the next thread once it is prepared', async () => {
    const steps: string[] = [];
    const { restarting, launched, unprepared } = thread(async ({ nr }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (nr === 1) throw new Error('gone');
      steps.push(`prepared ${nr}`);
    });
    const ready = restarting.ready().then(({ nr }) => steps.push(`ready ${nr}`));
    launched[0]?.die(new Error('a bug'));
    await ready;
    expect(steps).toEqual(['prepared 2', 'ready 2']);
    expect(unprepared).toEqual([]);
  });

  test('or lives but cannot be prepared: that is reported', async () => {
    const { restarting, unprepared } = thread(() => Promise.reject(new Error('no such journal')));
    await restarting.ready();
    expect(unprepared).toEqual(['no such journal']);
  });

  test('during the work before its end is not restarted', async () => {
    const { restarting, launched, deaths } = thread();
    await restarting.end(10, (one) => {
      launched[0]?.die(new Error('a bug'));
      expect(one.nr).toBe(1);
      return Promise.resolve();
    });
    expect(launched.length).toBe(1);
    expect(deaths).toEqual(['a bug, final']);
  });
});
