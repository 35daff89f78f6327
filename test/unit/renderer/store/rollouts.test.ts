import { expect, it } from 'vitest';
import type { RunMachine } from '#shared/model/run';
import { upgradedOf } from '../../../../src/renderer/src/store/rollouts';
import { upgrade } from '../../../builders/rows';

const line = (...commands: readonly (number | null)[]): RunMachine => ({
  id: 1,
  run: 1,
  vmcNo: 7,
  state: 'done',
  since: 0,
  wave: 1,
  leftOut: null,
  steps: commands.map((command) => ({
    at: 0,
    endedAt: null,
    outcome: null,
    command,
    last: null,
    error: null,
    until: null,
  })),
});
const step = (
  what: 'sent' | 'downloadEnded' | 'versionDiffers' | 'versionConfirmed',
  at: number,
  version = '',
) => ({
  what,
  at,
  entry: what === 'downloadEnded' ? null : at,
  params: { version },
});

it('a machine’s versions before and after, and the times of its stages, from its command', () => {
  const steps = [
    step('sent', 5),
    step('downloadEnded', 6),
    step('versionDiffers', 7, '1.0'),
    step('versionConfirmed', 8, '2.0'),
  ];
  const command = upgrade(3, {
    state: 'confirmed',
    sentAt: 5,
    steps,
    input: { field: 'version', versionBefore: '1.0 ' },
  });
  expect(upgradedOf(line(3), new Map([[3, command]]))).toEqual({
    command,
    stage: 'runs',
    before: '1.0',
    after: '2.0',
    sentAt: 5,
    fetchedAt: 6,
    evidence: [5, 7, 8],
  });
});

it('for the package’s part only; unreported versions stay unknown', () => {
  const command = upgrade(3, { input: { field: 'ioVersion', versionBefore: '1.0', ioVersionBefore: null } });
  expect(upgradedOf(line(3), new Map([[3, command]]))).toMatchObject({
    before: null,
    after: null,
    fetchedAt: null,
  });
});

it('empty for a machine without a command, or with a deleted one', () => {
  expect(upgradedOf(line(), new Map())).toBeNull();
  expect(upgradedOf(line(3), new Map())).toBeNull();
  expect(upgradedOf(line(null), new Map())).toBeNull();
});
