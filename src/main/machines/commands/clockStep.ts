/** ms within which a change of the clock is detected: the server checks once a second. */
const noticedWithin = 1_100;

/** True if `at` was noted after the clock was set, and so by the new clock. Such times need no correction. */
export const isSinceStep = (at: number, now: number): boolean => at <= now && at > now - noticedWithin;
