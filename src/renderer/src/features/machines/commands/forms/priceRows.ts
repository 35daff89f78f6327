/** The price table as it is typed or pasted, and what it says. */
import { commands } from '#shared/commands/index';
import { productNumbers } from '#shared/commands/kit/products';
import type { Price } from '#shared/commands/setPrices';
import type { Platform } from '#shared/model/machine';

export interface PriceRow {
  readonly product: string;
  /** yuan, such as 10.00 */
  readonly price: string;
  readonly type: string;
}
export const priceColumns = ['product', 'price', 'type'] as const;
export type PriceColumn = (typeof priceColumns)[number];

export const emptyRow: PriceRow = { product: '', price: '', type: '0' };
/** As many as one command takes (catalogue). */
export const mostPrices = 500;

type PriceProblem = PriceColumn | 'twice';
export interface ReadRow {
  /** `null`: empty, or wrong. */
  readonly price: Price | null;
  readonly problem: PriceProblem | null;
}

const isBlank = ({ product, price }: PriceRow): boolean => product.trim() === '' && price.trim() === '';

/** "10", "10.5", "¥10.00" as fen; `null` for anything else. Commas are refused: they mean different things to different people. */
export function readYuan(text: string): number | null {
  const match = /^[¥￥]?\s*(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, yuan = '', part = ''] = match;
  return Number(yuan) * 100 + Number(part.padEnd(2, '0'));
}

const { shape } = commands.setPrices.input.shape.prices.element;
function readWhole(text: string): number {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** Row by row; an empty row is neither a price nor wrong. */
export function readRows(rows: readonly PriceRow[], platform: Platform | null): readonly ReadRow[] {
  const { min, max } = productNumbers(platform);
  const seen = new Set<number>();
  return rows.map((row) => {
    if (isBlank(row)) return { price: null, problem: null };
    const productId = readWhole(row.product);
    const price = readYuan(row.price);
    const type = row.type.trim() === '' ? 0 : readWhole(row.type);
    if (!(productId >= min && productId <= max)) return { price: null, problem: 'product' };
    if (seen.has(productId)) return { price: null, problem: 'twice' };
    seen.add(productId);
    if (price === null || !shape.price.safeParse(price).success) return { price: null, problem: 'price' };
    if (!shape.type.safeParse(type).success) return { price: null, problem: 'type' };
    return { price: { productId, price, type }, problem: null };
  });
}

/** Cells of a spreadsheet, put in from this cell on; rows are added as needed. One line without a tab is no table. */
export function pasteRows(
  rows: readonly PriceRow[],
  at: number,
  column: PriceColumn,
  text: string,
): readonly PriceRow[] | null {
  const lines = text.replace(/[\r\n]+$/, '').split(/\r\n|\r|\n/);
  if (lines.length === 1 && !text.includes('\t')) return null;
  const from = priceColumns.indexOf(column);
  const next = [...rows];
  for (const [i, line] of lines.entries()) {
    const row: Record<PriceColumn, string> = { ...(next[at + i] ?? emptyRow) };
    for (const [j, cell] of line.split(/\t|;/).entries()) {
      const name = priceColumns[from + j];
      if (name !== undefined) row[name] = cell.trim();
    }
    next[at + i] = row;
  }
  return next;
}

/** The table always ends with an empty row to type into. */
export function withEmptyEnd(rows: readonly PriceRow[]): readonly PriceRow[] {
  const last = rows.at(-1);
  return last === undefined || !isBlank(last) ? [...rows, emptyRow] : rows;
}

export function rowsOf(prices: readonly Price[]): readonly PriceRow[] {
  return prices.map(({ productId, price, type }) => ({
    product: String(productId),
    price: (price / 100).toFixed(2),
    type: String(type),
  }));
}
