/**
 * The offset of a machine's clock from this computer's, and the true time of events that a machine recorded by its own clock. Messages with
 * their creation time measure the clock: each was created between the start of its connection and its arrival.
 */

/** The clock was ahead by `least` to `most` ms; negative: behind. */
export interface ClockReading {
  readonly least: number;
  readonly most: number;
  /** Time of the first and of the last measurement with this result. */
  readonly since: number;
  readonly at: number;
  /** The frame of the last measurement. */
  readonly entry: number;
}

/** Oldest first. An earlier reading was valid until the clock was set. Empty: never measured. */
export type MachineClock = readonly ClockReading[];

const readingsKept = 3;
/** [ours] Maximum drift: 4 s a day. */
const drift = 1 / 20_000;
/** [ours] ms. Less precise readings, such as from a date, cannot locate records. */
const widest = 60_000;
/** [ours] ms of deviation up to which an unmeasured clock counts as right. */
const nearlyRight = 120_000;
/** [ours] ms that an unmeasured clock may be ahead and still be trusted. */
const ahead = 30_000;
/** ms. Machines record time in seconds. */
const second = 1_000;

interface Stamp {
  /** The machine's time, interpreted as this computer's. `within`: precision in ms. */
  readonly shown: number;
  readonly within?: number;
  /** Bounds of the creation time, by Crema's clock. */
  readonly from: number;
  readonly to: number;
}

/** The offset of the clock that shows this time. */
export const offsetOf = ({
  shown,
  within = second,
  from,
  to,
}: Stamp): Pick<ClockReading, 'least' | 'most'> => ({
  least: shown - to,
  most: shown + within - from,
});

/** Adds a measurement by the frame `entry` at `at`. If it contradicts the last reading, the clock has been set. */
export function withStamp(
  clock: MachineClock,
  stamp: Stamp,
  { at, id }: { readonly at: number; readonly id: number },
): MachineClock {
  const found = offsetOf(stamp);
  const last = clock.at(-1);
  // This computer's clock was set meanwhile, or entries are folded again after a crash.
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

/** The bounds of an event's time, by Crema's clock. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

/** The event's relation to a frame sent at `sentAt`; `unknown` is possible within the same second. */
export function relationTo({ from, to }: Moment, sentAt: number): 'before' | 'after' | 'unknown' {
  const since = sentAt - (sentAt % second);
  if (to < since) return 'before';
  return from >= since ? 'after' : 'unknown';
}

/**
 * The time of an event that the machine reports as `shown` (its own time, interpreted as this computer's) in a frame received at `at`.
 * `null`: the machine's clock is wrong by an unknown amount. An unmeasured clock counts as right unless it is more than `mayBeAhead` ms ahead.
 * If the record may be older than the clock setting, the earlier reading applies as well.
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

/** The time by one reading; `latest`: end of the reading's validity, or time of the frame. `null`: another clock wrote it. */
function placed(reading: ClockReading, shown: number, latest: number): Moment | null {
  const { least, most } = widened(reading, latest);
  const from = shown - most;
  return from > latest ? null : { from, to: Math.min(shown + second - least, latest) };
}

/** The time if the clock is right; `null`: it is not. */
function placedAsRight(reading: ClockReading | undefined, shown: number, latest: number): Moment | null {
  const isWrong = reading !== undefined && (reading.least > nearlyRight || reading.most < -nearlyRight);
  return isWrong || shown > latest ? null : { from: shown, to: shown + second };
}
