import { describe, expect, it } from 'vitest';
import { shortNumber } from '#shared/messages/longest';
import { newMachine } from '../../../../../src/main/core/state/machine';
import { KnownOrders } from '../../../../../src/main/core/state/knownOrders';

const peer = { remoteAddress: '192.0.2.1', remotePort: 1, localAddress: '192.0.2.2', localPort: 2 };
const order = (entry: number, orderNo = `order ${entry}`) => ({
  orderNo,
  entry,
  at: entry,
  doneTimes: 0,
  lastDone: 0,
});

/** The remembered first entry of the order; `null`: it is not remembered. */
function opened(orders: KnownOrders, vmcNo: number, orderNo: string): number | null {
  const machine = newMachine(vmcNo, { conn: 1, peer, since: 0 });
  const body = { cmd: 'paydone_r', vmcNo, orderNo } as never;
  return orders.recall(machine, body, Infinity).orders[0]?.entry ?? null;
}

describe('known orders', () => {
  it('belong to one machine: another may use the same number', () => {
    const orders = new KnownOrders();
    orders.remember(1, order(10, 'A'));
    orders.remember(2, order(20, 'A'));
    expect([1, 2, 3].map((vmcNo) => opened(orders, vmcNo, 'A'))).toEqual([10, 20, null]);
  });

  it('are kept by a short number, also old ones of the journal', () => {
    const orders = new KnownOrders();
    const long = 'x'.repeat(20_000);
    orders.remember(1, order(10, long));
    expect(opened(orders, 1, shortNumber(long))).toBe(10);
    expect(opened(orders, 1, shortNumber(`${long}1`))).toBeNull();
  });

  it('are dropped up to an entry, for all machines', () => {
    const orders = new KnownOrders();
    for (let entry = 1; entry <= 9; entry += 1) orders.remember(entry % 3, order(entry));
    orders.forgetThrough(5);
    const left = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(
      (entry) => opened(orders, entry % 3, `order ${entry}`) !== null,
    );
    expect(left).toEqual([6, 7, 8, 9]);
  });

  it.each([200, 20_000])('are limited to %d: the oldest are dropped, several at a time', (kept) => {
    const orders = new KnownOrders(kept);
    const last = 2 * kept;
    // Some machines have many orders, others one.
    const vmcNoOf = (entry: number): number => (entry % 7 === 0 ? entry : entry % 7);
    for (let entry = 1; entry <= last; entry += 1) orders.remember(vmcNoOf(entry), order(entry));
    const isKnown = (entry: number): boolean => opened(orders, vmcNoOf(entry), `order ${entry}`) !== null;
    const known = Array.from({ length: last }, (_, i) => i + 1).filter(isKnown);
    expect(known.length).toBeLessThanOrEqual(kept);
    expect(known.length).toBeGreaterThan(0.97 * kept);
    // The newest ones, without a gap.
    expect(known[0]).toBe(last - known.length + 1);
  });

  it('that began long ago and are reported again are forgotten again, before newer ones', () => {
    const orders = new KnownOrders(200);
    for (let entry = 1; entry <= 400; entry += 1) orders.remember(1, order(entry));
    for (let entry = 1; entry <= 100; entry += 1) orders.remember(1, order(entry));
    const known = Array.from({ length: 400 }, (_, i) => i + 1).filter(
      (entry) => opened(orders, 1, `order ${entry}`) !== null,
    );
    expect(known.length).toBeLessThanOrEqual(200);
    expect(known.filter((entry) => entry > 202)).toHaveLength(198);
  });

  it('counts an order that is remembered again once', () => {
    const orders = new KnownOrders(100);
    for (let again = 0; again < 500; again += 1) orders.remember(1, { ...order(1), doneTimes: again });
    orders.remember(1, order(2));
    expect([1, 2].map((entry) => opened(orders, 1, `order ${entry}`))).toEqual([1, 2]);
  });

  it('are the current ones, also after the same query a moment ago', () => {
    const orders = new KnownOrders();
    const machine = newMachine(1, { conn: 1, peer, since: 0 });
    const body = { cmd: 'paydone_r', vmcNo: 1, orderNo: 'A' } as never;
    const entries = (before = Infinity): readonly number[] =>
      orders.recall(machine, body, before).orders.map(({ entry }) => entry);
    expect(entries()).toEqual([]);
    orders.remember(1, order(10, 'A'));
    expect([entries(), entries(), entries(11), entries(10), entries()]).toEqual([[10], [10], [10], [], [10]]);
    orders.forgetThrough(10);
    expect(entries()).toEqual([]);
  });
});
