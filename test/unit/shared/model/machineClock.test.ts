import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentOf, offsetOf, withStamp, type MachineClock } from '#shared/model/machineClock';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = 1_700_000_000_000;
/** A time from a machine whose clock is `offset` ms ahead. */
const written = (at: number, offset: number): number => Math.floor((at + offset) / 1_000) * 1_000;

/** A clock that is `offset` ms ahead, measured at noon by a frame that was created within two seconds. */
const measured = (offset: number, before: MachineClock = [], at = noon): MachineClock =>
  withStamp(
    before,
    { shown: written(at - 500, offset), from: at - 2_000, to: at },
    { at, id: before.length + 1 },
  );
const within = (moment: ReturnType<typeof momentOf>, at: number): void => {
  expect(moment?.from).toBeLessThanOrEqual(at);
  expect(moment?.to).toBeGreaterThanOrEqual(at);
};

test.each([0, 20_000, -90_000, 3 * hour, -8 * hour, 400 * day])(
  'a record of a clock that is %i ms ahead is dated within seconds',
  (offset) => {
    const happened = noon + 5 * minute;
    const moment = momentOf(measured(offset), written(happened, offset), { at: happened + 10_000 });
    within(moment, happened);
    expect((moment?.to ?? 0) - (moment?.from ?? 0)).toBeLessThan(5_000);
  },
);

test('an unmeasured clock counts as right, but not as ahead', () => {
  expect(momentOf([], noon - 5_000, { at: noon })?.from).toBe(noon - 5_000);
  expect(momentOf([], noon + 20_000, { at: noon })?.from).toBe(noon + 20_000);
  expect(momentOf([], noon + 20_000, { at: noon, mayBeAhead: 2_000 })).toBeNull();
  expect(momentOf([], noon + hour, { at: noon })).toBeNull();
});

test('a date shows that a clock is wrong, but not by how much', () => {
  const dated = (days: number): MachineClock =>
    withStamp(
      [],
      { shown: noon + days * day - 12 * hour, within: day, from: noon, to: noon },
      { at: noon, id: 1 },
    );
  expect(momentOf(dated(0), noon + 5_000, { at: noon + 6_000 })?.from).toBe(noon + 5_000);
  for (const days of [-3, 3])
    expect(momentOf(dated(days), noon + days * day + 5_000, { at: noon + 6_000 })).toBeNull();
  // Until the clock is measured.
  within(momentOf(measured(3 * day, dated(3)), noon + 3 * day, { at: noon + minute }), noon);
});

test('a record from the future was written before a clock change', () => {
  expect(momentOf(measured(0), noon + hour, { at: noon + minute })).toBeNull();
});

test('a record from before a clock change is not dated after a command', () => {
  // The clock was an hour ahead and was corrected. A record from 12:10 has the time 13:10.
  const clock = measured(0, measured(hour), noon + 20 * minute);
  const moment = momentOf(clock, written(noon + 10 * minute, hour), { at: noon + 75 * minute });
  within(moment, noon + 10 * minute);
  // A later record is dated the same by both clocks.
  within(momentOf(clock, written(noon + 70 * minute, 0), { at: noon + 75 * minute }), noon + 70 * minute);
});

test('a measurement counts once, and not if it is older than a change of this computer’s clock', () => {
  const clock = measured(hour);
  const again = { shown: noon, from: noon, to: noon };
  expect(withStamp(clock, again, { at: noon, id: 1 })).toBe(clock);
  expect(withStamp(clock, { shown: noon, from: noon + hour, to: noon }, { at: noon, id: 2 })).toBe(clock);
});

test('an offset is as exact as the time of its frame', () => {
  expect(offsetOf({ shown: 10_000, from: 5_000, to: 7_000 })).toEqual({ least: 3_000, most: 6_000 });
});

test('after any clock changes a record is never dated at a wrong time', () => {
  const regime = fc.record({
    offset: fc.integer({ min: -2 * day, max: 2 * day }),
    measurements: fc.array(fc.tuple(fc.nat(hour), fc.nat(minute), fc.nat(minute)), {
      minLength: 1,
      maxLength: 4,
    }),
    record: fc.nat(hour),
  });
  fc.assert(
    fc.property(fc.array(regime, { minLength: 1, maxLength: 3 }), fc.nat(day), (regimes, late) => {
      let clock: MachineClock = [];
      let now = noon;
      let id = 0;
      const records: { readonly at: number; readonly shown: number }[] = [];
      for (const { offset, measurements, record } of regimes) {
        for (const [after, early, delay] of measurements) {
          now += after;
          const made = now;
          now += delay;
          clock = withStamp(
            clock,
            { shown: written(made, offset), from: made - early, to: now },
            { at: now, id: (id += 1) },
          );
        }
        now += record;
        records.push({ at: now, shown: written(now, offset) });
      }
      const newest = clock.at(-1);
      // After a correction smaller than the uncertainty, the reading of the clock is ambiguous.
      const isKnown = clock.length === regimes.length && (newest?.most ?? 0) - (newest?.least ?? 0) <= minute;
      for (const { at, shown } of records) {
        const moment = momentOf(clock, shown, { at: now + late });
        if (isKnown && moment !== null) within(moment, at);
        expect(isKnown && regimes.length === 1 && moment === null).toBe(false);
      }
    }),
  );
});
