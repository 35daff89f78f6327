/** android restarts itself at night, where that is on [field3]. */
import type { Cabinet } from './cabinet';

const hour = 3_600_000;
/** Not before it has run for so long. */
const runsFor = 12 * hour;
/** By its own clock, from this hour to the next. */
const atHour = 3;
/** Later, where it is in use. */
const delay = hour / 2;

/** `restart` is called once, unless a restart comes first. */
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

/** The first moment in that hour of a night that is not before `from`. */
function nextNight(from: number): number {
  const time = new Date(from);
  if (time.getHours() === atHour) return from;
  const night = new Date(time.getFullYear(), time.getMonth(), time.getDate(), atHour);
  if (night.getTime() < from) night.setDate(night.getDate() + 1);
  return night.getTime();
}
