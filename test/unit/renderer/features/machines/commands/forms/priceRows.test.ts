import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyRow,
  pasteRows,
  readRows,
  readYuan,
  rowsOf,
  withEmptyEnd,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/priceRows';

const row = (product: string, price: string, type = '0') => ({ product, price, type });

describe('prices as they are typed', () => {
  it.each([
    ['10.00', 1_000],
    ['10', 1_000],
    ['10.5', 1_050],
    [' ¥0.05 ', 5],
    ['￥9.50', 950],
    ['0', 0],
    ['', null],
    ['9,50', null],
    ['1.005', null],
    ['-1', null],
    ['1e3', null],
    ['ten', null],
  ])('%j is %j fen', (text, fen) => {
    expect(readYuan(text)).toBe(fen);
  });

  it('says of each row what is wrong, and of an empty one nothing', () => {
    const rows = [
      row('101', '10.00'),
      row('', ''),
      row('99', '10.00'),
      row('102', '100000.01'),
      row('102', '9', '4'),
      row('101', '11.00'),
      row('103', '', '1'),
      row('104', '8', ''),
    ];
    expect(readRows(rows, 'linux').map(({ problem }) => problem)).toEqual([
      null,
      null,
      'product',
      'price',
      'twice',
      'twice',
      'price',
      null,
    ]);
    // android numbers its products from 1.
    expect(readRows(rows, 'android')[2]?.price).toEqual({ productId: 99, price: 1000, type: 0 });
    expect(readRows(rows, 'linux')[7]?.price).toEqual({ productId: 104, price: 800, type: 0 });
  });

  it('what is read can be written and read again', () => {
    const price = fc.record({
      productId: fc.integer({ min: 100, max: 999_999 }),
      price: fc.integer({ min: 0, max: 10_000_000 }),
      type: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(price, { selector: ({ productId }) => productId }), (prices) => {
        expect(readRows(rowsOf(prices), 'linux').map((read) => read.price)).toEqual(prices);
      }),
    );
  });

  it('takes a piece of a spreadsheet from the cell on, and adds rows', () => {
    const rows = [row('101', '1'), emptyRow];
    expect(pasteRows(rows, 0, 'price', '10.00\t2\r\n11.00\r\n12.00\t1\textra\r\n')).toEqual([
      row('101', '10.00', '2'),
      row('', '11.00'),
      row('', '12.00', '1'),
    ]);
    expect(pasteRows(rows, 0, 'product', '555')).toBeNull();
  });

  it('always has an empty row at the end', () => {
    expect(withEmptyEnd([])).toEqual([emptyRow]);
    expect(withEmptyEnd([row('101', '')])).toEqual([row('101', ''), emptyRow]);
    expect(withEmptyEnd([emptyRow])).toEqual([emptyRow]);
  });
});
