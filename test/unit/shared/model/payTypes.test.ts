import { expect, test } from 'vitest';
import { isGivenAway, isUnpaidWay, mayBeSameWay } from '#shared/model/payTypes';

test.each([
  ['wx_pub', 'WX_PUB ', true],
  ['wx_pub', 'wechat', true],
  ['alipay', 'ALI-PAY', true],
  ['alipay', 'wx_pub', false],
  ['wx_pub', 'mdb_cash', false],
  ['mdb_cash', 'mdb_cashless', false],
  ['mdb_cashless', 'MDB cashless', true],
  ['wx_pub', null, true],
  ['wx_pub', ' ', true],
  ['alipay', 'qr_pay', true],
  ['all', 'alipay', true],
])('%s and %s: %s', (one, other, may) => {
  expect([mayBeSameWay(one, other), mayBeSameWay(other, one)]).toEqual([may, may]);
});

test.each(['fastcode', 'FastCode', 'free', ' Free ', 'TEST'])('nobody pays for %j', (way) => {
  expect(isUnpaidWay(way)).toBe(true);
  expect(isGivenAway(way)).toBe(!/fast/i.test(way));
});

test.each(['wx_pub', 'free_card', '', null])('somebody may pay for %j', (way) => {
  expect(isUnpaidWay(way)).toBe(false);
});
