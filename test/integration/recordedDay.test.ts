/** A recorded day gives the same states, orders, errors and commands as before. After intended changes: run with `-u` and check the difference. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { ruleNames, ruleOf, type RuleName } from '#shared/diagnosis/index';
import type { OrderRecord } from '#shared/model/history';
import { defaultMachineConfig, type MachineState } from '#shared/model/machine';
import { readFindings, readPeer, readReason } from '#shared/model/stored/entry';
import { readMachine } from '#shared/model/stored/machine';
import { readOrder } from '#shared/model/stored/order';
import { readCommand } from '#shared/model/stored/work';
import { Day, type DayInput } from '../builders/recordedDay';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
let day: Day;
/** Rules that are true on this day, with their machines. All other rules are never true. */
const trulyHas: Partial<Record<RuleName, readonly number[]>> = {
  // The examples of the vendor's document, sent unchanged: an old date, mistakes in JSON, missing members.
  clockWrong: [33232],
  commandsUnknown: [33232],
  // android calls every warning fatal.
  fatalFlags: [90002, 90004, 90006],
  // The rest are faults that virtual machines simulated on that day.
  fieldsOdd: [33232, 90003, 90004],
  fieldsUnknown: [90001, 90002, 90003, 90006],
  framesLost: [90002, 90004, 90005, 90006],
  halfFrames: [33232, 90004, 90006],
  headChanging: [90005],
  headWrong: [33232, 90001, 90002, 90003, 90004, 90006],
  heartbeatIrregular: [90003, 90005],
  jsonLenient: [33232, 90001, 90002, 90003, 90004],
  lengthInChars: [90001, 90002, 90003],
  ordersResent: [90002, 90004, 90005],
  // 90003: on that day a reboot without proof still held its payment back, so that the recording has no answer to it.
  paymentUnanswered: [90001, 90002, 90003, 90004, 90005, 90006],
  reconnectLoop: [90003, 90004, 90005, 90006],
  textGb18030: [90003, 90006],
};
/** One state in a hundred, and every order as it changed. */
const states: MachineState[] = [];
const orders: OrderRecord[] = [];
/** Diagnosis rules that were true, with their machines. */
const diagnosed = new Map<RuleName, Set<number>>();

beforeAll(() => {
  const inputs = gunzipSync(readFileSync(join(fixtures, 'recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  day = new Day(inputs[0]?.at ?? 0);
  day.world.entryLog.onEntry(({ id, at }, change) => {
    if (change !== null && id % 100 === 0) states.push(change.after);
    if (change !== null) diagnose(change.after, at);
    orders.push(...(change?.orders ?? []));
  });
  for (const input of inputs) day.do(input);
  day.advance(day.world.now + 200_000);
});

function diagnose(machine: MachineState, now: number): void {
  const { platform } = machine;
  const facts = {
    now,
    machine,
    config: defaultMachineConfig,
    platform,
    isHere: false,
    updates: 'listening',
    upgrade: null,
  } as const;
  for (const name of ruleNames)
    if (ruleOf(name).when(facts) !== null)
      diagnosed.set(name, (diagnosed.get(name) ?? new Set()).add(machine.vmcNo));
}

it('no rule of the diagnosis is true except on its machines', () => {
  const seen = Object.fromEntries(
    [...diagnosed].map(([name, machines]) => [name, [...machines].toSorted((a, b) => a - b)]),
  );
  expect(seen).toEqual(trulyHas);
});

it('is folded to the same states as before', async () => {
  await expect(day.report()).toMatchFileSnapshot(join(fixtures, 'recordedDay.expected.txt'));
});

it('all its JSON is the same when read again', () => {
  const again = <T>(values: readonly T[], read: (text: string) => T | null): void => {
    expect(values.length).toBeGreaterThan(20);
    const different = new Map(values.map((value) => [JSON.stringify(value), value]));
    expect([...different.keys()].map(read)).toEqual([...different.values()]);
  };
  again([...states, ...day.world.fleet.machines.values()], readMachine);
  again(orders, readOrder);
  again([...day.commands.values()], readCommand);
  const { entries } = day.world;
  again(
    entries.flatMap((entry) => (entry.kind === 'opened' ? [entry.peer] : [])),
    readPeer,
  );
  again(
    entries.flatMap((entry) => (entry.kind === 'closed' ? [entry.reason] : [])),
    readReason,
  );
  again(
    entries.flatMap((entry) => ('findings' in entry ? [entry.findings] : [])),
    readFindings,
  );
});
