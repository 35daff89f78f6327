/** What a machine's reports say of a refill: amounts before it, what was used since, and what they should be now. */
import { readAmount } from '../../materials';
import type { JsonObject, JsonValue } from '../../model/json';
import type { MachineState } from '../../model/machine';

export type Changes = Readonly<Record<string, number>>;

/** [ours] An amount may be rounded, and so may be what was used. */
const rounding = 1;

/** A number where one is counted; `null`: nothing is known of it, or it is not counted. */
export function countedOf(text: string | undefined): number | null {
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

/** What is known of a machine's materials when a refill goes out: the amount, and when it was reported. */
export const stockOf = (machine: MachineState | null): JsonObject =>
  Object.fromEntries(
    Object.entries(machine?.supplies ?? {}).map(([material, { value, at }]) => [material, [value, at]]),
  );

/** Which reported amount is not the sum; `null`: all are, as far as they were known. Nothing falls below 0 [field]. */
export function differingSum(
  stock: JsonValue | undefined,
  machine: MachineState | null,
  changes: Changes,
  reported: Readonly<Record<string, string>>,
): Differs | null {
  const known = new Map(Object.entries(typeof stock === 'object' && stock !== null ? stock : {}));
  for (const [material, change] of Object.entries(changes)) {
    const before: unknown = known.get(material);
    const [text, at] = Array.isArray(before) ? (before as readonly unknown[]) : [];
    const was = typeof text === 'string' ? countedOf(text) : null;
    const is = countedOf(reported[material]);
    if (machine === null || was === null || is === null || typeof at !== 'number') continue;
    const { used, isWhole } = usedSince(machine, material, at);
    const sum = Math.max(0, was + change - used);
    if (Math.abs(is - sum) <= rounding) continue;
    // Drinks were made, and nobody said what they took: it is more than it was, and not more than was added.
    if (!isWhole && change > 0 && is > was && is < sum) continue;
    return { material, amountLeft: is, sum };
  }
  return null;
}
