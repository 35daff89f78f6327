import { expect, it } from 'vitest';
import { Turns, turnsTogether, type Waiting } from '../../../../../src/main/machines/link/turns';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('gives a limited number of turns before the sockets are read again, and equally many to each', async () => {
  const turns = new Turns();
  const taken: number[] = [];
  const many = Array.from({ length: 3 * turnsTogether }, (_, n): Waiting => {
    const one = {
      takeTurn: () => {
        taken.push(n);
        turns.wait(one);
      },
    };
    return one;
  });
  for (const one of many) turns.wait(one);
  expect(taken).toEqual([]);
  for (let turn = 1; turn <= 6; turn += 1) {
    await nextTurn();
    expect(taken).toHaveLength(turn * turnsTogether);
  }
  expect(taken).toEqual([...many.keys(), ...many.keys()]);
  for (const one of many) turns.leave(one);
  await nextTurn();
  await nextTurn();
  expect(taken).toHaveLength(6 * turnsTogether);
});

it('gives a single flooding connection no more than many of them', async () => {
  const turns = new Turns();
  let taken = 0;
  const one = {
    takeTurn: () => {
      taken += 1;
      if (taken < 100) turns.wait(one);
    },
  };
  turns.wait(one);
  await nextTurn();
  expect(taken).toBe(turnsTogether);
});

it('gives no turns while held; then all continue in order', async () => {
  let isHeld = true;
  const turns = new Turns(() => isHeld);
  const taken: number[] = [];
  const many = Array.from({ length: turnsTogether + 1 }, (_, n): Waiting => ({
    takeTurn: () => {
      taken.push(n);
      isHeld ||= n === 2;
    },
  }));
  for (const one of many) turns.wait(one);
  await nextTurn();
  expect(taken).toEqual([]);
  turns.goOn();
  await nextTurn();
  expect(taken).toEqual([]);
  isHeld = false;
  turns.goOn();
  await nextTurn();
  // A hold in the middle of a turn applies before the next turn.
  expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await nextTurn();
  expect(taken).toHaveLength(turnsTogether);
  isHeld = false;
  turns.goOn();
  await nextTurn();
  expect(taken).toHaveLength(turnsTogether + 1);
});
