import { describe, expect, it } from 'vitest';
import { clockProblemOf } from '#shared/model/computerClock';

const now = Date.UTC(2026, 5, 1);
const hour = 3_600_000;
const nothing = { now, builtAt: null, newestRecord: null };

describe('the clock of this computer', () => {
  it('is doubted only if something that has happened is later', () => {
    expect(clockProblemOf(nothing)).toBeNull();
    expect(clockProblemOf({ now, builtAt: now - hour, newestRecord: now })).toBeNull();
  });

  it('is wrong before the build of the program, with a day for other time zones', () => {
    const builtAt = now + 24 * hour;
    expect(clockProblemOf({ ...nothing, builtAt })).toBeNull();
    expect(clockProblemOf({ ...nothing, builtAt: builtAt + 1 })).toEqual({
      why: 'beforeBuild',
      now,
      than: builtAt + 1,
    });
  });

  it('is wrong before the newest record, with a minute for small corrections', () => {
    expect(clockProblemOf({ ...nothing, newestRecord: now + 60_000 })).toBeNull();
    expect(clockProblemOf({ ...nothing, newestRecord: now + 60_001 })).toMatchObject({
      why: 'beforeRecords',
      than: now + 60_001,
    });
  });
});
