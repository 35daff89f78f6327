/** A recorded day gives the states, orders, errors and commands it always gave. What changes on purpose: `-u`, and read the difference. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import type { OrderRecord } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import {
  readCommand,
  readFindings,
  readMachine,
  readOrder,
  readPeer,
  readReason,
} from '#shared/model/stored';
import { Day, type DayInput } from '../builders/recordedDay';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
let day: Day;
/** One state in a hundred, and every order as it changed. */
const states: MachineState[] = [];
const orders: OrderRecord[] = [];

beforeAll(() => {
  const inputs = gunzipSync(readFileSync(join(fixtures, 'recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  day = new Day(inputs[0]?.at ?? 0);
  day.world.entryLog.onEntry(({ id }, change) => {
    if (change !== null && id % 100 === 0) states.push(change.after);
    orders.push(...(change?.orders ?? []));
  });
  for (const input of inputs) day.do(input);
  day.advance(day.world.now + 200_000);
});

it('is folded to what it was', async () => {
  await expect(day.report()).toMatchFileSnapshot(join(fixtures, 'recordedDay.expected.txt'));
});

it('all that is written of it as JSON is read again as it was', () => {
  const again = <T>(values: readonly T[], read: (text: string) => T | null): void => {
    expect(values.length).toBeGreaterThan(20);
    expect(values.map((value) => read(JSON.stringify(value)))).toEqual(values);
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
