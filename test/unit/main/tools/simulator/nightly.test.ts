import { expect, test } from 'vitest';
import { startMachine } from '../../../../builders/simulatedMachine';

const hour = 3_600_000;
const hours = (ms: number): number => Math.round((ms / hour) * 10) / 10;

/** The hours after its start at 8:00 until it restarts. */
function restarts(days: number, before: (set: ReturnType<typeof startMachine>) => void = () => undefined) {
  const set = startMachine('android', { nightlyRestart: true });
  before(set);
  set.clock.advance(days * 24 * hour);
  return set.deeds.flatMap(({ did, cause, at }) =>
    did === 'stopped' && cause.by === 'itself' ? [hours(at - (set.clock.now() - set.clock.elapsed))] : [],
  );
}

test('between 3 and 4 at night, after at least 12 hours', () => {
  expect(restarts(2)).toEqual([19, 43]);
});

test('not after a shorter run', () => {
  const lateStart = restarts(1, (set) => {
    set.clock.advance(10 * hour);
    set.machine.technician.powerCycle(1_000);
  });
  expect(lateStart).toEqual([]);
});

test('half an hour later while in use', () => {
  const inUse = restarts(1, (set) => {
    set.clock.advance(19 * hour - 5_000 - set.clock.elapsed);
    set.machine.technician.brew(701);
  });
  expect(inUse).toEqual([19.5]);
});
