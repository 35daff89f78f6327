/** Order totals. */
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderRecord } from '#shared/model/history';
import { countOf, joinedSums, sumKinds, type OrderBucket, type OrderSum } from '#shared/model/orderSums';
import {
  orderSums,
  type OrderSumsRequest,
  type PartialSums,
} from '../../../../../src/main/journal/queries/orderSums';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { batchOf, openStore } from '../../../../builders/journal';
import { order } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
const file = (): string => directory('journal.sqlite');

beforeEach(() => {
  store = openStore(file(), { block: 16, segment: 16 });
});
afterEach(() => {
  store.close();
});

const keep = (orders: readonly OrderRecord[]): void => store.append(batchOf({ orders }));

const request: OrderSumsRequest = {
  vmcNo: null,
  from: null,
  to: null,
  before: null,
  rehearses: true,
  currencies: {},
  currency: '¥',
};
const sumsOf = (over: Partial<OrderSumsRequest> = {}): PartialSums =>
  store.orderSums({ ...request, ...over });
const cellsOf = (sums: readonly OrderSum[]): Record<string, Partial<Record<OrderBucket, string>>> =>
  Object.fromEntries(
    sums.map(({ key, currency, cells }) => [
      currency === '¥' ? key : `${key} ${currency}`,
      Object.fromEntries(
        Object.entries(cells).flatMap(([bucket, { count, amount }]) =>
          count === 0 ? [] : [[bucket, `${count} of ${amount}`]],
        ),
      ),
    ]),
  );

const noon = new Date(2026, 2, 10, 12).getTime();
const day = 86_400_000;
const dayOf = (at: number): string => {
  const date = new Date(at);
  return String(new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime());
};
const made = { done: { value: true, at: 1, entry: 1 }, doneTimes: 1, state: 'made' } as const;
const failed = { done: { value: false, at: 1, entry: 1 }, doneTimes: 1, state: 'failed' } as const;
const payment = (paid: boolean) =>
  ({ payment: { value: { paid, payType: 'wx_pub' }, at: 1, entry: 1 } }) as const;

