import { expect, it } from 'vitest';
import { nothingKnown } from '#shared/model/machine';
import { wasAway, losesTime } from '#shared/model/restarts';

const minute = 60_000;
const heard = { login: null, lastHeard: 10 * minute, findings: nothingKnown.findings };

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
