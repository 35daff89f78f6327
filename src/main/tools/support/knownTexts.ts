/** The private texts of a support file that are known before its entries are read. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isMadeUp } from '#shared/model/order';
import { readOrder } from '#shared/model/stored/order';
import { PrivateTexts } from '../../core/masking/privateTexts';

/** The newest orders searched for; the logs no longer contain older ones. */
const ordersLookedFor = 100_000;

/** Verification codes, and the recorded orders. `db`: `null` without a journal. */
export function knownTexts(
  db: DatabaseSyncInstance | null,
  { key, codes }: { readonly key: Uint8Array; readonly codes: readonly string[] },
): PrivateTexts {
  // Nothing is forgotten: any part of the file can quote any order.
  const texts = new PrivateTexts(key, codes, Infinity);
  if (db === null) return texts;
  const rows = db
    .prepare('SELECT order_no, body FROM orders ORDER BY id DESC LIMIT ?')
    .iterate(ordersLookedFor) as Iterable<{ readonly order_no: string; readonly body: string }>;
  for (const { order_no: number, body } of rows) {
    if (!isMadeUp(number)) texts.add(number.trim());
    for (const payment of Object.values(readOrder(body)?.qr ?? {})) texts.add(payment.trim());
  }
  return texts;
}

/** Applies `map` to every string of a JSON value, names included. */
export function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, map));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([name, one]) => [map(name), mapTexts(one, map)]));
}
