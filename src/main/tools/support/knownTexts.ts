/** Private texts known in advance: verification codes, and the recorded orders. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isMadeUp } from '#shared/model/order';
import { readOrder } from '#shared/model/stored/order';
import { PrivateTexts } from './privateTexts';

/** The newest orders searched for; the logs no longer contain older ones. */
const ordersLookedFor = 100_000;

/** `db`: `null` without a journal. */
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
