/** The error history as far as it was read: pages from the newest on, and what main said of any fault since. */
import type { Fault, FaultCursor } from '#shared/model/history';

export interface FaultLog {
  /** Newest first. */
  readonly faults: readonly Fault[];
  /** Where the pages read so far end; `null` before the first. Faults below it are known by news only. */
  readonly cursor: FaultCursor | null;
  /** There is nothing older. */
  readonly complete: boolean;
}
export const emptyFaults: FaultLog = { faults: [], cursor: null, complete: false };

/** News is kept up to here; beyond it the oldest are read again when someone goes there. */
export const faultLimit = 20_000;

/** Adds the answer to a query for `asked` faults older than the cursor. News that came meanwhile is newer and stays. */
export function addFaultPage(log: FaultLog, page: readonly Fault[], asked: number): FaultLog {
  return {
    faults: merge(page, log.faults),
    cursor: page.at(-1) ?? log.cursor,
    complete: page.length < asked,
  };
}

/** Takes over what is new of these faults. */
export function addFaultNews(log: FaultLog, news: readonly Fault[]): FaultLog {
  if (news.length === 0) return log;
  const faults = merge(log.faults, news);
  if (faults.length <= faultLimit) return { ...log, faults };
  const kept = faults.slice(0, faultLimit);
  return { faults: kept, cursor: kept.at(-1) ?? null, complete: false };
}

/** Without holes: what lies below the cursor is not shown before its page is read. */
export function shownFaults({ faults, cursor, complete }: FaultLog): readonly Fault[] {
  if (complete) return faults;
  return cursor === null ? [] : faults.filter((fault) => !isNewer(cursor, fault));
}

export function isNewer(a: FaultCursor, b: FaultCursor): boolean {
  return a.setAt > b.setAt || (a.setAt === b.setAt && a.id > b.id);
}

/** `wins` where both have a fault. */
function merge(faults: readonly Fault[], wins: readonly Fault[]): readonly Fault[] {
  const byId = new Map<number, Fault>();
  for (const fault of faults) byId.set(fault.id, fault);
  for (const fault of wins) byId.set(fault.id, fault);
  return [...byId.values()].toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
}

/** What a fault is searched in beside its own members. */
export interface FaultFacts {
  readonly name: string;
  readonly title: string;
}

/** Every word of the query stands in the number, the name, the code, its meaning or the machine's own description. */
export function faultMatches(fault: Fault, query: string, { name, title }: FaultFacts): boolean {
  const text = [fault.vmcNo, name, fault.code, title, fault.description ?? ''].join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
