/** How long an error lasted and what ended it. */
import type { Fault } from '#shared/model/history';
import type { Words } from './words';

/** "12 min"; while it is active it grows, as long as the machine is there to say otherwise (`goneSince` null). */
export function faultLength(words: Words, fault: Fault, now: number, goneSince: number | null): string {
  return words.duration(Math.max(0, (fault.clearedAt ?? goneSince ?? now) - fault.setAt));
}

/** What ended it, in words; empty while it is active. */
export function faultEnd({ t }: Words, { clearedBy }: Fault): string {
  return clearedBy === null ? '' : t(`faults.clearedBy.${clearedBy}`);
}
