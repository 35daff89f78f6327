/** Lines with valid hashes that were written after the last known end of the trail. */
import type { AuditEntry, AuditFault } from '#shared/model/audit';

/** An entry that marks earlier lines, by their numbers in the chain, as unproven. */
export interface Unproven {
  readonly line: number;
  readonly first: number;
  readonly last: number;
}

export function unprovenIn(line: number, entry: AuditEntry | null): Unproven | null {
  if (entry?.act !== 'unproven') return null;
  const { first, last } = entry.what;
  return typeof first === 'number' && typeof last === 'number' ? { line, first, last } : null;
}

/**
 * All faults of the trail. `numbers`: the chain number of each line; `from`: the first number after the known end. An unproven line can't
 * mark other lines.
 */
export function allFaults(
  numbers: readonly number[],
  faults: ReadonlyMap<number, AuditFault>,
  unproven: readonly Unproven[],
  from: number,
): ReadonlyMap<number, AuditFault> {
  const all = new Map(faults);
  const mark = (first: number, last: number, before: number): void => {
    for (let line = 1; line < before; line += 1) {
      const n = numbers[line - 1] ?? 0;
      if (n >= first && n <= last && !all.has(line)) all.set(line, 'beyondEnd');
    }
  };
  if ((numbers.at(-1) ?? 0) >= from) mark(from, Infinity, numbers.length + 1);
  for (const { line, first, last } of unproven.toReversed()) if (!all.has(line)) mark(first, last, line);
  return all;
}
