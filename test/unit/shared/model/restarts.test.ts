import { expect, it } from 'vitest';
import { wasAway, losesTime } from '#shared/model/restarts';
import { machineState } from '../../../builders/rows';

const minute = 60_000;
const heard = machineState(7, { lastHeard: 10 * minute });

it('one that says nothing for a minute was away, unless nobody could have heard it', () => {
  expect(wasAway(heard, null, 11 * minute - 1)).toBe(false);
  expect(wasAway(heard, null, 11 * minute)).toBe(true);
  for (const code of losesTime) {
    const finding = { times: 1, last: 20 * minute, entry: 5, params: {} };
    const known = { ...heard, findings: { [code]: finding } };
    expect(wasAway(known, null, 20 * minute + 5_000)).toBe(false);
    expect(wasAway(known, null, 21 * minute)).toBe(true);
  }
});
