/**
 * The products that a machine is known to sell: from its orders, its product lists, and the workshop's list. The newest fact counts
 * and keeps its source.
 */
import type { ListedProduct, ListedProducts, Listing } from '../commands/kit/listed';
import { priceBehind } from '../commands/kit/pricing';
import type { FetchedTable } from './fetched';
import type { MachineState } from './machine';
import type { Order } from './order';
import type { OwnProducts } from './ownProducts';
import { isUnpaidWay } from './payTypes';

export type ProductSource = 'order' | 'file' | 'workshop';

interface Known<T> {
  readonly value: T;
  readonly from: ProductSource;
  /** Time of the fact, ms. */
  readonly at: number;
}

export interface KnownProduct {
  readonly productId: number;
  readonly name: Known<string> | null;
  /** Price in fen, without a discount. */
  readonly price: Known<number> | null;
  /** The workshop's usual strength, milk and sugar; `null`: not set. */
  readonly fastcode: string | null;
  /** The sources that contain the product. */
  readonly from: readonly ProductSource[];
}

/** Tables from a file that the machine sent. */
export interface ProductFile {
  readonly at: number;
  readonly tables: readonly FetchedTable[];
}

/** A requested product list. */
export interface AskedProducts extends ProductFile {
  /** ms */
  readonly askedAt: number;
}

export interface ProductSources {
  /** `null`: unknown machine. */
  readonly machine: Pick<MachineState, 'orders' | 'repricings' | 'platform'> | null;
  readonly files: readonly ProductFile[];
  readonly own: OwnProducts;
  readonly language: 'en' | 'zh';
}

interface Claim {
  readonly productId: number;
  readonly from: ProductSource;
  readonly at: number;
  readonly name: string | null;
  readonly price: number | null;
  readonly fastcode: string | null;
}

/** Sorted by number, so that nothing moves during a choice. */
export function knownProducts({ machine, files, own, language }: ProductSources): readonly KnownProduct[] {
  const sold = machine === null ? [] : soldOf(machine);
  const listed = files.flatMap((file) => listedIn(file, amountsOf(machine), language));
  const ownClaims = Object.entries(own).map(
    ([number, { name = null, price = null, fastcode = null, at }]): Claim => ({
      productId: Number(number),
      from: 'workshop',
      at,
      name,
      price,
      fastcode,
    }),
  );
  const byProduct = new Map<number, Claim[]>();
  for (const claim of [...sold, ...listed, ...ownClaims]) {
    const claims = byProduct.get(claim.productId) ?? [];
    byProduct.set(claim.productId, [...claims, claim]);
  }
  const sorted = [...byProduct].toSorted(([a], [b]) => a - b);
  return sorted.map(([productId, claims]) => ({
    productId,
    name: newest(claims, ({ name }) => name),
    price: newest(claims, ({ price }) => price),
    fastcode: newest(claims, ({ fastcode }) => fastcode)?.value ?? null,
    from: [...new Set(claims.map(({ from }) => from))],
  }));
}

function newest<T>(claims: readonly Claim[], valueOf: (claim: Claim) => T | null): Known<T> | null {
  let found: Known<T> | null = null;
  for (const claim of claims) {
    const value = valueOf(claim);
    if (value !== null && (found === null || claim.at > found.at))
      found = { value, from: claim.from, at: claim.at };
  }
  return found;
}

/** The last known price of a product in fen without a discount, from an order or a list; `null`: unknown. */
export function lastPrice(
  machine: ProductSources['machine'],
  listed: Listing | null,
  productId: number,
): number | null {
  const sold = machine === null ? [] : soldOf(machine).filter((claim) => claim.productId === productId);
  const price = listed?.products.get(productId)?.price ?? null;
  const file =
    listed === null
      ? []
      : [{ productId, from: 'file', at: listed.at, name: null, price, fastcode: null } as const];
  return newest([...sold, ...file], (claim) => claim.price)?.value ?? null;
}

