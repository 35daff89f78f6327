import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import type { Run } from '#shared/model/run';
import type { Transfer } from '#shared/model/upgrade';
import { isOffered, otherModels, usesOf } from '../../../../src/renderer/src/store/packageUses';
import { row, upgrade } from '../../../builders/rows';

const mine = 'a'.repeat(64);
const other = 'b'.repeat(64);
const told = (id: number, vmcNo: number, packageId = mine): Command => ({
  ...upgrade(id),
  vmcNo,
  input: { packageId },
});
const fetched = (offer: number, vmcNo: number, complete: boolean | null): Transfer => ({
  offer,
  vmcNo,
  what: 'package',
  remoteAddress: '',
  startedAt: 0,
  endedAt: null,
  sent: 1,
  total: 2,
  status: 200,
  complete,
  straySpaces: false,
  from: 0,
  size: 100,
  movedAt: 0,
});
const run = (id: number, packageId: string): Run =>
  ({ id, steps: [{ do: 'command', name: 'upgrade', input: { packageId } }] }) as unknown as Run;

describe('the uses of a package', () => {
  it('are its downloads, open commands and runs', () => {
    const running = [told(3, 30), told(1, 10), told(2, 20, other), told(4, 40)];
    const transfers = [fetched(1, 10, null), fetched(2, 20, null), fetched(3, 30, true)];
    expect(usesOf(mine, running, transfers, [run(1, other), run(2, mine)])).toEqual({
      fetching: [10],
      waiting: [30, 40],
      given: [run(2, mine)],
    });
  });

  it('are empty if nothing waits for it', () => {
    expect(usesOf(mine, [told(2, 20, other)], [fetched(1, 10, null)], [])).toEqual({
      fetching: [],
      waiting: [],
      given: [],
    });
  });
});

it('is offered while a command waits for it, and between the waves of its run', () => {
  expect(isOffered(mine, [told(1, 10)], [])).toBe(true);
  expect(isOffered(mine, [], [run(2, mine)])).toBe(true);
  expect(isOffered(mine, [told(1, 10, other)], [run(1, other)])).toBe(false);
});

it('recipes belong to one model: machines that report another are listed, those without a model are not', () => {
  const machines = [
    row(3, { platform: 'android', model: 'JL32' }),
    row(2, { platform: 'android', model: 'JL15' }),
    row(4, { platform: 'android', model: 'jl22' }),
    row(5, { platform: 'android', model: '' }),
    row(6, { platform: 'linux', model: 'JL32' }),
  ];
  const numbers = (model: string): number[] =>
    otherModels({ vmcNo: 1, model }, machines).map(({ vmcNo }) => vmcNo);
  expect(numbers('JL22')).toEqual([2, 3]);
  expect(numbers('')).toEqual([]);
});
