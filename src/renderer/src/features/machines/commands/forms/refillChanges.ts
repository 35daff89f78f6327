/** Parses a refill form: the amount added to or removed from a material, or its new amount. */
import { mostChange } from '#shared/commands/refill';

export const refillColumns = ['by', 'to'] as const;
type RefillColumn = (typeof refillColumns)[number];
export type TypedChange = Readonly<Partial<Record<RefillColumn, string>>>;

/** The error of a material's input, and its field. */
export interface WrongChange {
  readonly column: RefillColumn;
  /** `both`: a change and a new amount are given. `same`: the amount is unchanged. */
  readonly why: 'bad' | 'both' | 'same';
}

interface Read {
  readonly changes: Readonly<Record<string, number>>;
  readonly wrong: ReadonlyMap<string, WrongChange>;
}

/** `amounts`: current amounts. Empty lines are skipped; a leading plus is allowed. */
export function readChanges(
  typed: Readonly<Record<string, TypedChange>>,
  amounts: Readonly<Record<string, number>>,
): Read {
  const changes: Record<string, number> = {};
  const wrong = new Map<string, WrongChange>();
  for (const [material, { by = '', to = '' }] of Object.entries(typed)) {
    if (by.trim() === '' && to.trim() === '') continue;
    const read = readOne(by.trim(), to.trim(), amounts[material] ?? null);
    if (typeof read === 'number') changes[material] = read;
    else wrong.set(material, read);
  }
  return { changes, wrong };
}

function readOne(by: string, to: string, now: number | null): number | WrongChange {
  if (by !== '' && to !== '') return { column: 'to', why: 'both' };
  if (by !== '') {
    const digits = by.replace('−', '-');
    const change = /^[+-]?\d{1,6}$/.test(digits) ? Number(digits) : 0;
    return change === 0 || Math.abs(change) > mostChange ? { column: 'by', why: 'bad' } : change;
  }
  const sum = /^\d{1,6}$/.test(to) ? Number(to) : null;
  if (sum === null || now === null) return { column: 'to', why: 'bad' };
  // The command takes whole numbers, but machines may count fractions.
  const change = Math.round(sum - now);
  if (change === 0) return { column: 'to', why: 'same' };
  return Math.abs(change) > mostChange ? { column: 'to', why: 'bad' } : change;
}
