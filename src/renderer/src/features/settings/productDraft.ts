/** A product as typed, and its parsing. */
import { longestName } from '#shared/limits';
import {
  fastcodeForm,
  ownProductNumber,
  type OwnProduct,
  type WrittenProduct,
} from '#shared/model/ownProducts';
import { fenOf, yuanText } from '../../store/orders';

export type ProductDraft = Readonly<Record<'number' | 'name' | 'price' | 'fastcode', string>>;
export type ProductMember = keyof ProductDraft;

export const draftOf = (number: number, product: OwnProduct | undefined): ProductDraft => ({
  number: number === 0 ? '' : String(number),
  name: product?.name ?? '',
  price: product?.price === undefined ? '' : yuanText(product.price),
  fastcode: product?.fastcode ?? '',
});

/** The invalid members, including an empty number. */
export function wrongIn({ number, name, price, fastcode }: ProductDraft): ReadonlySet<ProductMember> {
  const wrong = new Set<ProductMember>();
  if (!ownProductNumber.safeParse(wholeOf(number)).success) wrong.add('number');
  if (name.trim().length > longestName) wrong.add('name');
  if (price.trim() !== '' && fenOf(price) === null) wrong.add('price');
  if (fastcode.trim() !== '' && !fastcodeForm.test(fastcode.trim())) wrong.add('fastcode');
  return wrong;
}

const wholeOf = (text: string): number => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** `null`: a member is invalid. */
export function productOf(
  draft: ProductDraft,
): { readonly number: number; readonly product: WrittenProduct } | null {
  if (wrongIn(draft).size > 0) return null;
  const [name, fastcode] = [draft.name.trim(), draft.fastcode.trim()];
  const price = fenOf(draft.price);
  return {
    number: wholeOf(draft.number),
    product: {
      ...(name !== '' && { name }),
      ...(price !== null && { price }),
      ...(fastcode !== '' && { fastcode }),
    },
  };
}
