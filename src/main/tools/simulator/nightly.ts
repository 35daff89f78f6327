/** The nightly restart of android, if enabled [field3]. */
import type { Cabinet } from './cabinet';

const hour = 3_600_000;
/** ms of uptime before a nightly restart. */
const runsFor = 12 * hour;
/** The hour of its own clock in which it restarts. */
const atHour = 3;
/** ms of delay while the machine is in use. */
const delay = hour / 2;

/** `restart` is called once, unless another restart precedes it. */
export function restartAtNight(cabinet: Cabinet, restart: () => void): void {
  const wait = (from: number): void => {
    const due = nextNight(from);
    cabinet.after(due - cabinet.now(), () => {
      if (!cabinet.isBrewing && !cabinet.isOrdering) return restart();
      wait(cabinet.now() + delay);
    });
  };
  wait(cabinet.now() + runsFor);
}

/** The first moment of that hour that is not before `from`. */
function nextNight(from: number): number {
  const time = new Date(from);
  if (time.getHours() === atHour) return from;
  const night = new Date(time.getFullYear(), time.getMonth(), time.getDate(), atHour);
  if (night.getTime() < from) night.setDate(night.getDate() + 1);
  return night.getTime();
}
