/** How long an error lasted and what ended it. */
import type { Fault } from '#shared/model/history';
import type { Words } from './words';

/** "12 min"; while it is active it grows, as long as the machine is there to say otherwise (`heardUntil` null). */
export function faultLength(
  words: Words,
  fault: Fault,
  now: number,
  knownUntil: number | null = null,
): string {
  return words.duration(Math.max(0, (fault.clearedAt ?? knownUntil ?? now) - fault.setAt));
}

/** What ended it, in words; empty while it is active. */
export function faultEnd({ t }: Words, { clearedBy }: Fault): string {
  return clearedBy === null ? '' : t(`faults.clearedBy.${clearedBy}`);
}
