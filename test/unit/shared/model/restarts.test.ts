import { expect, it } from 'vitest';
import { lapse, losesTime, silence } from '#shared/model/restarts';
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

const day = 1_440 * minute;
const step = (last: number, ms: number, entry: number) => ({ times: 1, last, entry, params: { ms } });

it('the time between two messages does not contain a change of this computer’s clock', () => {
  const forward = step(2 * day + 11 * minute, 2 * day, 5);
  const back = step(2 * day - 48 * minute, 60 * minute, 6);
  const known = machineState(7);
  expect(lapse(known, 10 * minute, 12 * minute)).toBe(2 * minute);
  const once = { findings: { 'link.clockForward': forward } };
  expect(lapse(once, 10 * minute, 2 * day + 12 * minute)).toBe(2 * minute);
  // Both messages came after the change.
  expect(lapse(once, 2 * day + 11 * minute, 2 * day + 12 * minute)).toBe(minute);
  const twice = { findings: { 'link.clockForward': forward, 'link.clockBack': back } };
  expect(lapse(twice, 10 * minute, 2 * day - 47 * minute)).toBe(3 * minute);
  // Both came after it was set back; the change before is in the future.
  expect(lapse(twice, 2 * day - 47 * minute, 2 * day - 46 * minute)).toBe(minute);
  const behind = { findings: { 'link.clockBack': step(-day, day, 5) } };
  expect(lapse(behind, 0, minute - day)).toBe(minute);
});
