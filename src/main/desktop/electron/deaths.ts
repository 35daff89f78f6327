/** Processes of the runtime that stopped. Those that end because everything ends, as at a log-out, are nothing to report. */
import type { CrashedPart } from '#shared/model/crash';

/** `again`: it is started again. */
export type ProcessDied = (what: CrashedPart, reason: string, again: boolean) => void;

/** [ours] ms. A log-out sends a signal to every process at once, and this one may hear of another's end before its own signal. */
export const logOutPause = 1_000;

/** Reports a death after that time, unless Crema is quitting by then. */
export const deathsReported =
  (report: ProcessDied, isQuitting: () => boolean): ProcessDied =>
  (...death) => {
    if (isQuitting()) return;
    setTimeout(() => {
      if (!isQuitting()) report(...death);
    }, logOutPause).unref();
  };
