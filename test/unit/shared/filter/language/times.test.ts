import { afterEach, expect, it, vi } from 'vitest';
import { readMoment, writeMoment } from '#shared/filter/language/times';

afterEach(() => vi.unstubAllEnvs());

it.each([60_000, 1_000, 1])('a time of %i ms in an hour that occurs twice is read as written', (long) => {
  vi.stubEnv('TZ', 'America/New_York');
  const now = Date.UTC(2026, 10, 5);
  // 01:30 in summer time, 01:30 an hour later, and a time that occurs once.
  for (const hour of [5, 6, 12]) {
    const from = Date.UTC(2026, 10, 1, hour, 30);
    const moment = { kind: 'at', from, to: from + long } as const;
    expect(readMoment(writeMoment(moment), now)).toEqual(moment);
  }
});
