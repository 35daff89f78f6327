/** The prices of a file with machine numbers, for the machines of a batch command. */
import { expect, it } from 'vitest';
import {
  listsOf,
  readLists,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/PricesPerMachine';

const row = (product: string, price: string) => ({ product, price, type: '0' });
const lists = new Map([
  [7, [row('801', '9.50')]],
  [8, [row('801', '9.50')]],
  [9, [row('801', '8')]],
  [99, [row('801', '1'), row('802', '1')]],
]);
const input = (price: number) => ({ prices: [{ productId: 801, price, type: 0 }] });

it('gives each selected machine its prices, and equal ones only once', () => {
  expect(readLists(lists, [7, 8, 9, 10], () => 'linux', 'yuan')).toEqual({
    perMachine: [
      { machines: [7, 8], input: input(950) },
      { machines: [9], input: input(800) },
    ],
    own: [
      { vmcNo: 7, lines: 1, ...input(950) },
      { vmcNo: 8, lines: 1, ...input(950) },
      { vmcNo: 9, lines: 1, ...input(800) },
    ],
    wrong: [],
    without: [10],
    others: 2,
    isFree: false,
    isTooLong: false,
  });
});

it('reports wrong lines, lines without a machine number, and free drinks', () => {
  const bad = new Map([
    [7, [row('801', 'x'), row('802', '')]],
    [8, [row('801', '0')]],
    [Number.NaN, [row('', '')]],
  ]);
  expect(readLists(bad, [7, 8], () => null, 'yuan')).toMatchObject({
    wrong: ['', '7 · 801', '7 · 802'],
    isFree: true,
  });
});

it('needs a unit', () => {
  expect(readLists(lists, [7], () => null, null).perMachine).toEqual([]);
});

it('is shown again after a step back, as it was given', () => {
  const given = readLists(lists, [7, 8, 9], () => 'linux', 'yuan').perMachine;
  expect([...listsOf(given).keys()]).toEqual([7, 8, 9]);
  expect(readLists(listsOf(given), [7, 8, 9], () => 'linux', 'yuan').perMachine).toEqual(given);
});

it('has a limit: many machines with prices of their own are too much for one run', () => {
  const machines = Array.from({ length: 1_000 }, (_, at) => at + 1);
  const own = new Map(
    machines.map((vmcNo) => [
      vmcNo,
      Array.from({ length: 20 }, (_, at) => row(String(801 + at), String(vmcNo))),
    ]),
  );
  expect(readLists(own, machines, () => 'linux', 'yuan').isTooLong).toBe(true);
  expect(readLists(own, machines.slice(0, 100), () => 'linux', 'yuan').isTooLong).toBe(false);
});
