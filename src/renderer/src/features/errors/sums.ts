/** What the charts and the groups of errors are made of. */
import type { ErrorSeverity } from '#shared/errors/severity';
import type { CodeSum, DaySum } from '#shared/model/faultSums';

/** The last days up to today, those without faults too, oldest first. `days`: newest first. */
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

/** How much of all faults the first, the first two, … of the codes make up, in per cent. */
export function shares(codes: readonly CodeSum[]): readonly number[] {
  const all = codes.reduce((sum, { faults }) => sum + faults, 0);
  let sofar = 0;
  return codes.map(({ faults }) => {
    sofar += faults;
    return all === 0 ? 0 : (sofar / all) * 100;
  });
}

const rank: Readonly<Record<ErrorSeverity, number>> = { fatal: 0, fault: 1, warning: 2, info: 3 };

/** Those that are active first, then the worse, then the more frequent. */
export const groupsInOrder = (
  codes: readonly CodeSum[],
  severityOf: (code: string) => ErrorSeverity,
): readonly CodeSum[] =>
  codes.toSorted(
    (a, b) =>
      Number(b.active > 0) - Number(a.active > 0) ||
      rank[severityOf(a.code)] - rank[severityOf(b.code)] ||
      b.faults - a.faults,
  );
