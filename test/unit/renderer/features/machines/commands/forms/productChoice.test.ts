import { describe, expect, it } from 'vitest';
import {
  typedProducts,
  withProduct,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/productChoice';
import { productsFor } from '../../../../../../../src/renderer/src/features/machines/commands/forms/products';
import type { KnownProduct } from '#shared/model/knownProducts';

const product = (productId: number, name: string | null): KnownProduct => ({
  productId,
  name: name === null ? null : { value: name, from: 'order', at: 1 },
  price: null,
  fastcode: null,
  from: ['order'],
});
const known = [
  product(80, null),
  product(801, '拿铁'),
  product(802, 'Latte macchiato'),
  product(810, 'Mocha'),
];
const numbers = (typed: string): readonly number[] =>
  productsFor(known, typed).map(({ productId }) => productId);

describe('the list of products', () => {
  it('is narrowed by the beginning of a number, by a name, and by pinyin', () => {
    expect(numbers('')).toEqual([80, 801, 802, 810]);
    expect(numbers('80')).toEqual([80, 801, 802]);
    expect(numbers('latte')).toEqual([802]);
    expect(numbers('natie')).toEqual([801]);
    expect(numbers('tea')).toEqual([]);
  });
});

describe('one product', () => {
  it('is a number; other text is searched for', () => {
    expect(typedProducts(' 999 ', false, known)).toEqual({ chosen: [999], looked: '999' });
    expect(typedProducts('801', false, known)).toEqual({ chosen: [801], looked: '' });
    expect(typedProducts('latte ma', false, known)).toEqual({ chosen: [], looked: 'latte ma' });
    expect(withProduct('lat', false, 802, 'lat')).toBe('802');
  });
});

describe('several products', () => {
  it('the last word is the one being typed', () => {
    expect(typedProducts('801, lat', true, known)).toEqual({ chosen: [801], looked: 'lat' });
    expect(typedProducts('801，810', true, known)).toEqual({ chosen: [801, 810], looked: '' });
    expect(typedProducts('801, ', true, known)).toEqual({ chosen: [801], looked: '' });
  });

  it('a chosen one replaces the search text, and can be removed', () => {
    expect(withProduct('801, lat', true, 802, 'lat')).toBe('801, 802');
    expect(withProduct('801 802', true, 810, '')).toBe('801, 802, 810');
    expect(withProduct('801, 802', true, 801, '')).toBe('802');
  });
});