/** Latest first. A failed order without a payment request may concern a product that the machine does not have. */
function soldOf(machine: NonNullable<ProductSources['machine']>): readonly Claim[] {
  return machine.orders.toReversed().flatMap((order) => {
    const { productId, productName, at, qrType, done } = order;
    if (productId === null || (qrType === null && done?.value !== true)) return [];
    const price = isSale(order) ? priceBehind(machine, order) : null;
    return [{ productId, from: 'order', at, name: productName, price, fastcode: null } as const];
  });
}

const isSale = ({ qrType, payType }: Order): boolean => qrType !== null || !isUnpaidWay(payType);

/** Requested or sent amounts in fen, by product. They determine the unit of a list's amounts. */
function amountsOf(machine: ProductSources['machine']): ReadonlyMap<number, ReadonlySet<number>> {
  const all = new Map<number, Set<number>>();
  const add = (product: number, fen: number): void =>
    void all.set(product, (all.get(product) ?? new Set<number>()).add(fen));
  for (const order of machine?.orders ?? [])
    if (order.productId !== null && order.amount !== null && isSale(order))
      add(order.productId, order.amount);
  for (const { prices } of machine?.repricings ?? [])
    for (const [product, fen] of Object.entries(prices)) add(Number(product), fen);
  return all;
}

const idColumn = /^(product_?(id|no)|pid)$/i;
const nameColumn = /^(product_?)?names?([._]?(en|zh|cn|zh[-_]cn))?$/i;
const priceColumn = /^(product_?)?price(?<fen>_?fen)?$/i;
const percentColumn = /^discount(_?(rate|percent))?$/i;
const offColumn = /^((is|product)_?)?lock(ed)?$|^(is_?)?off_?(shelf|sale|menu)$/i;
const onColumn = /^(is_?)?on_?(shelf|sale|menu)$/i;

/**
 * The clear statements of a machine's file about products, which can also prove sent prices and menu changes. Contradictory statements
 * about a product are ignored.
 */
export function listedProducts(machine: ProductSources['machine'], file: ProductFile): ListedProducts {
  const prices = listedIn(file, amountsOf(machine), 'en');
  const dropped = droppedDiscounts(machine);
  const others = file.tables.flatMap(({ columns, rows }) => {
    const percents = percentsOf(columns, rows);
    return numberedRows(columns, rows).map(({ product, row }) => ({
      productId: product,
      percent: dropped.has(product) ? null : percents(row),
      isOnMenu: onMenuOf(columns, row),
    }));
  });
  const listed = new Map<number, ListedProduct>();
  for (const productId of new Set(others.map((other) => other.productId))) {
    const mine = others.filter((other) => other.productId === productId);
    listed.set(productId, {
      price: onlyOf(prices.filter((one) => one.productId === productId).map(({ price }) => price)),
      percent: onlyOf(mine.map(({ percent }) => percent)),
      isOnMenu: onlyOf(mine.map(({ isOnMenu }) => isOnMenu)),
    });
  }
  return listed;
}

function onlyOf<T>(values: readonly (T | null)[]): T | null {
  const [value = null, ...others] = new Set(values.filter((one) => one !== null));
  return others.length === 0 ? value : null;
}

/** Products with a price sent after the last discount: android drops their discount with it [field]. */
function droppedDiscounts(machine: ProductSources['machine']): ReadonlySet<number> {
  const sent = machine?.repricings ?? [];
  const last = sent.findLastIndex(({ percent }) => percent !== null);
  return new Set(sent.slice(last + 1).flatMap(({ prices }) => Object.keys(prices).map(Number)));
}

