import { expect, it } from 'vitest';
import type { Direction, StoredEntry } from '#shared/model/frame';
import { readStored } from '../../../../../src/main/core/state/readStored';

const frame = (body: string, dir: Direction): StoredEntry => ({
  kind: 'frame',
  id: 1,
  at: 1,
  conn: 1,
  vmcNo: 1,
  dir,
  head: 'decimal',
  sequence: null,
  cmd: null,
  bodyStart: 12,
  bytes: Buffer.from(`0000........${body}`),
  findings: [],
});
const messageOf = (body: string, dir: Direction): unknown => {
  const read = readStored(frame(body, dir));
  return read.kind === 'frame' ? read.message : null;
};

it('reads a body that came before as if it were the first, for each direction', () => {
  const body = '{"cmd":"hb","vmc_no":7}';
  const first = [messageOf(body, 'in'), messageOf(body, 'out')];
  expect(first).toEqual([
    { from: 'machine', body: expect.objectContaining({ cmd: 'hb', vmcNo: 7 }) as unknown },
    { from: 'server', body: expect.objectContaining({ cmd: 'hb', vmcNo: 7 }) as unknown },
  ]);
  // More bodies than are remembered.
  for (let one = 1; one <= 10_000; one += 1)
    expect(messageOf(`{"cmd":"hb","vmc_no":${one}}`, 'in')).toMatchObject({ body: { vmcNo: one } });
  expect([messageOf(body, 'in'), messageOf(body, 'out')]).toEqual(first);
});

it('keeps the owner of an entry and that it is damaged', () => {
  const entry = { ...frame('{}', 'in'), owner: 5, damaged: true } as const;
  expect(readStored(entry)).toMatchObject({ owner: 5, damaged: true });
});
