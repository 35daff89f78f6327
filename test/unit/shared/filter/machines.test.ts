import { describe, expect, it } from 'vitest';
import { machineTest, type MachineFacts } from '#shared/filter/machines';
import { machineFields } from '#shared/filter/language/machineFields';
import { machineFieldNames } from '#shared/filter/language/tree';
import type { MachineStatus } from '#shared/model/machine';
import { row } from '../../../builders/rows';

const now = Date.UTC(2026, 10, 26, 12);
const worst = { code: 'ERROR:5300', severity: 'fatal', selling: 'no', since: 0, unconfirmed: false } as const;
const facts = (
  over: Parameters<typeof row>[1],
  status: MachineStatus,
  orders: number | null = 0,
  lastProblem: MachineStatus | null = null,
): MachineFacts => {
  const one = row(over?.vmcNo ?? 1, over);
  return { row: one, status, lastProblem, isTroubled: ['fault', 'warning'].includes(status), orders };
};

const machines: readonly MachineFacts[] = [
  facts({ vmcNo: 101, name: 'Lobby', place: 'Hall 2', worst, errorCount: 2 }, 'fault', 12),
  facts({ vmcNo: 102, name: 'Roof', place: '一楼', platform: 'android', version: '1.0.5.0' }, 'online', 3),
  facts({ vmcNo: 103, model: 'JL30', platform: null, lastHeard: now - 7_200_000 }, 'silence', null),
  facts({ vmcNo: 204, name: 'Hall 101', lastHeard: now - 60_000 }, 'warning'),
  facts(
    { vmcNo: 205, online: false, lastHeard: null, address: null, version: null },
    'offline',
    0,
    'doorOpen',
  ),
  facts({ vmcNo: 206, doorOpen: true }, 'doorOpen'),
];

function found(text: string): readonly number[] {
  const test = machineTest(text, now);
  if (!test.ok) throw new Error(`${text}: ${test.error.code}`);
  return machines.filter(test.matches).map((one) => one.row.vmcNo);
}
function refused(text: string): unknown {
  const test = machineTest(text, now);
  return test.ok ? 'taken' : { code: test.error.code, ...test.error.params };
}

describe('machines by their data', () => {
  it.each([
    ['', [101, 102, 103, 204, 205, 206]],
    ['hall', [101, 204]],
    ['101', [101, 204]],
    ['vmc:101', [101]],
    ['vmc:101..103', [101, 102, 103]],
    ['vmc:*oof', [102]],
    ['name:lobby', [101]],
    ['name:*', [101, 102, 204]],
    ['place:hall', [101]],
    ['place="Hall 2"', [101]],
    ['-place:*', [103, 204, 205, 206]],
    ['model:jl', [103]],
    ['state:fault', [101]],
    ['state:trouble', [101, 204]],
    ['state:fault,silence', [101, 103]],
    ['-state:trouble', [102, 103, 205, 206]],
    ['state:doorOpen OR state:offline', [205, 206]],
    // The last known state of a machine without a connection counts too.
    ['state:door', [205, 206]],
    ['platform:android', [102]],
    ['platform:unknown', [103]],
    ['platform:*', [101, 102, 204, 205, 206]],
    ['version:1.0', [102]],
    ['-version:*', [205]],
    ['address:192.168', [101, 102, 103, 204, 206]],
    ['code:5300', [101]],
    ['ERROR:5300', [101]],
    ['code:*53*', [101]],
    ['code:*', [101]],
    ['code~^ERROR', [101]],
    ['errors>=2', [101]],
    ['errors:0 platform:android', [102]],
    ['orders>3', [101]],
    ['orders:*', [101, 102, 204, 205, 206]],
    ['heard>-10m', [204]],
    ['-heard:*', [205]],
    ['状态:有问题', [101, 204]],
    ['位置:一楼', [102]],
  ])('%s', (text, numbers) => {
    expect(found(text)).toEqual(numbers);
  });
});

describe('nonsense is refused with a suggestion', () => {
  it.each([
    ['stat:fault', { code: 'fieldUnknownNear', field: 'stat', suggestion: 'state' }],
    ['plase:Hall', { code: 'fieldUnknownNear', field: 'plase', suggestion: 'place' }],
    ['cmd:hb', { code: 'fieldUnknown', field: 'cmd' }],
    ['state:faul', { code: 'wordUnknownNear', field: 'state', value: 'faul', suggestion: 'fault' }],
    [
      'platform:andriod',
      { code: 'wordUnknownNear', field: 'platform', value: 'andriod', suggestion: 'android' },
    ],
    ['errors:many', { code: 'numberWrong', field: 'errors', value: 'many' }],
    ['heard:yesterdayish', { code: 'timeWrong', value: 'yesterdayish' }],
    ['name>5', { code: 'opWrong', field: 'name', op: '>' }],
    ['place:Hall|Roof', { code: 'spelling', written: '|', ours: ',' }],
    ['state:', { code: 'valueMissing', field: 'state' }],
    ['(state:fault', { code: 'groupOpen' }],
  ])('%s', (text, error) => {
    expect(refused(text)).toEqual(error);
  });
});

it('names are unique, and every field exists', () => {
  const names = machineFields.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  expect(machineFields.map(({ name }) => name)).toEqual([...machineFieldNames]);
  for (const { words } of machineFields) {
    const all = [...words.map(({ word }) => word), ...words.flatMap(({ aliases }) => aliases)];
    expect(new Set(all).size).toBe(all.length);
    // They are compared in lower case.
    for (const word of all) expect(word).toBe(word.toLowerCase());
  }
});
