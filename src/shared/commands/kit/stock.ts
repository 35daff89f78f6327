/** Evidence of a machine's reports about a refill: the amounts before it, the consumption since, and the expected amounts. */
import { readAmount } from '../../materials';
import type { JsonObject, JsonValue } from '../../model/json';
import type { MachineState } from '../../model/machine';

export type Changes = Readonly<Record<string, number>>;

/** [ours] Amounts and consumption may be rounded. */
const rounding = 1;

/** The amount if it is counted; `null`: unknown or not counted. */
export function countedOf(text: string | undefined): number | null {
  const amount = text === undefined ? null : readAmount(text);
  return amount?.kind === 'amount' ? amount.value : null;
}

/** A material's consumption by orders since then, and whether the total may be incomplete. */
function usedSince({ orders }: MachineState, material: string, since: number) {
  const made = orders.filter(({ done }) => done !== null && done.at >= since);
  const reported = made.map(({ consumed }) => Object.entries(consumed));
  const used = reported
    .flat()
    .reduce((sum, [id, amount]) => (id === material ? sum + Number(amount) : sum), 0);
  return { used: Number.isFinite(used) ? used : 0, isWhole: reported.every((one) => one.length > 0) };
}

export interface Differs {
  readonly material: string;
  readonly amountLeft: number;
  readonly sum: number;
}

/** The known amounts of a machine's materials when a refill is sent, with their report times. */
export const stockOf = (machine: MachineState | null): JsonObject =>
  Object.fromEntries(
    Object.entries(machine?.supplies ?? {}).map(([material, { value, at }]) => [material, [value, at]]),
  );

/** The first reported amount that differs from the expected sum; `null`: none, as far as known. Amounts never fall below 0 [field]. */
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
    // Drinks with unreported consumption were made: the amount has grown, but by less than was added.
    if (!isWhole && change > 0 && is > was && is < sum) continue;
    return { material, amountLeft: is, sum };
  }
  return null;
}
