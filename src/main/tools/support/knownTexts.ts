/** What is known to be private before anything is looked at: verification codes, and the orders on record. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isMadeUp } from '#shared/model/order';
import { readOrder } from '#shared/model/stored';
import { PrivateTexts } from './privateTexts';

/** The newest orders: older ones are in no log any more. */
const ordersLookedFor = 100_000;

/** `db`: `null` where there is no journal. */
export function knownTexts(db: DatabaseSyncInstance | null, codes: readonly string[]): PrivateTexts {
  const texts = new PrivateTexts();
  for (const code of codes) texts.add(code, 'code');
  if (db === null) return texts;
  const rows = db
    .prepare('SELECT order_no, body FROM orders ORDER BY id DESC LIMIT ?')
    .iterate(ordersLookedFor) as Iterable<{ readonly order_no: string; readonly body: string }>;
  for (const { order_no: number, body } of rows) {
    if (!isMadeUp(number)) texts.add(number.trim(), 'order');
    for (const payment of Object.values(readOrder(body)?.qr ?? {})) texts.add(payment.trim(), 'payment');
  }
  return texts;
}
