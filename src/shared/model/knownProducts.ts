/**
 * What a machine is known to sell: from its orders, from a product list that it handed over, and from the workshop's own list. Of
 * what several say, the newest holds, and whose word it is is kept with it.
 */
import type { ListedProduct, ListedProducts, Listing } from '../commands/kit/listed';
import { priceBehind } from '../commands/kit/pricing';
import type { FetchedTable } from './fetched';
import type { MachineState } from './machine';
import type { Order } from './order';
import type { OwnProducts } from './ownProducts';

export type ProductSource = 'order' | 'file' | 'workshop';

interface Known<T> {
  readonly value: T;
  readonly from: ProductSource;
  /** When it was said, ms. */
  readonly at: number;
}

export interface KnownProduct {
  readonly productId: number;
  readonly name: Known<string> | null;
  /** fen, without a discount */
  readonly price: Known<number> | null;
  /** Strength, milk and sugar that the workshop makes it with; `null`: it has not said so. */
  readonly fastcode: string | null;
  /** Who names it at all. */
  readonly from: readonly ProductSource[];
}

/** Tables out of a file that the machine sent. */
export interface ProductFile {
  readonly at: number;
  readonly tables: readonly FetchedTable[];
}

/** A list that it was asked for. */
export interface AskedProducts extends ProductFile {
  /** ms */
  readonly askedAt: number;
}

export interface ProductSources {
  /** `null`: nothing is known of it. */
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

/** By number, so that nothing moves while somebody chooses. */
export function knownProducts({ machine, files, own, language }: ProductSources): readonly KnownProduct[] {
  const sold = machine === null ? [] : soldOf(machine);
  const listed = files.flatMap((file) => listedIn(file, amountsOf(machine), language));
  const said = Object.entries(own).map(
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
  for (const claim of [...sold, ...listed, ...said]) {
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

/** fen that a product costs without a discount, as the machine said it last: in an order, or in the list; `null`: it has not. */
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

/** The latest first. An order that only failed without anybody having been asked to pay may be of a product that it has not. */
function soldOf(machine: NonNullable<ProductSources['machine']>): readonly Claim[] {
  return machine.orders.toReversed().flatMap((order) => {
    const { productId, productName, at, qrType, done } = order;
    if (productId === null || (qrType === null && done?.value !== true)) return [];
    const price = isSale(order) ? priceBehind(machine, order) : null;
    return [{ productId, from: 'order', at, name: productName, price, fastcode: null } as const];
  });
}

/** What is made without being paid costs nothing, whatever the product costs. */
const unpaid: ReadonlySet<string | null> = new Set(['fastcode', 'free', 'test']);
const isSale = ({ qrType, payType }: Order): boolean => qrType !== null || !unpaid.has(payType);

/** fen that were asked for or sent, by product: what the unit of a list's amounts is told by. */
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
 * What a file of the machine plainly says of products: what was sent about prices and the menu is proved by that, too. Where it says
 * two things of one product, it says none.
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

/** Products that were sent a price after the last discount: android drops theirs with it [field]. */
function droppedDiscounts(machine: ProductSources['machine']): ReadonlySet<number> {
  const sent = machine?.repricings ?? [];
  const last = sent.findLastIndex(({ percent }) => percent !== null);
  return new Set(sent.slice(last + 1).flatMap(({ prices }) => Object.keys(prices).map(Number)));
}

/** What customers pay of the price, as the wire has it; a column that may be in parts of 1, or a mere yes and no, says nothing. */
function percentsOf(
  columns: readonly string[],
  rows: FetchedTable['rows'],
): (row: readonly string[]) => number | null {
  const at = columns.findIndex((column) => percentColumn.test(column));
  const said = rows.map((row) => (row[at] ?? '').trim()).filter((text) => text !== '');
  const areWhole = said.every((text) => (wholeOf(text) ?? 101) <= 100);
  if (at < 0 || !areWhole || !said.some((text) => Number(text) > 1)) return none;
  return (row) => wholeOf(row[at] ?? '') || null;
}

/** As all columns about it say that are plainly yes or no. */
function onMenuOf(columns: readonly string[], row: readonly string[]): boolean | null {
  const said = columns.flatMap((column, at) => {
    const isOn = onColumn.test(column);
    const value = flags.get((row[at] ?? '').trim().toLowerCase());
    return value === undefined || (!isOn && !offColumn.test(column)) ? [] : [value === isOn];
  });
  return onlyOf(said);
}
const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Of a table without numbers of products there are none. */
function numberedRows(columns: readonly string[], rows: FetchedTable['rows']) {
  const idAt = columns.findIndex((column) => idColumn.test(column));
  return rows.flatMap((row) => {
    const product = wholeOf(row[idAt] ?? '');
    return product === null || product === 0 ? [] : [{ product, row }];
  });
}

/** What columns that are plainly a product's number, name and price say. */
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
    const said = priceColumn.exec(columns[priceAt] ?? '')?.groups?.['fen'];
    const fenOf = priceAt < 0 ? none : said === undefined ? unitOf(prices, amounts) : wholeOf;
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

/** One without a language, or of this language, or any. */
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
 * How its prices are read. A point shows yuan; whole numbers are of the unit in which some of them are what this machine is known to
 * have asked for, and none of the other. Else nothing is claimed.
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
