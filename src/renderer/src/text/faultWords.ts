/** The duration of a fault, and its end. */
import type { Fault } from '#shared/model/history';
import type { Words } from './words';

/** "12 min". The duration of an active fault grows while the machine is online (`goneSince` null). */
export function faultLength(words: Words, fault: Fault, now: number, goneSince: number | null): string {
  return words.duration(Math.max(0, (fault.clearedAt ?? goneSince ?? now) - fault.setAt));
}

/** The reason for the end, in words; '' while the fault is active. */
export function faultEnd({ t }: Words, { clearedBy }: Fault): string {
  return clearedBy === null ? '' : t(`faults.clearedBy.${clearedBy}`);
}
