import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '#shared/commands/index';
import {
  filledWith,
  fits,
  readFilled,
  wholeNumber,
} from '../../../../../src/renderer/src/features/machines/commands/forms/filled';
import {
  emptyRow,
  pasteRows,
  readRows,
  readYuan,
  rowsOf,
  withEmptyEnd,
} from '../../../../../src/renderer/src/features/machines/commands/forms/priceRows';
import { soldProducts } from '../../../../../src/renderer/src/features/machines/commands/forms/sold';
import { order } from '../../rows';

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
    expect(readRows(rows).map(({ problem }) => problem)).toEqual([
      null,
      null,
      'product',
      'price',
      'twice',
      'twice',
      'price',
      null,
    ]);
    expect(readRows(rows)[7]?.price).toEqual({ productId: 104, price: 800, type: 0 });
  });

  it('what is read can be written and read again', () => {
    const price = fc.record({
      productId: fc.integer({ min: 100, max: 999_999 }),
      price: fc.integer({ min: 0, max: 10_000_000 }),
      type: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(price, { selector: ({ productId }) => productId }), (prices) => {
        expect(readRows(rowsOf(prices)).map((read) => read.price)).toEqual(prices);
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

describe('a form that is drawn from a row', () => {
  const fields = commands.makeDrink.fields ?? [];

  it('begins with what the row says, or with what was sent', () => {
    expect(filledWith(fields, {})).toEqual({ productId: '', strength: 3, milk: 3, sugar: 3 });
    const sent = { productId: 810, strength: 0, milk: 5, sugar: 1 };
    expect(filledWith(fields, sent)).toEqual({ ...sent, productId: '810' });
  });

  it('reads what was typed, and nothing that its schema refuses', () => {
    const filled = { productId: ' 810 ', strength: 0, milk: 5, sugar: 1 };
    expect(readFilled('makeDrink', fields, filled)).toEqual({
      productId: 810,
      strength: 0,
      milk: 5,
      sugar: 1,
    });
    expect(readFilled('makeDrink', fields, { ...filled, productId: '0' })).toBeNull();
    expect(readFilled('makeDrink', fields, { ...filled, milk: 6 })).toBeNull();
    expect(fields.map((field) => fits('makeDrink', field, { ...filled, milk: 6 }))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it.each([
    ['80', 80],
    [' 80 % ', 80],
    ['', null],
    ['8.5', null],
    ['-1', null],
    ['%', null],
    ['80 %%', null],
  ])('%j percent is %j', (text, number) => {
    expect(wholeNumber(text, '%')).toBe(number);
  });

  it('takes no unit where there is none', () => {
    expect(wholeNumber('80%', '')).toBeNull();
  });
});
