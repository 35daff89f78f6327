/** The last hour of a machine's link by minute. Computed as entries arrive, so it needs no journal query. */
import type { MachineState } from './machine';

const minute = 60_000;
/** Number of minutes kept and shown. */
export const minutesShown = 60;
/** Minutes by which a held entry may be late. */
const latestMinutes = 5;
/** Number of heartbeat intervals used to judge the rhythm. */
export const intervalsKept = 10;

type Minutes = Pick<MachineState, 'minutes' | 'minute'>;

export const withBeat = (known: Minutes, at: number): Minutes => counted(known, at, 1, 0);
export const withOpened = (known: Minutes, at: number): Minutes => counted(known, at, 0, 1);

function counted({ minutes, minute: open }: Minutes, at: number, beats: number, opened: number): Minutes {
  const now = Math.floor(at / minute);
  // A minute in the future comes from a wrong clock, so the kept minutes are not the hour before now.
  if (open === null || open[0] > now + latestMinutes) return { minutes: [], minute: [now, beats, opened] };
  // Held entries of a former connection arrive after newer ones. They count in the current minute.
  if (open[0] >= now) return { minutes, minute: [open[0], open[1] + beats, open[2] + opened] };
  const first = now - minutesShown;
  // Once for each heartbeat: taking a tuple apart would take most of the time.
  const kept = [...minutes, open].filter((one) => one[0] > first);
  return { minutes: kept, minute: [now, beats, opened] };
}

export interface MinuteShown {
  /** Start, ms. */
  readonly at: number;
  readonly beats: number;
  readonly missing: number;
  readonly opened: number;
}

/**
 * The last hour including the current minute, from the first known minute on. A minute without a heartbeat is normal. android sends one
 * every 60 s [field]. linux sends one 30 s after the last frame that it handled [field3].
 */
export function lastHour({ minutes, minute: open }: Minutes, now: number): readonly MinuteShown[] {
  const all = open === null ? minutes : [...minutes, open];
  const known = new Map(all.map((one) => [one[0], one]));
  const last = Math.floor(now / minute);
  const begin = Math.max(last - minutesShown + 1, all[0]?.[0] ?? last + 1);
  const shown: MinuteShown[] = [];
  for (let at = begin; at <= last; at += 1) {
    const [, beats = 0, opened = 0] = known.get(at) ?? [];
    const before = known.get(at - 1)?.[1] ?? 0;
    // The first known minute may be partial, and the last one is not over.
    const isWhole = at !== all[0]?.[0] && at !== last;
    const isLate = beats === 0 && before === 0;
    shown.push({ at: at * minute, beats, opened, missing: isLate && isWhole ? 1 : 0 });
  }
  return shown;
}
