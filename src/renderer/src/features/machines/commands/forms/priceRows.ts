/** The rows of a price table that is typed, pasted or read from a file, and their parsing. */
import { commands } from '#shared/commands/index';
import { productNumbers } from '#shared/commands/kit/products';
import type { Price } from '#shared/commands/setPrices';
import type { Platform } from '#shared/model/machine';
import { manyMachines } from './types';

export interface PriceRow {
  readonly product: string;
  /** In the chosen unit, such as 10.00 or 1000. */
  readonly price: string;
  readonly type: string;
}
const allColumns = ['product', 'price', 'type'] as const;
export type PriceColumn = (typeof allColumns)[number];
/** android ignores the type [field]. */
export const priceColumns = (platform: Platform | null): readonly PriceColumn[] =>
  platform === 'android' ? ['product', 'price'] : allColumns;

/** Units of typed prices. */
export const priceUnits = ['yuan', 'fen'] as const;
export type PriceUnit = (typeof priceUnits)[number];

export const emptyRow: PriceRow = { product: '', price: '', type: '0' };
/** A row without a price yet. */
export const rowFor = (productId: number): PriceRow => ({ product: String(productId), price: '', type: '0' });
/** The limit of one command (catalogue). */
export const mostPrices = 500;

type PriceProblem = PriceColumn | 'fen' | 'twice';
export interface ReadRow {
  /** `null`: empty, invalid, or without a unit. */
  readonly price: Price | null;
  readonly problem: PriceProblem | null;
}

const isBlank = ({ product, price }: PriceRow): boolean => product.trim() === '' && price.trim() === '';
export const isEmptyTable = (rows: readonly PriceRow[]): boolean => rows.every(isBlank);

/** "10", "10.5", "¥10.00" as fen; `null` for other text. Commas are refused, because their meaning differs between countries. */
export function readYuan(text: string): number | null {
  const match = /^[¥￥]?\s*(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, yuan = '', part = ''] = match;
  return Number(yuan) * 100 + Number(part.padEnd(2, '0'));
}

/** "950" as fen; points and signs are refused. */
export const readFen = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);

