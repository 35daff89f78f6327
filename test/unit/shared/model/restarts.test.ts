import { expect, it } from 'vitest';
import { losesTime, silence } from '#shared/model/restarts';
import { machineState } from '../../../builders/rows';

const minute = 60_000;

it('is silent since the last frame, or since frames could arrive again', () => {
  const known = machineState(7);
  expect(silence(known, 10 * minute, 21 * minute)).toBe(11 * minute);
  for (const code of losesTime) {
    const finding = { times: 1, last: 20 * minute, entry: 5, params: {} };
    expect(silence({ findings: { [code]: finding } }, 10 * minute, 21 * minute)).toBe(minute);
    // The clock has been set back since.
    expect(silence({ findings: { [code]: finding } }, 10 * minute, 19 * minute)).toBe(9 * minute);
  }
});
