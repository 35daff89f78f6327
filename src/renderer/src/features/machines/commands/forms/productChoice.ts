/** What is typed into a field of products: one number, or several; a name in place of a number is looked for in what is known. */
import type { KnownProduct } from '#shared/model/knownProducts';
import { wholeNumber } from './filled';

/** Between several. */
const separators = /[\s,，、;；]+/;

export interface TypedProducts {
  /** Whole numbers. */
  readonly chosen: readonly number[];
  /** What is being typed: it narrows the list. '': nothing. */
  readonly looked: string;
}

/** `several`: of several numbers the last word is what is being typed, unless it is one that is known. */
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

/** The text with this product: in place of what was looked for, or among the others; one that is there already is taken out. */
export function withProduct(typed: string, several: boolean, productId: number, looked: string): string {
  if (!several) return String(productId);
  const all = typed.split(separators).filter((part) => part !== '');
  const parts = looked === '' ? all : all.slice(0, -1);
  const others = parts.filter((part) => wholeNumber(part, '') !== productId);
  return (others.length < parts.length ? others : [...parts, String(productId)]).join(', ');
}
