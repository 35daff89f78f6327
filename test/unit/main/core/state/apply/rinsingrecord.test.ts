import { expect, it } from 'vitest';
import { readMachine } from '#shared/model/stored/machine';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';
import { rinsingrecord } from '#shared/messages/rinsingrecord';

const recordAt = (second: string) => ({ ...like(rinsingrecord), c_uid: `C${second}700` });
const second = (n: number): string =>
  `2025031816${String(Math.floor(n / 60)).padStart(2, '0')}${String(n % 60).padStart(2, '0')}`;

it('remembers the last hundred rinses, each once', () => {
  const play = loggedIn();
  for (let n = 0; n < 120; n += 1) play.receives(recordAt(second(n))).answers('rinsingrecord_r');
  play.receives(recordAt(second(30))).answers('rinsingrecord_r');
  const { rinses } = stateOf(play);
  expect(rinses).toHaveLength(100);
  expect(rinses.at(-1)).toBe(`C${second(30)}`);
  expect(rinses[0]).toBe(`C${second(20)}`);
  expect(new Set(rinses).size).toBe(100);
  // Stored with the machine's state.
  expect(readMachine(JSON.stringify(stateOf(play)))?.rinses).toEqual(rinses);
});

it('a record without a result or without a number does not count', () => {
  const play = loggedIn();
  play.receives({ ...recordAt(second(1)), isok: null }).answers('rinsingrecord_r');
  expect(stateOf(play).rinses).toEqual([]);
});
