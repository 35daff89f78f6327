/**
 * How far a machine's clock is from this computer's, and when something happened that a machine wrote down by its own clock. A clock is
 * measured by messages that carry the time at which they were made: it was made on the connection it came on, so it was made
 * between the start of that connection and its arrival.
 */

/** The clock was ahead by at least `least` and at most `most` ms; negative: behind. */
export interface ClockReading {
  readonly least: number;
  readonly most: number;
  /** When the clock was first found to be so, and when last. */
  readonly since: number;
  readonly at: number;
  /** The last frame that shows it. */
  readonly entry: number;
}

/** Oldest first: an earlier one held until the clock was set. Empty: never measured. */
export type MachineClock = readonly ClockReading[];

const readingsKept = 3;
/** [ours] A clock of this kind loses or gains 4 s a day at most. */
const drift = 1 / 20_000;
/** [ours] ms: what is known less exactly, such as by a date, places no record. */
const widest = 60_000;
/** [ours] ms by which a clock that was not measured may be wrong and still be taken for right. */
const nearlyRight = 120_000;
/** [ours] ms by which a clock that was not measured may be ahead and still be believed. */
const ahead = 30_000;
/** ms: a machine writes its time down to the second. */
const second = 1_000;

interface Stamp {
  /** The machine's time, read as if it were this computer's; `within` ms of it are left out. */
  readonly shown: number;
  readonly within?: number;
  /** It was made between these two, by our clock. */
  readonly from: number;
  readonly to: number;
}

/** By how much the clock that shows this is ahead. */
export const offsetOf = ({
  shown,
  within = second,
  from,
  to,
}: Stamp): Pick<ClockReading, 'least' | 'most'> => ({
  least: shown - to,
  most: shown + within - from,
});

/** With one more measurement, made by the frame `entry` at `at`. A clock that it can't be any more has been set. */
export function withStamp(
  clock: MachineClock,
  stamp: Stamp,
  { at, id }: { readonly at: number; readonly id: number },
): MachineClock {
  const found = offsetOf(stamp);
  const last = clock.at(-1);
  // This computer's clock was set meanwhile; or entries are folded again after a crash.
  if (found.least > found.most || (last !== undefined && last.entry >= id)) return clock;
  if (last === undefined) return [{ ...found, since: at, at, entry: id }];
  const known = widened(last, at);
  const least = Math.max(known.least, found.least);
  const most = Math.min(known.most, found.most);
  return least <= most
    ? [...clock.slice(0, -1), { least, most, since: last.since, at, entry: id }]
    : [...clock, { ...found, since: at, at, entry: id }].slice(-readingsKept);
}

function widened({ least, most, at }: ClockReading, now: number): Pick<ClockReading, 'least' | 'most'> {
  const more = Math.abs(now - at) * drift;
  return { least: least - more, most: most + more };
}

/** By our clock: it happened at `from` at the earliest, at `to` at the latest. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

/** Whether it lies after something that was sent at `sentAt`: in the same second, it may. */
export function relationTo({ from, to }: Moment, sentAt: number): 'before' | 'after' | 'unknown' {
  const since = sentAt - (sentAt % second);
  if (to < since) return 'before';
  return from >= since ? 'after' : 'unknown';
}

/**
 * When it happened, if the machine says `shown` (its own time, read as this computer's) in a frame that came at `at`; `null`: the
 * machine's clock is wrong by an unknown amount. A clock that was never measured is taken for right, unless it is more than
 * `mayBeAhead` ms ahead. What may have been written before the clock was set is placed by the earlier reading as well.
 */
export function momentOf(
  clock: MachineClock,
  shown: number,
  { at, mayBeAhead = ahead }: { readonly at: number; readonly mayBeAhead?: number },
): Moment | null {
  const now = clock.at(-1);
  const last =
    now !== undefined && isMeasured(now)
      ? placed(now, shown, at)
      : placedAsRight(now, shown, at + mayBeAhead);
  if (last === null) return null;
  const earlier = clock
    .slice(0, -1)
    .flatMap((reading, index) => placed(reading, shown, Math.min(at, clock[index + 1]?.since ?? at)) ?? []);
  const possible = [...earlier, last];
  return {
    from: Math.min(...possible.map(({ from }) => from)),
    to: Math.max(...possible.map(({ to }) => to)),
  };
}

const isMeasured = ({ least, most }: ClockReading): boolean => most - least <= widest;

/** By one reading; `latest`: until when it held, or when the frame came. `null`: it was written by another clock. */
function placed(reading: ClockReading, shown: number, latest: number): Moment | null {
  const { least, most } = widened(reading, latest);
  const from = shown - most;
  return from > latest ? null : { from, to: Math.min(shown + second - least, latest) };
}

/** As if the clock were right; `null`: it is not. */
function placedAsRight(reading: ClockReading | undefined, shown: number, latest: number): Moment | null {
  const isWrong = reading !== undefined && (reading.least > nearlyRight || reading.most < -nearlyRight);
  return isWrong || shown > latest ? null : { from: shown, to: shown + second };
}
