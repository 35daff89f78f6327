/** The rows of a price table that is typed, pasted or read from a file, and their parsing. */
import { commands } from '#shared/commands/index';
import { productNumbers } from '#shared/commands/kit/products';
import type { Price } from '#shared/commands/setPrices';
import type { Platform } from '#shared/model/machine';

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
    if (unit === null) return { price: null, problem: null };
    const problem = priceProblem(row.price, unit);
    if (problem !== null) return { price: null, problem };
    const price = (unit === 'fen' ? readFen(row.price) : readYuan(row.price)) ?? 0;
    return { price: { productId, price, type }, problem: null };
  });
}

/** [ours] Characters and lines of a pasted table, which renders at once; the same number of lines as in a file. */
export const longestPasted = 500_000;
export const mostPasted = 5_000;

/**
 * Inserts spreadsheet cells from this cell on; rows are added as needed. One line without a tab is not a table. tooMuch: nothing is
 * inserted.
 */
export function pasteRows(
  rows: readonly PriceRow[],
  at: number,
  column: PriceColumn,
  text: string,
): readonly PriceRow[] | 'tooMuch' | null {
  if (text.length > longestPasted) return 'tooMuch';
  const all = text.split(/\r\n|\r|\n/);
  const lines = all.slice(0, Math.max(1, all.findLastIndex((line) => line !== '') + 1));
  if (lines.length === 1 && !text.includes('\t')) return null;
  if (lines.length > mostPasted) return 'tooMuch';
  const cells = lines.map((line) => line.split(/\t|;/));
  const headed = column === 'product' ? rowsUnderHeadings(cells) : null;
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
      if (name !== undefined) row[name] = cell.trim();
    }
    next[at + i] = row;
  }
  return next;
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
const headingOf = (cell: string): PriceColumn | null => {
  const plain = cell
    .replace(/[（(].*$/, '')
    .trim()
    .toLowerCase();
  return allColumns.find((column) => headings[column].includes(plain)) ?? null;
};

type Cells = readonly (readonly string[])[];

/** `null`: the first line lacks one of the headings. */
function rowsUnderHeadings([first = [], ...lines]: Cells): readonly PriceRow[] | null {
  const columns = first.map(headingOf);
  if (!columns.includes('product') || !columns.includes('price')) return null;
  const cell = (line: readonly string[], column: PriceColumn): string =>
    (line[columns.indexOf(column)] ?? '').trim();
  return lines.map((line) => ({
    product: cell(line, 'product'),
    price: cell(line, 'price'),
    type: cell(line, 'type') || emptyRow.type,
  }));
}

/** The rows of a file: by the headings in its first line, otherwise in the table's column order. */
export function rowsFromCells(cells: Cells): readonly PriceRow[] {
  const headed = rowsUnderHeadings(cells);
  if (headed !== null) return headed;
  return cells.map(([product = '', price = '', type = '']) => ({
    product: product.trim(),
    price: price.trim(),
    type: type.trim() || emptyRow.type,
  }));
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
