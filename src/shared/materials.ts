/**
 * What `machinestatus` supply reports and `WARNING:<id>` codes count. All of it is [field]: the vendor's document names no
 * material and no unit.
 */
import type { Words } from './words';

/** Those of which it is known what they are. */
export const materialIds = { water: '10007', beans: '10009', sugar: '10016' } as const;

/** Every material id seen on real machines; `null`: seen, but nobody has said what it is. */
export const materials: ReadonlyMap<string, Words | null> = new Map<string, Words | null>([
  [materialIds.water, { en: 'water', zh: '水' }],
  [materialIds.beans, { en: 'coffee beans', zh: '咖啡豆' }],
  [materialIds.sugar, { en: 'sugar', zh: '糖' }],
  ['10006', null],
  // Any powder but sugar [field3].
  ['10008', { en: 'powder', zh: '粉料' }],
  ['10284', null],
  ['9991', null],
  ['19991', null],
]);

/** The name of a material id as it stands in a supply report; `null` when nobody knows. */
export function materialName(id: string): Words | null {
  return materials.get(id.trim()) ?? null;
}

/** Amounts that are no measurement. What the machine means by them is unknown, so they are never shown as a quantity. */
const sentinels: ReadonlySet<number> = new Set([9999, 100_000]);

/**
 * A supply amount, read. Machines count down from what was typed in at the last refill, so negatives are real: more was used
 * than was said to be there. The unit is not on the wire.
 */
export type SupplyAmount =
  | { readonly kind: 'amount'; readonly value: number }
  | { readonly kind: 'sentinel'; readonly value: number }
  | { readonly kind: 'unreadable' };

/** Reads an amount as it came (a text, possibly with spaces). Never throws. */
export function readAmount(text: string): SupplyAmount {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return { kind: 'unreadable' };
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return { kind: 'unreadable' };
  return { kind: sentinels.has(value) ? 'sentinel' : 'amount', value };
}
