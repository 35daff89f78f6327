/** The result of a run for each machine, before any command is given. */
import { expect, it } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import type { Platform } from '#shared/model/machine';
import { isThere } from '#shared/model/run';
import { runStep, type RunStep } from '#shared/model/sequence';
import { planOf } from '../../../../../src/main/machines/runs/plan';
import { machineState, pkg } from '../../../../builders/rows';
import type { LoginFacts } from '#shared/model/knownVersions';

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
      contextOf: (vmcNo) => ({
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

it('checks the first command completely, and the others only for the platform', () => {
  expect(preview([ask, rinse, supplies])).toEqual([
    [null, null, [1]],
    [2, 'commandNotPossible', []],
  ]);
  expect(asked).toEqual(['1 rinse', '2 rinse', '2 querySupplies']);
});

it('a skipped step does not block the run', () => {
  expect(preview([rinse, { ...supplies, optional: true }], [2])).toEqual([[null, null, []]]);
});

it('an unknown machine, or one with steps left in another run, is reported', () => {
  expect(preview([rinse], [1, 3], [1])).toEqual([
    [0, 'machineInRun', [0]],
    [0, 'unknownMachine', []],
  ]);
});

it('a machine that already has the result, or with an unknown platform, gets no package', () => {
  const step: RunStep = { do: 'command', name: 'upgrade', input: { packageId: pkg().id } };
  const login = { version: pkg().version } as LoginFacts;
  const found = planOf(
    {
      refusal: () => null,
      contextOf: (vmcNo) => ({
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

it('a machine without an input of its own is left out of a step with inputs per machine', () => {
  const step: RunStep = { ...rinse, perMachine: [{ machines: [1], input: {} }] };
  expect(preview([step])).toEqual([
    [null, null, [0]],
    [0, 'noInputForMachine', []],
  ]);
});

it('a machine with two inputs is refused', () => {
  const twice = {
    ...rinse,
    perMachine: [
      { machines: [1, 2], input: {} },
      { machines: [2], input: {} },
    ],
  };
  expect(runStep.safeParse(twice).success).toBe(false);
  expect(runStep.safeParse({ ...rinse, perMachine: twice.perMachine.slice(0, 1) }).success).toBe(true);
});