describe('order totals', () => {
  it('are by day, product and payment type, with money, rehearsal and unpaid orders apart', () => {
    keep([
      order(1, { at: noon, ...made, payType: 'cash', amount: 1000, productName: 'Latte' }),
      order(2, { at: noon + 1, ...made, payType: 'cash', amount: 500, productId: 7 }),
      order(3, { at: noon + 2, ...failed, payType: 'cash', amount: 700 }),
      order(4, { at: noon + 3, amount: 900 }),
      order(5, { at: noon + 4, doneTimes: 1, amount: 300 }),
      order(6, { at: noon + 5, ...made, payType: ' FREE ', amount: 1200 }),
      order(7, { at: noon + day, ...made, ...payment(true), payType: 'wx_pub', amount: 1550 }),
      order(8, { at: noon + day + 1, ...failed, ...payment(true), payType: 'wx_pub', amount: 1550 }),
      order(9, { at: noon + day + 2, ...payment(false), payType: 'wx_pub', amount: 1550 }),
    ]);
    const { days, products, payTypes, unread, next } = sumsOf();
    expect([unread, next]).toEqual([0, null]);
    expect(cellsOf(days)).toEqual({
      [dayOf(noon + day)]: { rehearsedMade: '1 of 1550', rehearsedOther: '2 of 3100' },
      [dayOf(noon)]: {
        made: '2 of 1500',
        failed: '1 of 700',
        unpaid: '1 of 900',
        open: '1 of 300',
        free: '1 of 1200',
      },
    });
    expect(cellsOf(products)['7']).toEqual({ made: '1 of 500' });
    expect(products.find(({ key }) => key === '810')?.name).toBe('Latte');
    expect(cellsOf(payTypes)).toMatchObject({
      cash: { made: '2 of 1500', failed: '1 of 700' },
      FREE: { free: '1 of 1200' },
      wx_pub: { rehearsedMade: '1 of 1550', rehearsedOther: '2 of 3100' },
      '': { unpaid: '1 of 900', open: '1 of 300' },
    });
    for (const kind of sumKinds)
      expect(sumsOf()[kind].reduce((sum, one) => sum + countOf(one).count, 0)).toBe(9);
  });

  it('count no money of virtual machines, even if the order is reported again', () => {
    keep([
      order(1, { at: noon, ...made, payType: 'cash', amount: 1000, isVirtual: true }),
      order(2, { at: noon + 1, ...failed, payType: 'cash', amount: 500, isVirtual: true }),
      order(3, { at: noon + 2, ...made, payType: 'cash', amount: 100 }),
    ]);
    keep([order(1, { at: noon, ...made, payType: 'cash', amount: 1000, lastDone: 9, doneTimes: 2 })]);
    for (const rehearses of [true, false])
      expect(cellsOf(sumsOf({ rehearses }).payTypes)).toEqual({
        cash: { made: '1 of 100', rehearsedMade: '1 of 1000', rehearsedOther: '1 of 500' },
      });
  });

  it('of a capture trust the payments reported to the machine, because their source is unknown', () => {
    keep([order(1, { ...made, ...payment(true) }), order(2, payment(true)), order(3, payment(false))]);
    expect(cellsOf(sumsOf({ rehearses: false }).products)).toEqual({
      '810': { made: '1 of 1000', open: '1 of 1000', unpaid: '1 of 1000' },
    });
  });

  it('can be of one machine or a time span, and never add different currencies', () => {
    keep([
      order(1, { at: noon, ...made }),
      order(2, { at: noon + 1, ...made, vmcNo: 7 }),
      order(3, { at: noon + day, ...made, vmcNo: 7 }),
    ]);
    expect(cellsOf(sumsOf({ vmcNo: 7 }).products)).toEqual({ '810': { made: '2 of 2000' } });
    expect(cellsOf(sumsOf({ from: noon + 1, to: noon + day }).products)).toEqual({
      '810': { made: '1 of 1000' },
    });
    expect(cellsOf(sumsOf({ currencies: { 7: '€' } }).products)).toEqual({
      '810': { made: '1 of 1000' },
      '810 €': { made: '2 of 2000' },
    });
  });

  it('come in parts that add up to the whole', () => {
    keep(
      Array.from({ length: 1_000 }, (_, n) => order(n + 1, { at: noon + n * 600_000, ...made, amount: n })),
    );
    const db = new DatabaseSync(file(), { readOnly: true });
    // A clock whose budget is over at each check.
    let now = 0;
    const clock = (): number => (now += 1_000);
    let parts = 0;
    const sums: OrderSum[] = [];
    let before: OrderSumsRequest['before'] = null;
    do {
      const part: PartialSums = orderSums(db, { ...request, before }, clock);
      sums.push(...part.days);
      before = part.next;
      parts += 1;
    } while (before !== null);
    const atOnce = orderSums(db, request, () => 0);
    db.close();
    expect(parts).toBe(4);
    expect(atOnce.next).toBeNull();
    expect(cellsOf(joinedSums(sums))).toEqual(cellsOf(atOnce.days));
    expect(sums.reduce((sum, one) => sum + countOf(one, 'made').amount, 0)).toBe((999 * 1_000) / 2);
  });

  it('leave out unreadable rows and report their number', () => {
    keep([order(1, made), order(2, made)]);
    const db = new DatabaseSync(file());
    db.exec(`UPDATE orders SET body = '{"entry"' WHERE id = 1`);
    db.close();
    expect(sumsOf()).toMatchObject({ unread: 1, products: [{ key: '810', cells: { made: { count: 1 } } }] });
  });
});

it('a list of a time span has exactly its orders', () => {
  keep([order(1, { at: 10 }), order(2, { at: 20 }), order(3, { at: 30 })]);
  const listed = store.history.orders({ vmcNo: null, before: null, limit: 10, during: { from: 20, to: 30 } });
  expect(listed.map(({ entry }) => entry)).toEqual([2]);
});
