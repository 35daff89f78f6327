/** What a product list that the machine handed over says about what was sent before it was asked for. */
import type { JsonObject, JsonValue } from '../../model/json';
import type { StepParams } from './given';
import { confirmed, step, type Verdict } from './verdict';

/** What its list plainly says of a product; `null`: nothing. */
export interface ListedProduct {
  /** fen, without a discount */
  readonly price: number | null;
  /** What customers pay of the price. */
  readonly percent: number | null;
  readonly isOnMenu: boolean | null;
}
export type ListedProducts = ReadonlyMap<number, ListedProduct>;

/** A list that the machine has handed over. */
export interface Listing {
  readonly askedAt: number;
  readonly at: number;
  readonly products: ListedProducts;
}

/** What is kept with a command of what it finds: by product, what the machine said before it was sent. */
export const asBefore = (products: Iterable<number>, said: (productId: number) => JsonValue): JsonObject => {
  const known = [...products].flatMap((id) => {
    const value = said(id);
    return value === null ? [] : [[String(id), value] as const];
  });
  return { before: Object.fromEntries(known) };
};

/** Whether the machine said the same before the command was sent. */
const wasSo = ({ before }: JsonObject, productId: number, value: JsonValue): boolean => {
  const known = new Map(Object.entries(typeof before === 'object' && before !== null ? before : {}));
  return known.get(String(productId)) === value;
};

interface Comparison<Value, Shown extends string, Differs extends string> {
  /** With what was kept by `asBefore`. */
  readonly facts: JsonObject;
  /** What the list says; `null`: nothing. */
  readonly says: (productId: number) => Value | null;
  readonly wants: (productId: number) => Value | null;
  readonly shown: Shown;
  readonly differs: Differs;
  /** Of the first that is otherwise, beside its number and how many are. */
  readonly about: (said: Value, productId: number) => StepParams;
  /** Each counts by itself; else one that is otherwise makes the list no proof at all. */
  readonly oneByOne: boolean;
}

/**
 * Of products that are awaited: those that the list has as they were sent are proved, unless the machine said the same before; what is
 * otherwise is a step, and proves nothing.
 */
export function compared<Value extends JsonValue, Shown extends string, Differs extends string>(
  awaited: readonly number[],
  { facts, says, wants, shown, differs, about, oneByOne }: Comparison<Value, Shown, Differs>,
): readonly Verdict<Shown | Differs | 'listedSame'>[] {
  const said = awaited.flatMap((productId) => {
    const value = says(productId);
    if (value === null) return [];
    const isSo = value === wants(productId);
    return [{ productId, value, isSo, isNews: isSo && !wasSo(facts, productId, value) }];
  });
  const others = said.filter(({ isSo }) => !isSo);
  const same = said.filter(({ isSo, isNews }) => isSo && !isNews);
  const proved = new Set(said.flatMap(({ productId, isNews }) => (isNews ? [productId] : [])));
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
