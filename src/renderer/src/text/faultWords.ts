/** How long an error lasted and what ended it. */
import type { Fault } from '#shared/model/history';
import type { Words } from './words';

/** "12 min"; while it is active it grows. */
export function faultLength(words: Words, fault: Fault, now: number): string {
  return words.duration((fault.clearedAt ?? now) - fault.setAt);
}

/** What ended it, in words; empty while it is active. */
export function faultEnd({ t }: Words, { clearedBy }: Fault): string {
  return clearedBy === null ? '' : t(`errors.clearedBy.${clearedBy}`);
}
