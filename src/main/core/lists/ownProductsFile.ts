/** The workshop's product list as a JSON file that people may edit by hand. */
import { getNodeValue, type Node } from 'jsonc-parser';
import { mostOwnProducts } from '#shared/limits';
import {
  ownProductNumber,
  sortedProducts,
  writtenProduct,
  type OwnProducts,
  type RefusedProduct,
  type WrittenProduct,
} from '#shared/model/ownProducts';
import { entriesOf, listText } from './listFile';

const mark = 'products';
const list = 'products';

/** Sorted by number, so that files are comparable. The name of an amount is its unit. */
export function writeProducts(products: OwnProducts): string {
  const entries = sortedProducts(products).map(([product, { name, price: fen, fastcode }]) => {
    const members = Object.entries({ name, fen, fastcode }).filter(([, value]) => value !== undefined);
    return Object.fromEntries([['product', product], ...members]);
  });
  return listText(mark, list, entries);
}

export type ReadProducts =
  | {
      readonly ok: true;
      /** By number. */
      readonly products: Readonly<Record<string, WrittenProduct>>;
      readonly refused: readonly RefusedProduct[];
    }
  /** Not a file of this kind; `line`: the line of the problem. */
  | { readonly ok: false; readonly line: number };

/** Reads each entry separately. A wrong one is refused with its line and reason; the others are kept. `known`: existing numbers. */
export function readProducts(text: string, known: readonly string[] = []): ReadProducts {
  const found = entriesOf(text, mark, list);
  if (!found.ok) return found;
  const products = new Map<number, WrittenProduct>();
  const refused: RefusedProduct[] = [];
  const numbers = new Set(known);
  for (const { node, line } of found.entries) {
    const read = readOne(node);
    if ('reason' in read) {
      refused.push({ ...read, line });
      continue;
    }
    const { number: product, written } = read;
    const key = String(product);
    if (products.has(product)) refused.push({ line, product, reason: 'twice', member: null });
    else if (!numbers.has(key) && numbers.size >= mostOwnProducts)
      refused.push({ line, product, reason: 'tooMany', member: null });
    else {
      numbers.add(key);
      products.set(product, written);
    }
  }
  return { ok: true, products: Object.fromEntries(products), refused };
}

function readOne(
  node: Node,
): { readonly number: number; readonly written: WrittenProduct } | Omit<RefusedProduct, 'line'> {
  if (node.type !== 'object') return { product: null, reason: 'noEntry', member: null };
  const { product, fen, ...others } = getNodeValue(node) as Readonly<Record<string, unknown>>;
  const number = ownProductNumber.safeParse(product);
  if (!number.success) return { product: null, reason: 'noNumber', member: 'product' };
  // A price without its unit is refused.
  if (Object.hasOwn(others, 'price'))
    return { product: number.data, reason: 'unknownMember', member: 'price' };
  const read = writtenProduct.safeParse({ ...others, ...(fen !== undefined && { price: fen }) });
  if (read.success) return { number: number.data, written: read.data };
  const [issue] = read.error.issues;
  const at = { product: number.data };
  if (issue?.code === 'unrecognized_keys')
    return { ...at, reason: 'unknownMember', member: (issue.keys[0] ?? '').slice(0, 60) };
  const member = issue?.path[0] === 'price' ? 'fen' : String(issue?.path[0] ?? '');
  const isTooLong = issue?.code === 'too_big' && member === 'name';
  return { ...at, reason: isTooLong ? 'tooLong' : 'wrongValue', member };
}
