import { expect, it } from 'vitest';
import { Undecoded } from '../../../../../src/main/machines/link/undecoded';

const mib = 1024 ** 2;

it('each connection has room for 4 MiB, whatever others use', () => {
  const undecoded = new Undecoded();
  const [a, b] = [{}, {}];
  undecoded.waits(a, 4 * mib);
  expect(undecoded.hasRoom(a)).toBe(true);
  undecoded.waits(a, 4 * mib + 1);
  expect([undecoded.hasRoom(a), undecoded.hasRoom(b)]).toEqual([false, true]);
  undecoded.waits(a, 0);
  expect(undecoded.hasRoom(a)).toBe(true);
});

it('all together have room for 64 MiB', () => {
  const undecoded = new Undecoded();
  const all = Array.from({ length: 16 }, () => ({}));
  for (const one of all) undecoded.waits(one, 4 * mib);
  const another = {};
  expect(undecoded.hasRoom(another)).toBe(true);
  undecoded.waits(another, 1);
  expect(all.every((one) => !undecoded.hasRoom(one))).toBe(true);
  expect(undecoded.hasRoom({})).toBe(false);
  // The new number of bytes replaces the old one.
  undecoded.waits(another, 0);
  undecoded.waits(another, 0);
  expect(undecoded.hasRoom({})).toBe(true);
});