/** Percentage of the price that customers pay, as on the wire. Columns with fractions of 1 or booleans are ignored. */
function percentsOf(
  columns: readonly string[],
  rows: FetchedTable['rows'],
): (row: readonly string[]) => number | null {
  const at = columns.findIndex((column) => percentColumn.test(column));
  const values = rows.map((row) => (row[at] ?? '').trim()).filter((text) => text !== '');
  const areWhole = values.every((text) => (wholeOf(text) ?? 101) <= 100);
  if (at < 0 || !areWhole || !values.some((text) => Number(text) > 1)) return none;
  return (row) => wholeOf(row[at] ?? '') || null;
}

/** Whether the product is on the menu, if all clear boolean columns agree. */
function onMenuOf(columns: readonly string[], row: readonly string[]): boolean | null {
  const values = columns.flatMap((column, at) => {
    const isOn = onColumn.test(column);
    const value = flags.get((row[at] ?? '').trim().toLowerCase());
    return value === undefined || (!isOn && !offColumn.test(column)) ? [] : [value === isOn];
  });
  return onlyOf(values);
}
const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Empty for a table without product numbers. */
function numberedRows(columns: readonly string[], rows: FetchedTable['rows']) {
  const idAt = columns.findIndex((column) => idColumn.test(column));
  return rows.flatMap((row) => {
    const product = wholeOf(row[idAt] ?? '');
    return product === null || product === 0 ? [] : [{ product, row }];
  });
}

/** The contents of columns that are clearly a product's number, name and price. */
function listedIn(
  { at, tables }: ProductFile,
  amounts: ReturnType<typeof amountsOf>,
  language: 'en' | 'zh',
): readonly Claim[] {
  return tables.flatMap(({ columns, rows }) => {
    const nameAt = nameColumnOf(columns, language);
    const priceAt = columns.findIndex((column) => priceColumn.test(column));
    const numbered = numberedRows(columns, rows);
    const prices = numbered.map(({ product, row }) => [product, (row[priceAt] ?? '').trim()] as const);
    const fenUnit = priceColumn.exec(columns[priceAt] ?? '')?.groups?.['fen'];
    const fenOf = priceAt < 0 ? none : fenUnit === undefined ? unitOf(prices, amounts) : wholeOf;
    return numbered.map(({ product, row }, place): Claim => ({
      productId: product,
      from: 'file',
      at,
      name: (row[nameAt] ?? '').trim() || null,
      price: fenOf(prices[place]?.[1] ?? ''),
      fastcode: null,
    }));
  });
}

/** A name column without a language, or else in this language, or else any. */
function nameColumnOf(columns: readonly string[], language: 'en' | 'zh'): number {
  const named = columns.flatMap((column, at) => {
    const match = nameColumn.exec(column);
    return match === null ? [] : [{ at, of: match[3]?.toLowerCase() ?? null }];
  });
  const mine = (of: string | null): boolean => (language === 'en' ? of === 'en' : of !== null && of !== 'en');
  return (named.find(({ of }) => of === null) ?? named.find(({ of }) => mine(of)) ?? named[0])?.at ?? -1;
}

const none = (): null => null;
const wholeOf = (text: string): number | null => (/^\d{1,8}$/.test(text.trim()) ? Number(text) : null);
function yuanOf(text: string): number | null {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text);
  return match === null ? null : Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/**
 * The unit of the list's prices. A decimal point means yuan. Whole numbers have the unit in which some of them equal known amounts of this
 * machine, if none match in the other unit. Otherwise the unit is unknown.
 */
function unitOf(
  prices: readonly (readonly [product: number, text: string])[],
  amounts: ReturnType<typeof amountsOf>,
): (text: string) => number | null {
  if (prices.some(([, text]) => text.includes('.'))) return yuanOf;
  const agreeing = (read: (text: string) => number | null): number =>
    prices.filter(([product, text]) => {
      const fen = read(text);
      return fen !== null && fen > 0 && amounts.get(product)?.has(fen) === true;
    }).length;
  const [fen, yuan] = [agreeing(wholeOf), agreeing(yuanOf)];
  if (fen > 0 && yuan === 0) return wholeOf;
  return yuan > 0 && fen === 0 ? yuanOf : none;
}
