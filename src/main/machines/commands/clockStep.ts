/** ms within which a clock that was set is noticed: the server looks once a second. */
const noticedWithin = 1_100;

/** It was noted since the clock was set, by the clock as it is now; what is told of the step need not move it. */
export const isSinceStep = (at: number, now: number): boolean => at <= now && at > now - noticedWithin;
