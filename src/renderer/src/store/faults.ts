/** The error history: how its pages are put in order, and how it is searched. */
import type { Fault, FaultCursor } from '#shared/model/history';
import { createPages, matchesWords, type Ordering } from './pages';

export const faultOrdering: Ordering<Fault, FaultCursor> = {
  idOf: ({ id }) => id,
  cursorOf: ({ setAt, id }) => ({ setAt, id }),
  isNewer: (a, b) => a.setAt > b.setAt || (a.setAt === b.setAt && a.id > b.id),
};
export const faultPages = createPages(faultOrdering);

/** What a fault is searched in beside its own members. */
export interface FaultFacts {
  readonly name: string;
  readonly title: string;
}

/** Every word of the query stands in the number, the name, the code, its meaning or the machine's own description. */
export function faultMatches(fault: Fault, query: string, { name, title }: FaultFacts): boolean {
  return matchesWords(query, [fault.vmcNo, name, fault.code, title, fault.description]);
}
