/** Parses the wave fields: how many machines at once, and when. */
import { mostMachinesOfRun } from '#shared/limits';
import type { Hours, Waves } from '#shared/model/run';
import { longestWait } from '#shared/model/sequence';
import { clockOf } from '../../../text/phrases';

const numbers = ['first', 'atOnce', 'pause', 'stopAfter', 'stopShare'] as const;
export type WaveMember = (typeof numbers)[number];
const ends = ['from', 'to'] as const;
type HoursMember = (typeof ends)[number];

/** The fields' texts; hours as `22:30`. */
export type TypedWaves = Readonly<Record<WaveMember | HoursMember, string>>;

export const waveLimits = {
  first: { min: 1, max: mostMachinesOfRun },
  atOnce: { min: 1, max: mostMachinesOfRun },
  pause: { min: 0, max: longestWait },
  stopAfter: { min: 1, max: mostMachinesOfRun },
  stopShare: { min: 1, max: 100 },
} as const;

/** `null`: empty; `undefined`: invalid. */
export function readWave(member: WaveMember, typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const { min, max } = waveLimits[member];
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** `null`: any hour; `undefined`: one is missing or invalid, or both are equal. */
function readHours({ from, to }: Pick<TypedWaves, HoursMember>): Hours | null | undefined {
  if (from.trim() === '' && to.trim() === '') return null;
  const [begin, end] = [minuteIn(from), minuteIn(to)];
  return begin === null || end === null || begin === end ? undefined : { from: begin, to: end };
}

function minuteIn(typed: string): number | null {
  const [, hour = '', minute = '0'] = /^(\d{1,2})(?:[:：](\d{2}))?$/.exec(typed.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}

/** The invalid ends of the hours; both if they are equal. */
export function wrongEnds(typed: Pick<TypedWaves, HoursMember>): readonly HoursMember[] {
  if (readHours(typed) !== undefined) return [];
  const wrong = ends.filter((end) => minuteIn(typed[end]) === null);
  return wrong.length > 0 ? wrong : ends;
}

/** The number of online machines that begin before all others. */
export const begunFirst = ({ first, atOnce }: Waves, online: number): number =>
  Math.min(online, first ?? atOnce ?? online);

/** `null`: a field is invalid. */
export function wavesOf(typed: TypedWaves): Waves | null {
  const [first, atOnce, pause, stopAfter, stopShare] = numbers.map((member) =>
    readWave(member, typed[member]),
  );
  const hours = readHours(typed);
  if (first === undefined || atOnce === undefined || pause === undefined) return null;
  if (stopAfter === undefined || stopShare === undefined || hours === undefined) return null;
  return { first, atOnce, pause: pause ?? 0, stopAfter, stopShare, hours };
}

/** The fields' initial texts. */
export function typedWaves({ hours, ...waves }: Waves): TypedWaves {
  const [first, atOnce, pause, stopAfter, stopShare] = numbers.map((member) => String(waves[member] ?? ''));
  return {
    first: first ?? '',
    atOnce: atOnce ?? '',
    pause: pause ?? '',
    stopAfter: stopAfter ?? '',
    stopShare: stopShare ?? '',
    from: hours === null ? '' : clockOf(hours.from),
    to: hours === null ? '' : clockOf(hours.to),
  };
}
