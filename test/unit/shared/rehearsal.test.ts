import { describe, expect, it } from 'vitest';
import { longQr } from '#shared/limits';
import { isRehearsing, placeholderNames, qrTextOf, strangers, testQr } from '#shared/rehearsal';

const facts = { vmcNo: 33_232, orderNo: 'o-1', type: 'alipay', amount: 1550, productId: 810 };

describe('a template for QR texts', () => {
  it('has a placeholder for each fact of the order', () => {
    expect(placeholderNames).toEqual(['order', 'amount', 'product', 'machine', 'type']);
    expect(qrTextOf(' {order} {amount} {product} {machine} {type} ', facts)).toBe(
      'o-1 15.50 810 33232 alipay',
    );
  });
  it('fills every place, and no text within an order number', () => {
    expect(qrTextOf('{order}{order}', { ...facts, orderNo: '{amount}$&' })).toBe('{amount}$&{amount}$&');
  });
  it('keeps unknown placeholders, and names them', () => {
    expect(qrTextOf('{orderNo} {constructor} {} {order}', facts)).toBe('{orderNo} {constructor} {} o-1');
    expect(strangers('{orderNo} {constructor} {} {order} {orderNo}')).toEqual(['orderNo', 'constructor']);
  });
  it('is empty where the machine sent nothing', () => {
    expect(qrTextOf('a{amount}b{product}c', { ...facts, amount: null, productId: null })).toBe('abc');
  });
  it('is never cut, because half an address is invalid', () => {
    expect(qrTextOf('x'.repeat(200), facts)).toHaveLength(200);
  });
  it('empty: the test text, which fits', () => {
    expect(qrTextOf('  ', facts)).toBe('CREMA TEST 33232 alipay 15.50 o-1');
    expect(testQr({ ...facts, orderNo: 'x'.repeat(300) })).toHaveLength(longQr);
  });
});

it('every mode except the usual one is an active rehearsal', () => {
  expect((['auto', 'hand', 'approve', 'decline', 'delay', 'silent'] as const).filter(isRehearsing)).toEqual([
    'hand',
    'approve',
    'decline',
    'delay',
    'silent',
  ]);
});
