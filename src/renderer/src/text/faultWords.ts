/** The duration of a fault, and its state. */
import type { Fault } from '#shared/model/history';
import type { Words } from './words';

/** "12 min". The duration of an active fault grows, also while its machine is offline: nobody has reported an end. */
export function faultLength(words: Words, { setAt, clearedAt }: Fault, now: number): string {
  return words.duration(Math.max(0, (clearedAt ?? now) - setAt));
}

/** The reason for the end, in words; '' while the fault is active. */
export function faultEnd({ t }: Words, { clearedBy }: Fault): string {
  return clearedBy === null ? '' : t(`faults.clearedBy.${clearedBy}`);
}

/** "Active", or "Ended 12 min ago · Cleared by the machine". */
export function faultState(words: Words, fault: Fault, isOnline: boolean, now: number): string {
  const { t, ago } = words;
  const { clearedAt } = fault;
  if (clearedAt === null) return t(isOnline ? 'faults.active' : 'faults.lastKnown');
  return t('faults.endedBy', { ago: ago(clearedAt, now), by: faultEnd(words, fault) });
}
