/** What each machine would get of a run, before anything is given. */
import { expect, it } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import type { Platform } from '#shared/model/machine';
import { isThere } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { previewOf } from '../../../../src/main/server/runs';
import { machineState } from '../../../builders/rows';

const rinse: RunStep = { do: 'command', name: 'rinse', input: {} };
const supplies: RunStep = { do: 'command', name: 'querySupplies', input: {} };
const ask: RunStep = { do: 'ask', question: 'Ready?' };
const lacking: AppError = { code: 'commandNotPossible', params: { why: 'notOnPlatform' } };

const platforms: Readonly<Record<number, Platform>> = { 1: 'linux', 2: 'android' };
const asked: string[] = [];
const preview = (steps: readonly RunStep[], machines = [1, 2], taken: readonly number[] = []) =>
  previewOf(
    {
      queue: {
        already: () => null,
        refusal: (vmcNo, name) => {
          asked.push(`${vmcNo} ${name}`);
          return name === 'querySupplies' && vmcNo === 2 ? lacking : null;
        },
      },
      machine: (vmcNo) => (vmcNo in platforms ? machineState(vmcNo) : null),
      platform: (vmcNo) => platforms[vmcNo] ?? null,
      taken: new Set(taken),
    },
    machines,
    steps,
  ).map(({ refused, unprovable }) => [refused?.step ?? null, refused?.error.code ?? null, unprovable]);

it('asks about the first command as it would be taken now, and of the others what a program lacks', () => {
  expect(preview([ask, rinse, supplies])).toEqual([
    [null, null, [1]],
    [2, 'commandNotPossible', []],
  ]);
  expect(asked).toEqual(['1 rinse', '2 rinse', '2 querySupplies']);
});

it('what is passed over hinders nothing', () => {
  expect(preview([rinse, { ...supplies, optional: true }], [2])).toEqual([[null, null, []]]);
});

it('a machine that is not known, or that another run has something left for, is told', () => {
  expect(preview([rinse], [1, 3], [1])).toEqual([
    [0, 'machineInRun', [0]],
    [0, 'unknownMachine', []],
  ]);
});

it('a machine that has what it would get, and one whose program nobody knows, get no package', () => {
  const step: RunStep = { do: 'command', name: 'upgrade', input: { packageId: '0'.repeat(64) } };
  const there: AppError = { code: 'runsAlready', params: { vmcNo: 1, version: '1.3' } };
  const found = previewOf(
    {
      queue: { already: (vmcNo) => (vmcNo === 1 ? there : null), refusal: () => null },
      machine: (vmcNo) => machineState(vmcNo),
      platform: (vmcNo) => platforms[vmcNo] ?? null,
      taken: new Set(),
    },
    [1, 2, 3],
    [step],
  );
  expect(found.map(({ refused }) => refused?.error.code)).toEqual([
    'runsAlready',
    undefined,
    'machineNoPlatform',
  ]);
  expect(found.map(({ refused }) => refused !== null && isThere(refused))).toEqual([true, false, false]);
});
