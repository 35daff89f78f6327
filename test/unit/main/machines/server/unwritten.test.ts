import { expect, test } from 'vitest';
import type { Entry } from '#shared/model/frame';
import { Unwritten } from '../../../../../src/main/machines/server/unwritten';

const entry = (id: number): Entry => ({
  id,
  at: id,
  conn: 1,
  vmcNo: null,
  kind: 'junk',
  bytes: new Uint8Array(),
  findings: [],
});

test('entries on disk are dropped, the others are returned in order with their owner', () => {
  const unwritten = new Unwritten();
  for (const id of [1, 2, 3, 5]) unwritten.add(entry(id));
  unwritten.written(2);
  expect([unwritten.get(2), unwritten.get(3)?.id]).toEqual([undefined, 3]);
  unwritten.setOwner([
    { ...entry(1), owner: 7 },
    { ...entry(3), owner: 7 },
  ]);
  expect(unwritten.take()).toEqual([{ ...entry(3), owner: 7 }, entry(5)]);
  expect(unwritten.take()).toEqual([]);
});
