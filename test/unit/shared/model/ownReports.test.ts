import { expect, it } from 'vitest';
import { mayBeOwnReport } from '#shared/model/ownReports';
import { machineState } from '../../../builders/rows';

const second = 1_000;
const answered = (ret: number, platform: 'linux' | 'android' | null = 'linux') =>
  machineState(7, {
    platform,
    loginAnswer: { value: { ret, serverList: null, here: null }, at: 100 * second, entry: 5 },
  });

it.each([
  ['linux', 'supplies', 15],
  ['linux', 'door', 20],
  ['android', 'supplies', 6],
  ['android', 'door', 6],
  [null, 'door', 20],
] as const)('%s may send its %s unprompted until %i s after an accepted login', (platform, report, s) => {
  const machine = answered(0, platform);
  expect(mayBeOwnReport(machine, report, 100 * second)).toBe(true);
  expect(mayBeOwnReport(machine, report, (100 + s) * second - 1)).toBe(true);
  expect(mayBeOwnReport(machine, report, (100 + s) * second)).toBe(false);
  // The clock has been set back since.
  expect(mayBeOwnReport(machine, report, 99 * second)).toBe(false);
});

it('not without an accepted login', () => {
  expect(mayBeOwnReport(answered(1), 'door', 101 * second)).toBe(false);
  expect(mayBeOwnReport(machineState(7), 'door', 101 * second)).toBe(false);
});
