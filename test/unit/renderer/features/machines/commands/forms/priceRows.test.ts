import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bringsPrices,
  emptyRow,
  pasteRows,
  priceColumns,
  pricesFromCells,
  pricesPerMachine,
  readFen,
  readRows,
  readYuan,
  rowsOf,
  unpricedOf,
  withRows,
  withEmptyEnd,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/priceRows';
import { manyMachines } from '../../../../../../../src/renderer/src/features/machines/commands/forms/types';

const file = { separator: ',', vmcNo: 7 };
const row = (product: string, price: string, type = '0') => ({ product, price, type });

describe('typed prices', () => {
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

  it('reports the error of each row, and none of an empty one or of a product without a price yet', () => {
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
    expect(readRows(rows, 'linux', 'yuan').map(({ problem }) => problem)).toEqual([
      null,
      null,
      'product',
      'price',
      'twice',
      'twice',
      null,
      null,
    ]);
    expect(unpricedOf(rows, readRows(rows, 'linux', 'yuan'))).toBe(1);
    // android products are numbered from 1.
    expect(readRows(rows, 'android', 'yuan')[2]?.price).toEqual({ productId: 99, price: 1000, type: 0 });
    expect(readRows(rows, 'linux', 'yuan')[7]?.price).toEqual({ productId: 104, price: 800, type: 0 });
  });

  it.each([
    ['950', 950],
    [' 0 ', 0],
    ['3.50', null],
    ['¥950', null],
    ['-1', null],
    ['', null],
  ])('%j fen is %j', (text, fen) => {
    expect(readFen(text)).toBe(fen);
  });

  it('are read in the chosen unit, and in none before the choice', () => {
    const rows = [row('101', '950'), row('102', '3.50'), row('x', '1')];
    const problems = (unit: 'yuan' | 'fen' | null) =>
      readRows(rows, 'linux', unit).map(({ problem, price }) => problem ?? price?.price ?? null);
    expect(problems('yuan')).toEqual([95_000, 350, 'product']);
    expect(problems('fen')).toEqual([950, 'fen', 'product']);
    expect(problems(null)).toEqual([null, null, 'product']);
  });

  it('on android the type is not read', () => {
    expect(priceColumns('android')).toEqual(['product', 'price']);
    expect(priceColumns('linux')).toEqual(priceColumns(null));
    const [read] = readRows([row('15', '9', 'x')], 'android', 'yuan');
    expect(read).toEqual({ price: { productId: 15, price: 900, type: 0 }, problem: null });
    expect(readRows([row('115', '9', 'x')], 'linux', 'yuan')[0]?.problem).toBe('type');
  });

  it('prices can be written and read again', () => {
    const price = fc.record({
      productId: fc.integer({ min: 100, max: 999_999 }),
      price: fc.integer({ min: 0, max: 10_000_000 }),
      type: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(price, { selector: ({ productId }) => productId }), (prices) => {
        expect(readRows(rowsOf(prices), 'linux', 'yuan').map((read) => read.price)).toEqual(prices);
      }),
    );
  });

  it('takes spreadsheet cells from the selected cell on, and adds rows', () => {
    const rows = [row('101', '1'), emptyRow];
    expect(pasteRows(rows, 0, 'price', '10.00\t2\r\n11.00\r\n12.00\t1\textra\r\n', 7)).toEqual([
      row('101', '10.00', '2'),
      row('', '11.00'),
      row('', '12.00', '1'),
    ]);
    expect(pasteRows(rows, 0, 'product', '555', 7)).toBeNull();
  });

  it('replaces a table that nobody has changed with cells of several columns; one column fills in the prices', () => {
    const offered = [row('701', ''), row('702', ''), emptyRow];
    expect(pasteRows(offered, 0, 'price', '703\t9.00', 7, false)).toEqual([row('703', '9.00')]);
    expect(pasteRows(offered, 0, 'price', 'Product\tPrice\n703\t9.00', 7, false)).toEqual([
      row('703', '9.00'),
    ]);
    expect(pasteRows(offered, 0, 'price', '9.00\n8.00', 7, false)).toEqual([
      row('701', '9.00'),
      row('702', '8.00'),
      emptyRow,
    ]);
    // Of a table that someone has begun, nothing is lost.
    expect(pasteRows([row('701', '5'), emptyRow], 1, 'product', '703\t9.00', 7)).toEqual([
      row('701', '5'),
      row('703', '9.00'),
    ]);
  });

  it('takes lines that begin with products as their prices, in whichever cell they are pasted', () => {
    const begun = [row('701', '5'), row('702', ''), emptyRow];
    const known = new Set([701, 702, 703]);
    const paste = (text: string, column: 'product' | 'price' | 'type' = 'price'): unknown =>
      pasteRows(begun, 1, column, text, 7, true, known);
    const priced = [row('701', '5'), row('702', '9.50'), row('703', '8')];
    expect(paste('702\t9.50\n703\t8')).toEqual(priced);
    expect(paste('702\t9.50\n703\t8', 'type')).toEqual(priced);
    expect(paste('702;9,50\n703;8')).toEqual(priced);
    expect(paste('701\t6\t2')).toEqual([row('701', '6', '2'), row('702', '')]);
    // Unknown products: 950 is not the type of a price of 704.
    expect(paste('704\t950\n705\t9.50')).toEqual([
      ...begun.slice(0, 2),
      row('704', '950'),
      row('705', '9.50'),
    ]);
    // In the product's own cell the person has chosen the place.
    expect(paste('703\t8', 'product')).toEqual([row('701', '5'), row('703', '8'), emptyRow]);
    // Prices with types begin with no product.
    expect(paste('9.50\t2\n702\t1')).toEqual([row('701', '5'), row('702', '9.50', '2'), row('', '702', '1')]);
    expect(paste('702\n703')).toEqual([row('701', '5'), row('702', '702'), row('', '703')]);
  });

  it('refuses more than can be rendered', () => {
    const of = (lines: number): string => '101\t10.00\n'.repeat(lines);
    expect(pasteRows([emptyRow], 0, 'product', of(5_000), 7)).toHaveLength(5_000);
    expect(pasteRows([emptyRow], 0, 'product', of(5_001), 7)).toBe('tooMuch');
    expect(pasteRows([emptyRow], 0, 'product', `${'\n'.repeat(400_000)}x`, 7)).toBe('tooMuch');
    expect(pasteRows([emptyRow], 0, 'product', 'x'.repeat(50_000_000), 7)).toBe('tooMuch');
    expect(pasteRows([emptyRow], 0, 'product', `101\t1${'\r\n'.repeat(100_000)}`, 7)).toEqual([
      row('101', '1'),
    ]);
  });

  it('uses headings if there are any, otherwise the order of the columns', () => {
    const headed = [
      ['名称', '价格（元）', '编号'],
      ['拿铁', ' 9.50 ', '101'],
      ['', '8', '102'],
    ];
    expect(pricesFromCells(headed, file).rows).toEqual([row('101', '9.50'), row('102', '8')]);
    expect(pricesFromCells([['101', '9.50', '2'], ['102']], file).rows).toEqual([
      row('101', '9.50', '2'),
      row('102', ''),
    ]);
    const pasted = 'Product id\tName\tPrice\r\n101\tLatte\t9.50\r\n';
    expect(pasteRows([emptyRow], 0, 'product', pasted, 7)).toEqual([row('101', '9.50')]);
    // A name instead of a price is an invalid row, not a guess.
    const [read] = readRows(pricesFromCells([['101', 'Latte', '9.50']], file).rows, 'linux', 'yuan');
    expect(read?.problem).toBe('type');
  });

  it('names the columns that it does not use', () => {
    const read = pricesFromCells(
      [
        ['id', 'Name', 'price', '', 'Cost'],
        ['101', 'Latte', '9.50', '', '3'],
      ],
      file,
    );
    expect(read).toEqual({ rows: [row('101', '9.50')], ignored: ['Name', 'Cost'], others: null });
  });

  it('reads a decimal comma only between semicolons', () => {
    const cells = [
      ['101', '9,50'],
      ['102', '¥12,5'],
      ['103', '1,000'],
    ];
    const pricesOf = (separator: string) =>
      pricesFromCells(cells, { separator, vmcNo: 7 }).rows.map(({ price }) => price);
    expect(pricesOf(';')).toEqual(['9.50', '¥12.5', '1,000']);
    expect(pricesOf(',')).toEqual(['9,50', '¥12,5', '1,000']);
    expect(pricesOf('\t')).toEqual(['9,50', '¥12,5', '1,000']);
    expect(pasteRows([emptyRow], 0, 'product', '101;9,50\n102;8', 7)).toEqual([
      row('101', '9.50'),
      row('102', '8'),
    ]);
  });

  it('pasted cells with machine numbers are lists of their machines, if the prices are for many', () => {
    const pasted = 'machine\tproduct\tprice\r\n7\t101\t9.50\r\n8\t101\t8\r\n';
    expect(pasteRows([emptyRow], 0, 'product', pasted, manyMachines)).toEqual({
      lists: new Map([
        [7, [row('101', '9.50')]],
        [8, [row('101', '8')]],
      ]),
    });
    expect(pasteRows([emptyRow], 0, 'product', pasted, 8)).toEqual([row('101', '8')]);
  });

  it('takes the lines of its machine, if a column has machine numbers', () => {
    const cells = [
      ['机器编号', '产品编号', '价格'],
      ['7', '101', '9.50'],
      ['8', '101', '9.90'],
      ['7', '102', '8'],
    ];
    const read = { rows: [row('101', '9.50'), row('102', '8')], ignored: [], others: 1 };
    expect(pricesFromCells(cells, file)).toEqual(read);
    expect(pricesFromCells(cells, { ...file, vmcNo: 9 })).toEqual({ rows: [], ignored: [], others: 3 });
    const pasted = cells.map((line) => line.join('\t')).join('\n');
    expect(pasteRows([emptyRow], 0, 'product', pasted, 7)).toEqual(read.rows);
  });

  it('sorts the lines of a file by machine, and keeps lines without a machine number apart', () => {
    const cells = [
      ['machine', 'product', 'price'],
      ['7', '101', '9,50'],
      ['8', '101', '9.90'],
      ['', '102', '8'],
    ];
    expect(pricesPerMachine(cells, ';')).toEqual(
      new Map([
        [7, [row('101', '9.50')]],
        [8, [row('101', '9.90')]],
        [Number.NaN, [emptyRow]],
      ]),
    );
    expect(pricesPerMachine([['product', 'price']], ';')).toBeNull();
  });

  it('appends rows after the non-empty ones', () => {
    expect(withRows([row('101', '1'), emptyRow], [row('102', '2')])).toEqual([
      row('101', '1'),
      row('102', '2'),
    ]);
  });

  it('detects prices or product numbers alone', () => {
    const rows = [row('101', '9.50'), emptyRow];
    expect(bringsPrices(rows, [row('101', '9.50'), row('102', '')])).toBe(false);
    expect(bringsPrices(rows, [row('101', '9.50'), row('102', '950')])).toBe(true);
  });

  it('always has an empty row at the end', () => {
    expect(withEmptyEnd([])).toEqual([emptyRow]);
    expect(withEmptyEnd([row('101', '')])).toEqual([row('101', ''), emptyRow]);
    expect(withEmptyEnd([emptyRow])).toEqual([emptyRow]);
  });
});
