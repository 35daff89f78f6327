/**
 * Materials in the `supply` of `machinestatus` and in `WARNING:<id>` codes. Everything is [field]: the vendor's document names neither
 * materials nor units.
 */
import type { Words } from './words';

/** Materials that the code refers to. */
export const materialIds = { water: '10007', beans: '10009', sugar: '10016' } as const;

/** Every material id seen on real machines; `null`: seen, but unknown. */
export const materials: ReadonlyMap<string, Words | null> = new Map<string, Words | null>([
  [materialIds.water, { en: 'water', zh: '水' }],
  [materialIds.beans, { en: 'coffee beans', zh: '咖啡豆' }],
  [materialIds.sugar, { en: 'sugar', zh: '糖' }],
  ['10006', null],
  // Any powder except sugar [field3].
  ['10008', { en: 'powder', zh: '粉料' }],
  ['10284', null],
  ['9991', null],
  ['19991', null],
]);

/** The name of a material id in a supply report; `null`: unknown. */
export function materialName(id: string): Words | null {
  return materials.get(id.trim()) ?? null;
}

/** Amounts that are not measurements. Their meaning is unknown, so they are never shown as quantities. */
const sentinels: ReadonlySet<number> = new Set([9999, 100_000]);

/**
 * A parsed supply amount. Machines count down from the amount entered at the last refill. Negative amounts are therefore real: more was used
 * than entered. The wire form has no unit.
 */
export type SupplyAmount =
  | { readonly kind: 'amount'; readonly value: number }
  | { readonly kind: 'sentinel'; readonly value: number }
  | { readonly kind: 'unreadable' };

/** Parses an amount as received (a text, possibly with spaces). Never throws. */
export function readAmount(text: string): SupplyAmount {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return { kind: 'unreadable' };
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return { kind: 'unreadable' };
  return { kind: sentinels.has(value) ? 'sentinel' : 'amount', value };
}
