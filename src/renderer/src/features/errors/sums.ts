/** Data of the fault charts and groups. */
import { severityOf } from '#shared/errors/codes';
import type { ErrorSeverity } from '#shared/model/ownErrors';
import type { CodeSum, DaySum } from '#shared/model/faultSums';

/** The last days up to today, including days without faults, oldest first. `days`: newest first. */
export function lastDays(days: readonly DaySum[], now: number, count: number): readonly DaySum[] {
  const known = new Map(days.map((day) => [day.from, day]));
  const today = new Date(now);
  return Array.from({ length: count }, (_, place) => {
    const back = count - 1 - place;
    const at = (offset: number): number =>
      new Date(today.getFullYear(), today.getMonth(), today.getDate() - back + offset).getTime();
    return known.get(at(0)) ?? { from: at(0), to: at(1), faults: 0 };
  });
}

/** Cumulative share of the first codes in all faults, per cent. */
export function shares(codes: readonly CodeSum[]): readonly number[] {
  const all = codes.reduce((sum, { faults }) => sum + faults, 0);
  let sofar = 0;
  return codes.map(({ faults }) => {
    sofar += faults;
    return all === 0 ? 0 : (sofar / all) * 100;
  });
}

/** The total duration at a later time: each active fault continues. `at`: when the sum was calculated. */
export const totalAt = ({ total, active }: CodeSum, at: number, now: number): number =>
  total + active * Math.max(0, now - at);

/** The longest duration at a later time. */
export const longestAt = ({ longest, activeSince }: CodeSum, now: number): number =>
  activeSince === null ? longest : Math.max(longest, now - activeSince);

const severities: readonly ErrorSeverity[] = ['fatal', 'fault', 'warning', 'info'];

/** The severity of the most severe report, as at the top of the fault list. */
export function severityOfSum({ code, flags }: Pick<CodeSum, 'code' | 'flags'>): ErrorSeverity {
  const reported = new Set(flags.map(({ isFatal, platform }) => severityOf(code, isFatal, platform)));
  return severities.find((severity) => reported.has(severity)) ?? severityOf(code, null, null);
}

/** Active ones first, then by severity, then by number. */
export const groupsInOrder = (codes: readonly CodeSum[]): readonly CodeSum[] =>
  codes.toSorted(
    (a, b) =>
      Number(b.active > 0) - Number(a.active > 0) ||
      severities.indexOf(severityOfSum(a)) - severities.indexOf(severityOfSum(b)) ||
      b.faults - a.faults,
  );
