/** The fault history: order of its pages, and search. */
import type { Fault, FaultCursor } from '#shared/model/history';
import type { MachineRow } from '#shared/model/machine';
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

type Platforms = ReadonlyMap<number, Pick<MachineRow, 'platform'>>;

/** Whether a machine has another program than before, or its program became known or unknown. */
export function haveOtherPlatforms(machines: Platforms, before: Platforms): boolean {
  if (machines === before) return false;
  const has = (one: Platforms, other: Platforms): boolean =>
    [...one].some(
      ([vmcNo, { platform }]) => platform !== null && platform !== (other.get(vmcNo)?.platform ?? null),
    );
  return has(machines, before) || has(before, machines);
}
