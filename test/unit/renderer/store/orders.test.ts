import { describe, expect, it } from 'vitest';
import type { Order } from '#shared/model/machine';
import {
  fenOf,
  isOver,
  orderMatches,
  orderPages,
  stageOf,
  yuanText,
  type OrderStage,
} from '../../../../src/renderer/src/store/orders';
import { emptyPages } from '../../../../src/renderer/src/store/pages';
import { order } from '../../../builders/rows';

const answered = { value: true, at: 2, entry: 2 } as const;
const told = (paid: boolean): Order['payment'] => ({ value: { paid, payType: 'wx_pub' }, at: 3, entry: 3 });
const done = (made: boolean): Order['done'] => ({ value: made, at: 5, entry: 5 });

describe('the stage of an order', () => {
  const cases: readonly (readonly [OrderStage, boolean, Partial<Order>])[] = [
    ['requested', false, {}],
    ['offered', false, { answered }],
    ['paid', false, { answered, payment: told(true), state: 'paid' }],
    ['refused', false, { answered, payment: told(false), state: 'refused' }],
    ['made', true, { payment: told(true), done: done(true), doneTimes: 1, state: 'made' }],
    ['madeOther', true, { qrType: null, done: done(true), doneTimes: 1, state: 'made' }],
    // We reported it as unpaid, and the drink was still made: not because of our report.
    ['madeOther', true, { payment: told(false), done: done(true), doneTimes: 1, state: 'made' }],
    ['failed', true, { payment: told(true), done: done(false), doneTimes: 2, state: 'failed' }],
    ['unreported', true, { doneTimes: 1 }],
  ];
  it.each(cases)('%s', (stage, over, facts) => {
    expect(stageOf(order(1, facts))).toBe(stage);
    expect(isOver(order(1, facts))).toBe(over);
  });
});

describe('the order history', () => {
  it('is sorted by the entry that opened the order, newest first; changes keep the position', () => {
    const page = orderPages.addPage(emptyPages, [order(9), order(4)], 2);
    const log = orderPages.addNews(page, [order(4, { state: 'paid' }), order(12), order(2)]);
    const shown = orderPages.shown(log);
    expect(shown.map(({ entry }) => entry)).toEqual([12, 9, 4]);
    expect(shown[2]?.state).toBe('paid');
  });
});

describe('a search for orders', () => {
  const one = order(1, { orderNo: '594f803B', productName: 'Hot milk', payType: 'alipay' });
  const facts = { name: 'Lobby', stage: 'waiting for payment', amount: '10.00' };
  it.each(['', '594F', 'milk', '810', '33232', 'lobby milk', 'alipay', '10.00', 'waiting'])(
    '%j finds it',
    (query) => {
      expect(orderMatches(one, query, facts)).toBe(true);
    },
  );
  it.each(['595', 'milk hall', '10.01'])('%j does not', (query) => {
    expect(orderMatches(one, query, facts)).toBe(false);
  });
});

describe('typed yuan', () => {
  it.each([
    ['10', 1000],
    ['10.5', 1050],
    ['10.05', 1005],
    ['0', 0],
    ['0.01', 1],
    [' ¥8.00 ', 800],
    ['8,50', 850],
    ['100000', 10_000_000],
  ])('%j is %i fen', (typed, fen) => {
    expect(fenOf(typed)).toBe(fen);
  });
  it.each(['', '.', '1.234', '-1', 'ten', '1e3', '100000.01', '1 000', '10.'])('%j is invalid', (typed) => {
    expect(fenOf(typed)).toBeNull();
  });
  it('formatted yuan parse to the same amount', () => {
    for (const fen of [0, 1, 99, 100, 1005, 10_000_000]) expect(fenOf(yuanText(fen))).toBe(fen);
  });
});
