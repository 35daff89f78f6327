/** A recorded day gives the states, orders, errors and commands it always gave. What changes on purpose: `-u`, and read the difference. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Day, type DayInput } from '../builders/recordedDay';

const fixtures = join(import.meta.dirname, '..', 'fixtures');

it('a recorded day is folded to what it was', async () => {
  const inputs = gunzipSync(readFileSync(join(fixtures, 'recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  const day = new Day(inputs[0]?.at ?? 0);
  for (const input of inputs) day.do(input);
  day.advance(day.world.now + 200_000);
  await expect(day.report()).toMatchFileSnapshot(join(fixtures, 'recordedDay.expected.txt'));
});
