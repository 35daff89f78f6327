/** A sentence never claims more than its message. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { error } from '#shared/messages/error';
import { sentenceOf } from '#shared/messages/sentences';

const vmc_no = 33_232;
const keyOf = (json: JsonObject, direction: 'in' | 'out', whole = true): string | undefined =>
  sentenceOf(json, direction, whole)?.key;

describe('a drink without a result', () => {
  const drink = { cmd: 'productdone', vmc_no, ProductId: 701, ProductName: 'Latte', ProductAmount: 1000 };
  it.each([undefined, 'perhaps'])('has neither failed nor been made: %s', (isok) => {
    expect(keyOf({ ...drink, ...(isok !== undefined && { isok }) }, 'in')).toBe('message.productdone.drink');
    expect(keyOf({ ...drink, failreason: 'cancel order' }, 'in')).toBe('message.productdone.drink');
  });
  it('differs from one with a result', () => {
    expect(keyOf({ ...drink, isok: true }, 'in')).toBe('message.productdone.madeFor');
    expect(keyOf({ ...drink, isok: 0 }, 'in')).toBe('message.productdone.failed');
  });
});

describe('an error without its set flag', () => {
  const { isSet: _, ...unsaid } = error.example;
  it('is set, as in the machine’s state, if all of it is known', () => {
    expect(keyOf(unsaid, 'in')).toBe('message.error.set');
  });
  it('may be over if only its beginning could be read', () => {
    expect(keyOf(unsaid, 'in', false)).toBe('message.error.about');
    expect(keyOf({ ...unsaid, isSet: false }, 'in', false)).toBe('message.error.cleared');
    expect(keyOf({ ...unsaid, isSet: true }, 'in', false)).toBe('message.error.set');
  });
});

it.each([
  ['pay_done', 'product_amount'],
  ['checkorder_r', 'Amount'],
])('%s without a result claims neither paid nor unpaid', (cmd, amount) => {
  const told = { cmd, vmc_no, order_no: '1', [amount]: 1000 };
  expect(keyOf(told, 'out')).toBe(`message.${cmd}.payment`);
  expect(keyOf({ ...told, paydone: false }, 'out')).toBe(`message.${cmd}.notPaid`);
  expect(keyOf({ ...told, paydone: true }, 'out')).toBe(`message.${cmd}.paid`);
});
