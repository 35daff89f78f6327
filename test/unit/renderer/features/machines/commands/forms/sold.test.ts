import { describe, expect, it } from 'vitest';
import { soldProducts } from '../../../../../../../src/renderer/src/features/machines/commands/forms/sold';
import { order } from '../../../../../../builders/rows';

describe('what was sold lately', () => {
  it('each product once, the latest first, with what is known of it', () => {
    const orders = [
      order(1, { productId: 801, productName: 'Espresso', amount: 900 }),
      order(2, { productId: 810, productName: null, amount: null }),
      order(3, { productId: 801, productName: null, amount: 950 }),
      order(4, { productId: null }),
    ];
    expect(soldProducts(orders)).toEqual([
      { productId: 801, name: 'Espresso', amount: 950 },
      { productId: 810, name: null, amount: null },
    ]);
  });
});
