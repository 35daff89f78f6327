/** A clock that runs so many times as fast: virtual machines whose programs take minutes to notice a lost server, in seconds. */
import type { Clock } from '../../src/main/tools/simulator/clock';

export function fastClock(times: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    after: (ms, run) => {
      const timer = setTimeout(run, ms / times);
      return () => clearTimeout(timer);
    },
  };
}
