/** The known products of a machine, and the source of each. */
import { describe, expect, it } from 'vitest';
import type { FetchedTable } from '#shared/model/fetched';
import { knownProducts, listedProducts, type ProductSources } from '#shared/model/knownProducts';
import type { Order } from '#shared/model/order';
import { withRepricing } from '#shared/model/repricing';
import { order } from '../../../builders/rows';

const machine = (
  orders: readonly Order[],
  over: Partial<NonNullable<ProductSources['machine']>> = {},
): NonNullable<ProductSources['machine']> => ({ orders, repricings: [], platform: 'linux', ...over });
const known = (over: Partial<ProductSources>) =>
  knownProducts({ machine: null, files: [], own: {}, language: 'en', ...over });
const table = (columns: readonly string[], ...rows: readonly (readonly string[])[]): FetchedTable => ({
  title: 'machine.product',
  columns,
  rows,
});
const file = (at: number, ...tables: readonly FetchedTable[]) => ({ at, tables });
/** product, name, price */
const brief = (over: Partial<ProductSources>) =>
  known(over).map(({ productId, name, price }) => [productId, name?.value ?? null, price?.value ?? null]);

describe('known products', () => {
  it('the newest of several sources counts, member by member, with its name', () => {
    const latte = order(1, { productId: 801, productName: 'Latte', amount: 900, at: 1_000 });
    const later = order(2, { productId: 801, productName: null, amount: 950, at: 3_000 });
    const all = known({
      machine: machine([latte, later]),
      files: [file(2_000, table(['productId', 'name'], ['801', 'Latte L'], ['15', 'Tea']))],
      own: { 801: { name: 'Our latte', price: 700, fastcode: '322', at: 1_500 }, 900: { at: 9 } },
    });
    expect(all).toEqual([
      {
        productId: 15,
        name: { value: 'Tea', from: 'file', at: 2_000 },
        price: null,
        fastcode: null,
        from: ['file'],
      },
      {
        productId: 801,
        name: { value: 'Latte L', from: 'file', at: 2_000 },
        price: { value: 950, from: 'order', at: 3_000 },
        fastcode: '322',
        from: ['order', 'file', 'workshop'],
      },
      { productId: 900, name: null, price: null, fastcode: null, from: ['workshop'] },
    ]);
  });

  it('an unknown machine has none', () => {
    expect(known({})).toEqual([]);
  });
});

describe('the list of sent prices', () => {
  const listed = (...tables: readonly FetchedTable[]) => [...listedProducts(machine([]), { at: 1, tables })];

  it('has the meaning of its plain columns', () => {
    expect(listed(table(['productId', 'price_fen', 'discount', 'onSale'], ['15', '900', '80', '1']))).toEqual(
      [[15, { price: 900, percent: 80, isOnMenu: true }]],
    );
    expect(listed(table(['productId', 'volume'], ['15', '200']))).toEqual([
      [15, { price: null, percent: null, isOnMenu: null }],
    ]);
    expect(listed(table(['product', 'discount'], ['15', '80']))).toEqual([]);
  });

  it('ignores contradictory columns', () => {
    const twice = table(
      ['productId', 'price_fen', 'discount', 'lock', 'onSale'],
      ['15', '900', '80', '1', '1'],
      ['17', '900', '80', '0', ''],
      ['17', '950', '90', '1', ''],
    );
    expect(listed(twice, table(['productId', 'steps'], ['17', '3']))).toEqual([
      [15, { price: 900, percent: 80, isOnMenu: null }],
      [17, { price: null, percent: null, isOnMenu: null }],
    ]);
  });
});

describe('an order', () => {
  const failed = { value: false, at: 1, entry: 1 };
  const made = { value: true, at: 1, entry: 1 };

  it.each([
    ['with a requested payment', { qrType: 'all', amount: 900 }, [[801, null, 900]]],
    [
      'made, and paid in cash',
      { qrType: null, payType: 'mdb_cash', done: made, amount: 900 },
      [[801, null, 900]],
    ],
    [
      'made by a command, free of charge',
      { qrType: null, payType: 'fastcode', done: made, amount: 0 },
      [[801, null, null]],
    ],
    ['that failed, because the machine may have no such product', { qrType: null, done: failed }, []],
    ['without a product', { productId: null }, []],
  ] as const)('%s', (_what, over, expected) => {
    expect(brief({ machine: machine([order(1, { productId: 801, ...over })]) })).toEqual(expected);
  });

  it('under a known discount has the product’s price without it', () => {
    const discount = withRepricing([], { at: 1, entry: 5, percent: 80 });
    const seen = discount.map((one) => Object.assign({}, one, { seen: 7 }));
    const paid = [order(7, { productId: 801, amount: 800 })];
    expect(brief({ machine: machine(paid, { repricings: seen }) })).toEqual([[801, null, 1_000]]);
    // Sent, but unproved.
    expect(brief({ machine: machine(paid, { repricings: discount }) })).toEqual([[801, null, null]]);
    // A price that was sent and then requested is certain.
    const listed = withRepricing(discount, { at: 2, entry: 6, prices: { 801: 800 } });
    expect(brief({ machine: machine(paid, { repricings: listed }) })).toEqual([[801, null, 800]]);
  });
});

describe('a product list from a file', () => {
  it.each([
    [['productId', 'names.en', 'names.zh'], ['801', 'Latte', '拿铁'], 'en', [801, 'Latte', null]],
    [['productId', 'names.en', 'names.zh'], ['801', 'Latte', '拿铁'], 'zh', [801, '拿铁', null]],
    [['product_id', 'productName'], ['801', 'Latte'], 'zh', [801, 'Latte', null]],
    [['ProductId', 'price_fen'], ['801', '950'], 'en', [801, null, 950]],
    [['pid', 'price'], ['801', '9.50'], 'en', [801, null, 950]],
    // Integers without a unit.
    [['pid', 'price'], ['801', '950'], 'en', [801, null, null]],
    [['pid', 'materialName', 'costprice'], ['801', 'milk', '3'], 'en', [801, null, null]],
  ] as const)('%j have their plain meaning', (columns, row, language, expected) => {
    expect(brief({ files: [file(1, table(columns, row))], language })).toEqual([expected]);
  });

  it('without a product number claims nothing', () => {
    expect(known({ files: [file(1, table(['id', 'name', 'price'], ['801', 'Latte', '9.50']))] })).toEqual([]);
    expect(known({ files: [file(1, table(['productId'], [''], ['x'], ['0']))] })).toEqual([]);
  });

  it.each([
    ['fen', 950, 700],
    ['yuan', 95_000, 70_000],
  ])('has the unit of the requested amounts for integers: %s', (_unit, asked, other) => {
    const prices = table(['productId', 'price'], ['801', '950'], ['802', '700']);
    const paid = machine([order(1, { productId: 801, amount: asked, at: 1 })]);
    expect(brief({ machine: paid, files: [file(2, prices)] })).toEqual([
      [801, null, asked],
      [802, null, other],
    ]);
    // Contradictory evidence gives none.
    const both = machine([
      order(1, { productId: 801, amount: 950, at: 1 }),
      order(2, { productId: 802, amount: 70_000, at: 1 }),
    ]);
    expect(brief({ machine: both, files: [file(2, prices)] })).toEqual([
      [801, null, 950],
      [802, null, 70_000],
    ]);
  });
});
