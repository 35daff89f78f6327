/** What is typed into the form of a refill: how much was added or taken out of a material, or what there is now. */
import { mostChange } from '#shared/commands/refill';

export const refillColumns = ['by', 'to'] as const;
type RefillColumn = (typeof refillColumns)[number];
export type TypedChange = Readonly<Partial<Record<RefillColumn, string>>>;

/** What is wrong with what was typed of a material, and where. */
export interface WrongChange {
  readonly column: RefillColumn;
  /** `both`: there is a change, and a sum beside it. `same`: it is as it was. */
  readonly why: 'bad' | 'both' | 'same';
}

interface Read {
  readonly changes: Readonly<Record<string, number>>;
  readonly wrong: ReadonlyMap<string, WrongChange>;
}

/** `amounts`: what is counted of each now. Empty lines are left out; a plus is for whoever likes it. */
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
  // The machine is told whole numbers, and may count fractions.
  const change = Math.round(sum - now);
  if (change === 0) return { column: 'to', why: 'same' };
  return Math.abs(change) > mostChange ? { column: 'to', why: 'bad' } : change;
}
