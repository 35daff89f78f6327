/** A workshop's own product list by number, valid for all machines. */
import { z } from 'zod';
import { longestName, mostOwnProducts } from '../limits';
import { amount } from '../commands/kit/inputs';

/** Strength, milk and sugar, each 0 to 5 [doc 3.8]. */
export const fastcodeForm = /^[0-5]{3}$/;
export const ownProductNumber = z.int().min(1).max(999_999);

const members = {
  name: z.string().trim().min(1).max(longestName).exactOptional(),
  /** Price in fen, without a discount. */
  price: amount.exactOptional(),
  fastcode: z.string().regex(fastcodeForm).exactOptional(),
};
/** An entry in a file. */
export const writtenProduct = z.strictObject(members);
const ownProduct = z.strictObject({
  ...members,
  /** Time of the entry, ms: later reports of machines are newer. */
  at: z.int().min(0),
});
export const ownProductsSchema = z
  .record(z.string().regex(/^[1-9]\d{0,5}$/), ownProduct)
  .refine((products) => Object.keys(products).length <= mostOwnProducts);

export type WrittenProduct = z.infer<typeof writtenProduct>;
export type OwnProduct = z.infer<typeof ownProduct>;
export type OwnProducts = Readonly<Record<string, OwnProduct>>;

export const sortedProducts = (products: OwnProducts): readonly (readonly [number, OwnProduct])[] =>
  Object.entries(products)
    .map(([number, product]) => [Number(number), product] as const)
    .toSorted(([a], [b]) => a - b);

type RefusedProductReason =
  | 'noEntry'
  | 'noNumber'
  | 'unknownMember'
  | 'wrongValue'
  | 'tooLong'
  | 'twice'
  | 'tooMany';

export interface RefusedProduct {
  /** The first line of the entry, counted from 1. */
  readonly line: number;
  readonly product: number | null;
  readonly reason: RefusedProductReason;
  readonly member: string | null;
}

/** The result of an import. */
export interface ProductsImport {
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  /** Number of entries that already existed unchanged. */
  readonly same: number;
  readonly refused: readonly RefusedProduct[];
}
