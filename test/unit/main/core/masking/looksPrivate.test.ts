import { expect, it } from 'vitest';
import { messages } from '#shared/messages/index';
import { privatePieces, withoutPrivate } from '../../../../../src/main/core/masking/looksPrivate';

const found = (text: string): string[] => privatePieces(text).map(({ from, to }) => text.slice(from, to));

it.each([
  ['card 6222021234567890 declined', ['6222021234567890']],
  ['4111 1111 1111 1111, call +86 138-0013-8001', ['4111 1111 1111 1111', '+86 138-0013-8001']],
  ['no 594f803b380a41396ed63dca39503542 here', ['594f803b380a41396ed63dca39503542']],
  ['ORD20261126001 was not taken', ['ORD20261126001']],
  ['scan weixin://wxpay/bizpayurl?pr=Zq81kLm', ['weixin://wxpay/bizpayurl?pr=Zq81kLm']],
  ['mail to li.hua+1@qq.com.cn, 张三@公司.cn', ['li.hua+1@qq.com.cn', '张三@公司.cn']],
  ['订单17325792000000001失败', ['17325792000000001']],
])('%s', (text, pieces) => {
  expect(found(text)).toEqual(pieces);
});

it.each([
  'No machine connected',
  'EC_2',
  'WARNING:10009',
  '1.2.8.8',
  '20261126',
  '20261126101010',
  '2024-09-19 13:53:01',
  'since 20261126101010',
  '-4200.50',
  '100000',
  'pump@3, 2@4',
  'can not find this product.',
])('%s is not private', (text) => {
  expect(found(text)).toEqual([]);
});

it('in the examples of all messages only order and record numbers, payments, addresses and signs match', () => {
  const names = messages.flatMap(({ example }) =>
    Object.entries(example).flatMap(([name, value]) =>
      (typeof value === 'string' || typeof value === 'number') && found(String(value)).length > 0
        ? [name]
        : [],
    ),
  );
  expect([...new Set(names)].toSorted()).toEqual(['c_uid', 'dir', 'order_no', 'sign']);
});

it('notes of users are kept without private pieces', () => {
  expect(withoutPrivate('customer 138 0013 8000, order 4200001234202611261234567890, cup 3')).toBe(
    'customer [withheld], order [withheld], cup 3',
  );
  expect(withoutPrivate('pump changed 20261126')).toBe('pump changed 20261126');
});
