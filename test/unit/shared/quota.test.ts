import { describe, expect, it } from 'vitest';
import { createQuota } from '#shared/quota';

describe('a quota', () => {
  it('allows so many in a span, and reports the refused number at the next', () => {
    const quota = createQuota(2, 1_000);
    expect([0, 10, 20, 999].map((now) => quota.take(now).granted)).toEqual([true, true, false, false]);
    expect(quota.take(1_000)).toEqual({ granted: true, missed: 2 });
    expect(quota.take(1_001)).toEqual({ granted: true, missed: 0 });
    expect(quota.take(1_002)).toEqual({ granted: false, missed: 1 });
  });

  it('restarts if the clock was set back', () => {
    const quota = createQuota(1, 1_000);
    expect(quota.take(50_000).granted).toBe(true);
    expect(quota.take(10).granted).toBe(true);
    expect(quota.take(20).granted).toBe(false);
  });
});