const { shape } = commands.setPrices.input.shape.prices.element;
function readWhole(text: string): number {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** The error of a price in a chosen unit. */
function priceProblem(text: string, unit: PriceUnit): 'price' | 'fen' | null {
  const fen = unit === 'fen' ? readFen(text) : readYuan(text);
  if (fen !== null && shape.price.safeParse(fen).success) return null;
  return unit === 'fen' ? 'fen' : 'price';
}

/** Products without a price, which are not sent. */
export const unpricedOf = (rows: readonly PriceRow[], read: readonly ReadRow[]): number =>
  rows.filter((row, at) => !isBlank(row) && row.price.trim() === '' && read[at]?.problem === null).length;

/** Parses row by row; an empty row is neither a price nor an error. */
export function readRows(
  rows: readonly PriceRow[],
  platform: Platform | null,
  unit: PriceUnit | null,
): readonly ReadRow[] {
  const { min, max } = productNumbers(platform);
  const isTyped = platform !== 'android';
  const seen = new Set<number>();
  return rows.map((row) => {
    if (isBlank(row)) return { price: null, problem: null };
    const productId = readWhole(row.product);
    const type = row.type.trim() === '' || !isTyped ? 0 : readWhole(row.type);
    if (!(productId >= min && productId <= max)) return { price: null, problem: 'product' };
    if (seen.has(productId)) return { price: null, problem: 'twice' };
    seen.add(productId);
    if (!shape.type.safeParse(type).success) return { price: null, problem: 'type' };
    // A product without a price yet is not sent.
    if (unit === null || row.price.trim() === '') return { price: null, problem: null };
    const problem = priceProblem(row.price, unit);
    if (problem !== null) return { price: null, problem };
    const price = (unit === 'fen' ? readFen(row.price) : readYuan(row.price)) ?? 0;
    return { price: { productId, price, type }, problem: null };
  });
}

/** [ours] Characters and lines of a pasted table, which renders at once; the same number of lines as in a file. */
export const longestPasted = 500_000;
export const mostPasted = 5_000;

/** Rows by machine number; NaN: without one. */
export type PriceLists = ReadonlyMap<number, readonly PriceRow[]>;

/**
 * Inserts spreadsheet cells from this cell on; rows are added as needed. One line without a tab is not a table. tooMuch: nothing is
 * inserted. For many machines, cells with machine numbers are lists of their own. Until someone has begun to fill in the table, cells with
 * several columns replace it. Lines that all begin with a product are prices of these products, whichever cell they are pasted into.
 */
export function pasteRows(
  rows: readonly PriceRow[],
  at: number,
  column: PriceColumn,
  text: string,
  vmcNo: number,
  isBegun = true,
  known: ReadonlySet<number> = new Set(),
): readonly PriceRow[] | { readonly lists: PriceLists } | 'tooMuch' | null {
  if (text.length > longestPasted) return 'tooMuch';
  const all = text.split(/\r\n|\r|\n/);
  const lines = all.slice(0, Math.max(1, all.findLastIndex((line) => line !== '') + 1));
  if (lines.length === 1 && !text.includes('\t')) return null;
  if (lines.length > mostPasted) return 'tooMuch';
  const of = { separator: text.includes('\t') ? '\t' : ';', vmcNo };
  const cells = lines.map((line) => line.split(of.separator));
  const lists = vmcNo === manyMachines ? pricesPerMachine(cells, of.separator) : null;
  if (lists !== null) return { lists };
  if (!isBegun && cells.some((line) => line.length > 1) && rows.some((row) => !isBlank(row)))
    return pasteRows([emptyRow], 0, 'product', text, vmcNo);
  if (column !== 'product' && cells.every((line) => beginsWithProduct(line, known)))
    return withPrices(rows, pricesFromCells(cells, of).rows);
  const headed = column === 'product' ? (pricesUnderHeadings(cells, of)?.rows ?? null) : null;
  const next = [...rows];
  if (headed !== null) {
    next.splice(at, headed.length, ...headed);
    return next;
  }
  const from = allColumns.indexOf(column);
  for (const [i, line] of cells.entries()) {
    const row: Record<PriceColumn, string> = { ...(next[at + i] ?? emptyRow) };
    for (const [j, cell] of line.entries()) {
      const name = allColumns[from + j];
      if (name !== undefined) row[name] = name === 'price' ? priceText(cell.trim(), of) : cell.trim();
    }
    next[at + i] = row;
  }
  return next;
}

/** A known product, or a number before a cell that is not a type, so that they are not a price and its type. */
function beginsWithProduct([first = '', second]: readonly string[], known: ReadonlySet<number>): boolean {
  const productId = readWhole(first);
  if (second === undefined || Number.isNaN(productId)) return false;
  return known.has(productId) || !shape.type.safeParse(readWhole(second)).success;
}

/** Each product keeps its row; further products are appended. */
function withPrices(rows: readonly PriceRow[], prices: readonly PriceRow[]): readonly PriceRow[] {
  const byProduct = new Map(prices.map((row) => [Number(row.product), row]));
  const has = new Set(rows.filter((row) => !isBlank(row)).map(({ product }) => readWhole(product)));
  return withRows(
    rows.map((row) => (isBlank(row) ? row : (byProduct.get(readWhole(row.product)) ?? row))),
    prices.filter(({ product }) => !has.has(Number(product))),
  );
}

/** Column headings, ignoring case. A unit in brackets is ignored, because the user chooses the unit. */
const headings: Readonly<Record<PriceColumn, readonly string[]>> = {
  product: [
    'product',
    'product id',
    'product number',
    'productid',
    'product_id',
    'id',
    '产品',
    '产品编号',
    '商品编号',
    '编号',
  ],
  price: ['price', 'new price', '价格', '新价格', '单价', '售价'],
  type: ['type', '类型'],
};
const machineHeadings: ReadonlySet<string> = new Set([
  'machine',
  'machine id',
  'machine number',
  'vmc_no',
  'vmcno',
  '机器',
  '机器编号',
]);
const plain = (cell: string): string =>
  cell
    .replace(/[（(].*$/, '')
    .trim()
    .toLowerCase();
const headingOf = (cell: string): PriceColumn | 'machine' | null =>
  machineHeadings.has(plain(cell))
    ? 'machine'
    : (allColumns.find((column) => headings[column].includes(plain(cell))) ?? null);

type Cells = readonly (readonly string[])[];

/** The prices of a file or of pasted cells. */
export interface ReadPrices {
  readonly rows: readonly PriceRow[];
  /** Headings of the columns that are not used. */
  readonly ignored: readonly string[];
  /** Lines for other machines, which are not used; `null`: no column has machine numbers. */
  readonly others: number | null;
}

/** By the headings in the first line. `null`: it lacks one of them. */
function pricesUnderHeadings([first = [], ...lines]: Cells, of: PriceSource): ReadPrices | null {
  const columns = first.map(headingOf);
  if (!columns.includes('product') || !columns.includes('price')) return null;
  const cell = (line: readonly string[], column: PriceColumn | 'machine'): string =>
    (line[columns.indexOf(column)] ?? '').trim();
  const hasMachines = columns.includes('machine');
  const mine = hasMachines ? lines.filter((line) => readWhole(cell(line, 'machine')) === of.vmcNo) : lines;
  return {
    rows: mine.map((line) => ({
      product: cell(line, 'product'),
      price: priceText(cell(line, 'price'), of),
      type: cell(line, 'type') || emptyRow.type,
    })),
    ignored: first.filter((heading, at) => columns[at] === null && heading.trim() !== ''),
    others: hasMachines ? lines.length - mine.length : null,
  };
}

/** Lines of a file by their machine numbers; NaN: lines without one. `null`: no column has machine numbers. */
export function pricesPerMachine(cells: Cells, separator: string): PriceLists | null {
  const [first = [], ...lines] = cells;
  const column = first.map(headingOf).indexOf('machine');
  if (column < 0) return null;
  const numbers = new Set(lines.map((line) => readWhole(line[column] ?? '')));
  const nameless = lines.filter((line) => Number.isNaN(readWhole(line[column] ?? '')));
  const found = [...numbers].flatMap((vmcNo): readonly [number, readonly PriceRow[]][] => {
    if (Number.isNaN(vmcNo)) return [[vmcNo, nameless.map(() => emptyRow)]];
    const rows = pricesUnderHeadings(cells, { separator, vmcNo })?.rows;
    return rows === undefined ? [] : [[vmcNo, rows]];
  });
  return found.length === 0 ? null : new Map(found);
}

interface PriceSource {
  /** Between two cells. */
  readonly separator: string;
  readonly vmcNo: number;
}

/** In a line with semicolons a comma can only be a decimal one: "9,50" is "9.50". */
const priceText = (text: string, { separator }: PriceSource): string =>
  separator === ';' ? text.replace(/^([¥￥]?\s*\d{1,6}),(\d{1,2})$/, '$1.$2') : text;

/** The prices of a file: by the headings in its first line, otherwise in the table's column order. */
export function pricesFromCells(cells: Cells, of: PriceSource): ReadPrices {
  const headed = pricesUnderHeadings(cells, of);
  if (headed !== null) return headed;
  const rows = cells.map(([product = '', price = '', type = '']) => ({
    product: product.trim(),
    price: priceText(price.trim(), of),
    type: type.trim() || emptyRow.type,
  }));
  return { rows, ignored: [], others: null };
}

/** Appends rows after the non-empty ones. */
export const withRows = (rows: readonly PriceRow[], more: readonly PriceRow[]): readonly PriceRow[] => [
  ...rows.filter((row) => !isBlank(row)),
  ...more,
];

/** Whether prices were added whose unit the user has not chosen. */
export const bringsPrices = (before: readonly PriceRow[], after: readonly PriceRow[]): boolean => {
  const known = new Set(before.map(({ price }) => price.trim()));
  return after.some(({ price }) => price.trim() !== '' && !known.has(price.trim()));
};

/** The table always ends with an empty row for typing. */
export function withEmptyEnd(rows: readonly PriceRow[]): readonly PriceRow[] {
  const last = rows.at(-1);
  return last === undefined || !isBlank(last) ? [...rows, emptyRow] : rows;
}

/** In yuan. */
export function rowsOf(prices: readonly Price[]): readonly PriceRow[] {
  return prices.map(({ productId, price, type }) => ({
    product: String(productId),
    price: (price / 100).toFixed(2),
    type: String(type),
  }));
}
