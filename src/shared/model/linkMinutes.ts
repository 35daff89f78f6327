/** The last hour of a machine's link, minute by minute: a picture that is computed as its entries come, and costs nobody a look into the journal. */
import type { MachineState, Platform } from './machine';

const minute = 60_000;
/** Minutes that are kept and shown. */
export const minutesShown = 60;
/** Minutes by which an entry that was held may come late. */
const latestMinutes = 5;
/** Times between heartbeats that a rhythm is judged by. */
export const intervalsKept = 10;

type Minutes = Pick<MachineState, 'minutes' | 'minute'>;

export const withBeat = (known: Minutes, at: number): Minutes => counted(known, at, 1, 0);
export const withOpened = (known: Minutes, at: number): Minutes => counted(known, at, 0, 1);

function counted({ minutes, minute: open }: Minutes, at: number, beats: number, opened: number): Minutes {
  const now = Math.floor(at / minute);
  // One that lies ahead was opened by a clock that was wrong: what it says of is not the hour before now.
  if (open === null || open[0] > now + latestMinutes) return { minutes: [], minute: [now, beats, opened] };
  // Entries of a connection that was held come later than those of the next: they belong to the minute that is open.
  if (open[0] >= now) return { minutes, minute: [open[0], open[1] + beats, open[2] + opened] };
  const first = now - minutesShown;
  const kept = [...minutes, open].filter(([when]) => when > first);
  return { minutes: kept, minute: [now, beats, opened] };
}

export interface MinuteShown {
  /** When it begins, ms. */
  readonly at: number;
  readonly beats: number;
  readonly missing: number;
  readonly opened: number;
}

/**
 * The last hour with the minute that goes on, from the first minute on of which something is known. Both programs may send none within one
 * minute: android sends one every 60 s [field], linux one 30 s after the last frame that it handled [field3].
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
    // In the first minute of which something is known it may have begun late, and the last is not over.
    const isWhole = at !== all[0]?.[0] && at !== last;
    const isLate = beats === 0 && before === 0;
    shown.push({ at: at * minute, beats, opened, missing: isLate && isWhole ? 1 : 0 });
  }
  return shown;
}

/** ms after a heartbeat at which the next is due at the latest. */
const beatDue: Readonly<Record<Platform | 'unknown', number>> = {
  linux: 30_000, // [field3]
  android: 60_000, // [field]
  unknown: 60_000,
};

/** When the next heartbeat is due at the latest, ms. `lastBeat`: what it is counted from. */
export const nextBeat = (lastBeat: number, platform: Platform | null): number =>
  lastBeat + beatDue[platform ?? 'unknown'];
