/** Runtime processes that stopped. Processes that end in a log-out are not reported. */
import type { CrashedPart } from '#shared/model/crash';

/** `again`: the process is restarted. */
export type ProcessDied = (what: CrashedPart, reason: string, again: boolean) => void;

/** [ours] ms. A log-out signals every process at once, and this one may notice another's end before its own signal. */
export const logOutPause = 1_000;

/** Reports a death after that time, unless Crema is then quitting. */
export const deathsReported =
  (report: ProcessDied, isQuitting: () => boolean): ProcessDied =>
  (...death) => {
    if (isQuitting()) return;
    setTimeout(() => {
      if (!isQuitting()) report(...death);
    }, logOutPause).unref();
  };
