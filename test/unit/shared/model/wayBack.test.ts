import { expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import type { LineState, RunMachine } from '#shared/model/run';
import { previousPackages } from '#shared/model/wayBack';
import { command, pkg } from '../../../builders/rows';

const line = (vmcNo: number, state: LineState = 'done', given: number | null = vmcNo): RunMachine => ({
  id: vmcNo,
  run: 1,
  vmcNo,
  state,
  since: 0,
  leftOut: null,
  wave: 1,
  steps:
    given === null
      ? []
      : [{ at: 0, endedAt: null, outcome: null, command: given, last: null, error: null, until: null }],
});
const upgradeCommand = (vmcNo: number, input: JsonObject, over: Partial<Command> = {}): Command =>
  command(vmcNo, {
    vmcNo,
    name: 'upgrade',
    sentAt: 5,
    platform: 'linux',
    input: { packageId: 'new', version: '2.0', field: 'version', versionBefore: '1.0', ...input },
    ...over,
  });

const linux = pkg({ id: 'new', version: '2.0' });
const old = pkg({ id: 'old', version: '1.0' });
const withoutWhy = (lines: readonly RunMachine[], commands: readonly Command[], packages = [linux, old]) =>
  previousPackages(lines, commands, packages).without.map(({ vmcNo, why, version }) => [vmcNo, why, version]);

it('each machine gets its earlier package, in a group with the same package', () => {
  const older = pkg({ id: 'older', version: '0.9' });
  const commands = [
    upgradeCommand(1, {}),
    upgradeCommand(2, { versionBefore: '0.9' }),
    upgradeCommand(3, {}),
  ];
  expect(previousPackages([line(1), line(2), line(3, 'failed')], commands, [linux, old, older])).toEqual({
    groups: [
      { packageId: 'old', machines: [1, 3] },
      { packageId: 'older', machines: [2] },
    ],
    without: [],
  });
});

it('the newest of several packages with that version', () => {
  const again = pkg({ id: 'again', version: '1.0', addedAt: 9 });
  const [group] = previousPackages([line(1)], [upgradeCommand(1, {})], [linux, old, again]).groups;
  expect(group?.packageId).toBe('again');
});

it('one for the same program and part, even if the earlier package is no longer in the library', () => {
  const android = { platform: 'android', androidType: 'io' } as const;
  const io = pkg({ id: 'io', version: '1.0', ...android });
  const app = pkg({ id: 'app', version: '1.0', ...android, androidType: 'app' });
  const given = upgradeCommand(
    1,
    { field: 'ioVersion', ioVersionBefore: '1.0', versionBefore: '7.0' },
    { platform: 'android' },
  );
  expect(previousPackages([line(1)], [given], [app, old, io]).groups).toEqual([
    { packageId: 'io', machines: [1] },
  ]);
  expect(withoutWhy([line(1)], [upgradeCommand(1, {})], [linux, app, io])).toEqual([[1, 'noPackage', '1.0']]);
});

it('has a reason for each machine without one', () => {
  const commands = [
    upgradeCommand(2, {}),
    upgradeCommand(3, { versionBefore: null }),
    upgradeCommand(4, { field: null }),
    upgradeCommand(5, { versionBefore: '2.0' }),
    upgradeCommand(6, {}, { sentAt: null }),
    upgradeCommand(8, { versionBefore: '0.1' }),
  ];
  const lines = [
    line(1, 'waiting', null),
    line(2, 'running'),
    line(3),
    line(4),
    line(5),
    line(6, 'failed'),
    line(7, 'failed'),
    line(8),
  ];
  expect(withoutWhy(lines, commands)).toEqual([
    [1, 'untold', null],
    [2, 'running', '1.0'],
    [3, 'versionUnknown', null],
    [4, 'versionUnknown', null],
    [5, 'same', '2.0'],
    [6, 'untold', '1.0'],
    [7, 'untold', null],
    [8, 'noPackage', '0.1'],
  ]);
});
