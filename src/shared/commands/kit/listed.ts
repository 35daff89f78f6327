/** Evidence from a product list of the machine about commands that were sent before the list was requested. */
import type { JsonObject, JsonValue } from '../../model/json';
import type { StepParams } from './given';
import { confirmed, step, type Verdict } from './verdict';

/** Facts that the list clearly states about a product; `null`: not stated. */
export interface ListedProduct {
  /** Price in fen, without a discount. */
  readonly price: number | null;
  /** Percentage of the price that customers pay. */
  readonly percent: number | null;
  readonly isOnMenu: boolean | null;
}
export type ListedProducts = ReadonlyMap<number, ListedProduct>;

/** A product list received from the machine. */
export interface Listing {
  readonly askedAt: number;
  readonly at: number;
  readonly products: ListedProducts;
}

/** Facts to store with a command: by product, the values reported before it was sent. */
export const asBefore = (
  products: Iterable<number>,
  reported: (productId: number) => JsonValue,
): JsonObject => {
  const known = [...products].flatMap((id) => {
    const value = reported(id);
    return value === null ? [] : [[String(id), value] as const];
  });
  return { before: Object.fromEntries(known) };
};

/** Whether the machine reported the same value before the command was sent. */
const wasSo = ({ before }: JsonObject, productId: number, value: JsonValue): boolean => {
  const known = new Map(Object.entries(typeof before === 'object' && before !== null ? before : {}));
  return known.get(String(productId)) === value;
};

interface Comparison<Value, Shown extends string, Differs extends string> {
  /** Including the facts stored by `asBefore`. */
  readonly facts: JsonObject;
  /** The value in the list; `null`: not stated. */
  readonly says: (productId: number) => Value | null;
  readonly wants: (productId: number) => Value | null;
  readonly shown: Shown;
  readonly differs: Differs;
  /** Parameters of the first product that differs, in addition to its number and the count. */
  readonly about: (listed: Value, productId: number) => StepParams;
  /** Each product counts separately. Otherwise one difference makes the list no proof at all. */
  readonly oneByOne: boolean;
}

/**
 * Compares the awaited products with the list. Matching products are proved, unless the machine reported the same before.
 * A difference is a step and proves nothing.
 */
export function compared<Value extends JsonValue, Shown extends string, Differs extends string>(
  awaited: readonly number[],
  { facts, says, wants, shown, differs, about, oneByOne }: Comparison<Value, Shown, Differs>,
): readonly Verdict<Shown | Differs | 'listedSame'>[] {
  const results = awaited.flatMap((productId) => {
    const value = says(productId);
    if (value === null) return [];
    const isSo = value === wants(productId);
    return [{ productId, value, isSo, isNews: isSo && !wasSo(facts, productId, value) }];
  });
  const others = results.filter(({ isSo }) => !isSo);
  const same = results.filter(({ isSo, isNews }) => isSo && !isNews);
  const proved = new Set(results.flatMap(({ productId, isNews }) => (isNews ? [productId] : [])));
  const [other] = others;
  const [unchanged] = same;
  const steps = [
    ...(other === undefined
      ? []
      : [
          step(differs, {
            productId: other.productId,
            differing: others.length,
            ...about(other.value, other.productId),
          }),
        ]),
    ...(unchanged === undefined || (!oneByOne && proved.size > 0)
      ? []
      : [step('listedSame', { productId: unchanged.productId, same: same.length })]),
  ];
  if (proved.size === 0 || (!oneByOne && others.length > 0)) return steps;
  const rest = oneByOne ? awaited.filter((id) => !proved.has(id)) : [];
  const proof = (rest.length === 0 ? confirmed : step)(shown, { listed: proved.size }, { awaited: rest });
  return [...steps, proof];
}
