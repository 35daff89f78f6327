import { describe, expect, it } from 'vitest';
import {
  changeCounts,
  changeOf,
  suspicionOf,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/priceChanges';

const price = (productId: number, fen: number) => ({ productId, price: fen, type: 0 });
const known = new Map([
  [101, 800],
  [102, 950],
]);

describe('the changes of a price table', () => {
  it('old and new, equal, or without a known price', () => {
    const prices = [price(101, 900), price(102, 950), price(103, 700)];
    expect(prices.map((one) => changeOf(one, known))).toEqual([
      { kind: 'changed', from: 800, to: 900 },
      { kind: 'same', to: 950 },
      { kind: 'unknown', to: 700 },
    ]);
    expect(changeCounts(prices, known)).toEqual({ changed: 1, same: 1, unknown: 1 });
  });

  it.each([
    ['as known', [price(101, 800), price(102, 1_000)], null],
    ['a hundred times as high', [price(101, 80_000), price(102, 95_000), price(103, 5)], 'high'],
    ['a hundredth', [price(101, 8), price(102, 10)], 'low'],
    ['one unusual price among many', [price(101, 800), price(102, 950), price(103, 95_000)], null],
    ['no known price, and all very high', [price(301, 10_000), price(302, 12_000)], 'high'],
    ['no known price, and all very low', [price(301, 8), price(302, 99)], 'low'],
    ['no known price, and one usual price', [price(301, 8), price(302, 100)], null],
    ['all free', [price(301, 0)], null],
    ['none', [], null],
  ] as const)('a doubtful unit is detected: %s', (_what, prices, doubt) => {
    expect(suspicionOf(prices, known)).toBe(doubt);
  });
});
