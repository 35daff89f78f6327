/** Parses a product field: one or several numbers; a name instead of a number searches the known products. */
import type { KnownProduct } from '#shared/model/knownProducts';
import { wholeNumber } from './filled';

/** Separators of several numbers. */
const separators = /[\s,，、;；]+/;

export interface TypedProducts {
  /** Whole numbers. */
  readonly chosen: readonly number[];
  /** The word being typed, which narrows the list. '': none. */
  readonly looked: string;
}

/** `several`: the last of several numbers is still being typed, unless it is a known product. */
export function typedProducts(
  typed: string,
  several: boolean,
  known: readonly Pick<KnownProduct, 'productId'>[],
): TypedProducts {
  const parts = several ? typed.split(separators) : [typed.trim()];
  const numbers = parts.flatMap((part) => wholeNumber(part, '') ?? []);
  const last = parts.at(-1) ?? '';
  const number = wholeNumber(last, '');
  const isWhole = number !== null && known.some(({ productId }) => productId === number);
  return { chosen: numbers, looked: isWhole ? '' : last };
}

/** The text with this product, in place of the search text or added to the others. An existing one is removed. */
export function withProduct(typed: string, several: boolean, productId: number, looked: string): string {
  if (!several) return String(productId);
  const all = typed.split(separators).filter((part) => part !== '');
  const parts = looked === '' ? all : all.slice(0, -1);
  const others = parts.filter((part) => wholeNumber(part, '') !== productId);
  return (others.length < parts.length ? others : [...parts, String(productId)]).join(', ');
}
