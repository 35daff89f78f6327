/** What each machine would get of a run, before anything is given. */
import { expect, it } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import type { LoginFacts, Platform } from '#shared/model/machine';
import { isThere } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { planOf } from '../../../../../src/main/machines/runs/plan';
import { machineState, pkg } from '../../../../builders/rows';

const rinse: RunStep = { do: 'command', name: 'rinse', input: {} };
const supplies: RunStep = { do: 'command', name: 'querySupplies', input: {} };
const ask: RunStep = { do: 'ask', question: 'Ready?' };
const lacking: AppError = { code: 'commandNotPossible', params: { why: 'notOnPlatform' } };

const platforms: Readonly<Record<number, Platform>> = { 1: 'linux', 2: 'android' };
const asked: string[] = [];
const preview = (steps: readonly RunStep[], machines = [1, 2], taken: readonly number[] = []) =>
  planOf(
    {
      refusal: (vmcNo, name) => {
        asked.push(`${vmcNo} ${name}`);
        return name === 'querySupplies' && vmcNo === 2 ? lacking : null;
      },
      circumstances: (vmcNo) => ({
        machine: vmcNo in platforms ? machineState(vmcNo) : null,
        platform: platforms[vmcNo] ?? null,
        packages: [],
        now: 0,
      }),
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
  const step: RunStep = { do: 'command', name: 'upgrade', input: { packageId: pkg().id } };
  const login = { version: pkg().version } as LoginFacts;
  const found = planOf(
    {
      refusal: () => null,
      circumstances: (vmcNo) => ({
        machine: machineState(vmcNo, vmcNo === 1 ? { login } : {}),
        platform: platforms[vmcNo] ?? null,
        packages: [pkg()],
        now: 0,
      }),
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
