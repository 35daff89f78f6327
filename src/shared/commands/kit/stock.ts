/** What a machine's reports say of a refill: amounts before it, what was used since, and what they should be now. */
import { readAmount } from '../../materials';
import type { MachineState } from '../../model/machine';

export type Changes = Readonly<Record<string, number>>;

/** [ours] An amount may be rounded, and so may be what was used. */
const rounding = 1;

/** A number where one is counted; `null`: nothing is known of it, or it is not counted. */
function countedOf(text: string | undefined): number | null {
  const amount = text === undefined ? null : readAmount(text);
  return amount?.kind === 'amount' ? amount.value : null;
}

/** What orders used of a material since then, and whether some may have used of it untold. */
function usedSince({ orders }: MachineState, material: string, since: number) {
  const made = orders.filter(({ done }) => done !== null && done.at >= since);
  const told = made.map(({ consumed }) => Object.entries(consumed));
  const used = told.flat().reduce((sum, [id, amount]) => (id === material ? sum + Number(amount) : sum), 0);
  return { used: Number.isFinite(used) ? used : 0, isWhole: told.every((one) => one.length > 0) };
}

export interface Differs {
  readonly material: string;
  readonly amountLeft: number;
  readonly sum: number;
}

/** Which reported amount is not the sum; `null`: all are, as far as they were known. Nothing falls below 0 [field]. */
export function differingSum(
  machine: MachineState | null,
  changes: Changes,
  reported: Readonly<Record<string, string>>,
): Differs | null {
  const known = new Map(Object.entries(machine?.supplies ?? {}));
  for (const [material, change] of Object.entries(changes)) {
    const before = known.get(material);
    const [was, is] = [countedOf(before?.value), countedOf(reported[material])];
    if (machine === null || before === undefined || was === null || is === null) continue;
    const { used, isWhole } = usedSince(machine, material, before.at);
    const expected = Math.max(0, was + change - used);
    if (Math.abs(is - expected) <= rounding) continue;
    // Drinks were made, and nobody said what they took: it is more than it was, and not more than was added.
    if (!isWhole && change > 0 && is > was && is < expected) continue;
    return { material, amountLeft: is, sum: expected };
  }
  return null;
}
