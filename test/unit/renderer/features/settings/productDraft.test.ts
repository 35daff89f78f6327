import { describe, expect, it } from 'vitest';
import {
  draftOf,
  productOf,
  wrongIn,
  type ProductDraft,
} from '../../../../../src/renderer/src/features/settings/productDraft';

const draft = (over: Partial<ProductDraft>): ProductDraft => ({
  number: '801',
  name: '',
  price: '',
  fastcode: '',
  ...over,
});

describe('a typed product', () => {
  it('has exactly the typed members', () => {
    expect(productOf(draft({}))).toEqual({ number: 801, product: {} });
    const whole = draft({ name: ' Latte ', price: '¥9.5', fastcode: ' 322 ' });
    expect(productOf(whole)).toEqual({
      number: 801,
      product: { name: 'Latte', price: 950, fastcode: '322' },
    });
    expect(draftOf(801, { name: 'Latte', price: 950, fastcode: '322', at: 7 })).toEqual({
      number: '801',
      name: 'Latte',
      price: '9.50',
      fastcode: '322',
    });
  });

  it.each([
    ['number', ''],
    ['number', '0'],
    ['number', '1000000'],
    ['number', 'latte'],
    ['name', 'x'.repeat(61)],
    ['price', 'ten'],
    ['price', '100000.01'],
    ['fastcode', '326'],
    ['fastcode', '32'],
  ] as const)('only %s %j is wrong', (member, text) => {
    const typed = draft({ [member]: text });
    expect([...wrongIn(typed)]).toEqual([member]);
    expect(productOf(typed)).toBeNull();
  });
});
