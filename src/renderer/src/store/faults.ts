/** The fault history: order of its pages, and search. */
import type { Fault, FaultCursor } from '#shared/model/history';
import { createPages, matchesWords, type Ordering } from './pages';

export const faultOrdering: Ordering<Fault, FaultCursor> = {
  idOf: ({ id }) => id,
  cursorOf: ({ setAt, id }) => ({ setAt, id }),
  isNewer: (a, b) => a.setAt > b.setAt || (a.setAt === b.setAt && a.id > b.id),
};
export const faultPages = createPages(faultOrdering);

/** Texts to search beside the fault's own members. */
export interface FaultFacts {
  readonly name: string;
  readonly title: string;
}

/** Whether each term of the query occurs in the number, name, code, meaning or the machine's own description. */
export function faultMatches(fault: Fault, query: string, { name, title }: FaultFacts): boolean {
  return matchesWords(query, [fault.vmcNo, name, fault.code, title, fault.description]);
}
