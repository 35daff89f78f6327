/** Data of several legs is processed in order of arrival, although each leg keeps its own. */
import { expect, it } from 'vitest';
import { decodeSome, nextDecoded, nextFound } from '../../../../../src/main/core/connection/intake';
import { Leg } from '../../../../../src/main/core/connection/leg';
import { frame } from '../../../../builders/frames';

const hb = (n: number) => frame({ cmd: 'hb', n });
const twoLegs = (): readonly [Leg, Leg] => [new Leg('machine', true, 0), new Leg('server', true, 0)];
type Found = ReturnType<typeof nextFound>;
const line = (found: Found): string => {
  if (found === null) return 'nothing';
  const { item } = found.one;
  return `${found.leg.name} ${item.kind === 'frame' ? JSON.stringify(item.json?.['n']) : item.kind}`;
};

it('chunks of two legs are decoded and taken in order of arrival', () => {
  const legs = twoLegs();
  const [machine, server] = legs;
  server.keep(hb(1), 0, 1, false);
  machine.keep(Buffer.concat([hb(2), hb(3)]), 0, 2, false);
  server.remark({ code: 'relay.serverEnds' }, 0, 3, false);
  machine.keep(hb(4), 0, 4, false);
  const lines: string[] = [];
  for (let number = 5; legs.some(({ isEmpty }) => !isEmpty); number += 1)
    lines.push(line(nextFound(legs, number)));
  expect(lines.filter((one) => one !== 'nothing')).toEqual([
    'server 1',
    'machine 2',
    'machine 3',
    'server remark',
    'machine 4',
  ]);
  expect(legs.map(({ size, undecoded }) => [size, undecoded])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

it('items that are decided later come after the items decoded before', () => {
  const legs = twoLegs();
  const [machine, server] = legs;
  machine.keep(new TextEncoder().encode('junk'), 0, 1, false);
  server.keep(hb(1), 0, 2, false);
  let number = 3;
  while (decodeSome(legs, number)) number += 1;
  machine.settle(number);
  expect([line(nextDecoded(legs)), line(nextDecoded(legs)), line(nextDecoded(legs))]).toEqual([
    'server 1',
    'machine junk',
    'nothing',
  ]);
});

it('a gap decides the bytes before it', () => {
  const legs = twoLegs();
  const [machine] = legs;
  machine.keep(hb(1).subarray(0, 20), 7, 1, false);
  machine.remark({ code: 'relay.unrecorded' }, 8, 2, true);
  machine.keep(hb(1).subarray(20), 9, 3, false);
  let number = 4;
  while (decodeSome(legs, number)) number += 1;
  const kinds: string[] = [];
  for (let found = nextDecoded(legs); found !== null; found = nextDecoded(legs))
    kinds.push(`${found.one.item.kind} ${found.one.at}`);
  expect(kinds).toEqual(['junk 7', 'remark 8']);
  expect(machine.settleAt).toBe(209);
});
